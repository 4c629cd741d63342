using System.Collections.Concurrent;

namespace Personalization.Discord.Gateway;

/// <summary>Whether the bot hears what people do.</summary>
public sealed class GatewayState
{
    private readonly ConcurrentDictionary<int, bool> _shards = new();

    /// <summary>True while every shard of this process has a session.</summary>
    public bool IsReady => !_shards.IsEmpty && _shards.Values.All(isReady => isReady);

    internal void Set(int shard, bool isReady) => _shards[shard] = isReady;
}
