namespace Personalization.DiscordClient.Gateway;

/// <summary>
/// Lets one shard of each concurrency bucket identify in five seconds, and none beyond the day's allowance: past that,
/// Discord resets the token.
/// </summary>
/// <param name="maximumConcurrency">How many shards may identify at once; at least 1.</param>
/// <param name="remaining">How many times the bot may still identify before <paramref name="resetAfter"/> is over.</param>
/// <param name="total">How many times it may in every 24 hours after that.</param>
internal sealed class IdentifyGate(int maximumConcurrency, int remaining, int total, TimeSpan resetAfter, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly DateTimeOffset[] _next = new DateTimeOffset[maximumConcurrency];
    private readonly Lock _lock = new();
    private int _remaining = remaining;
    private DateTimeOffset _resetAt = time.GetUtcNow() + resetAfter;

    /// <summary>Waits for the shard's turn.</summary>
    public Task WaitAsync(int shard, CancellationToken cancellationToken) => Task.Delay(Take(shard % maximumConcurrency), time, cancellationToken);

    private TimeSpan Take(int bucket)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var at = _next[bucket] > now ? _next[bucket] : now;
            while (at >= _resetAt || _remaining == 0)
            {
                at = at > _resetAt ? at : _resetAt;
                _remaining = total;
                _resetAt += Day;
            }

            _remaining--;
            _next[bucket] = at + Every;
            return at - now;
        }
    }
}
