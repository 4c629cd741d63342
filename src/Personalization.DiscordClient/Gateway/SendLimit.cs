namespace Personalization.DiscordClient.Gateway;

/// <summary>Discord takes 120 messages in 60 s on a connection and closes it beyond that; heartbeats always have room.</summary>
internal sealed class SendLimit(TimeProvider time)
{
    private const int Capacity = 120;

    // Left for heartbeats: a dead connection is worse than a late message.
    private const int Reserve = 5;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    // When the messages of the last 60 s went out, and when those that wait will.
    private readonly List<DateTimeOffset> _sent = [];

    /// <summary>Counts a message that is about to be sent, and gives how long to wait before that.</summary>
    public TimeSpan Take(bool isHeartbeat)
    {
        lock (_sent)
        {
            var now = time.GetUtcNow();
            _sent.RemoveAll(at => now - at >= Window);
            var room = isHeartbeat ? Capacity : Capacity - Reserve;
            // The one that must have left the window before this one goes.
            var blocker = _sent.Count - room;
            var wait = blocker < 0 ? TimeSpan.Zero : _sent[blocker] + Window - now;
            _sent.Add(now + wait);
            _sent.Sort();
            return wait;
        }
    }
}
