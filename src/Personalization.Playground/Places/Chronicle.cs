using System.Collections.Concurrent;

namespace Personalization.Playground.Places;

/// <summary>How many messages each channel had, and the last of them.</summary>
internal sealed class Chronicle
{
    private readonly ConcurrentDictionary<ulong, (ulong Last, int Count)> _channels = new();

    /// <summary>Takes note of a new message.</summary>
    public void Add(ulong channel, ulong message) => _channels.AddOrUpdate(channel, (message, 1), (_, before) => (message, before.Count + 1));

    /// <summary>The last message's id, deleted or not, as Discord keeps it; null where nothing was said yet.</summary>
    public ulong? Last(ulong channel) => _channels.TryGetValue(channel, out var known) ? known.Last : null;

    public int Count(ulong channel) => _channels.GetValueOrDefault(channel).Count;
}
