namespace Personalization.Discord.Gateway;

/// <summary>Discord takes 120 messages in 60 s on a connection and closes it beyond that; heartbeats always have room.</summary>
internal sealed class SendLimit(TimeProvider time)
{
    private const int Capacity = 120;

    // Left for heartbeats: a dead connection is worse than a late message.
    private const int Reserve = 5;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private readonly Queue<DateTimeOffset> _sent = new();

    /// <summary>Counts a message that is about to be sent, and gives how long to wait before that.</summary>
    public TimeSpan Take(bool isHeartbeat)
    {
        lock (_sent)
        {
            var now = time.GetUtcNow();
            while (_sent.TryPeek(out var first) && now - first >= Window)
            {
                _sent.Dequeue();
            }

            var wait = _sent.Count < Capacity - (isHeartbeat ? 0 : Reserve) ? TimeSpan.Zero : _sent.Peek() + Window - now;
            _sent.Enqueue(now + wait);
            return wait;
        }
    }
}
