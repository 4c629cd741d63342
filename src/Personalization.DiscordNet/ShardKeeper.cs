using System.Collections.Concurrent;
using Discord;
using Discord.WebSocket;
using Microsoft.Extensions.Logging;

namespace Personalization.DiscordNet;

/// <summary>Starts shards again that Discord.Net has given up: after some errors it stays disconnected for ever.</summary>
internal sealed partial class ShardKeeper(TimeProvider time, ILogger logger, CancellationToken stopping)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    // Discord.Net connects again by itself within little more than a minute.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(90);

    private readonly ConcurrentDictionary<int, (int Changes, int GivenUp)> _shards = new();

    /// <summary>Takes it that a shard has a session.</summary>
    public void Connected(DiscordSocketClient shard) => _shards.AddOrUpdate(shard.ShardId, (1, 0), (_, known) => (known.Changes + 1, 0));

    /// <summary>Starts a shard again after a while, unless it connects by itself.</summary>
    /// <param name="isGivenUp">Whether it is known that Discord.Net does not try again.</param>
    /// <returns>How many times in a row Discord.Net has given it up.</returns>
    public int Disconnected(DiscordSocketClient shard, bool isGivenUp)
    {
        var more = isGivenUp ? 1 : 0;
        var (change, givenUp) = _shards.AddOrUpdate(shard.ShardId, (1, more), (_, known) => (known.Changes + 1, known.GivenUp + more));
        var backoff = FirstDelay * Math.Pow(2, Math.Min(givenUp, 10) - 1);
        _ = StartAsync(shard, change, !isGivenUp ? Silence : backoff < LongestDelay ? backoff : LongestDelay);
        return givenUp;
    }

    private async Task StartAsync(DiscordSocketClient shard, int change, TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, time, stopping);
            if (_shards[shard.ShardId].Changes == change && shard.ConnectionState == ConnectionState.Disconnected)
            {
                LogStarting(shard.ShardId);
                await shard.StartAsync();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException or ObjectDisposedException)
        {
            // The program stops, or Discord.Net connects by itself in this moment.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Shard {Shard} is started again")]
    private partial void LogStarting(int shard);
}
