namespace Personalization.Discord.Interactions;

/// <summary>Whether people get answers: a bot that hears them is of no use while none of its answers arrives.</summary>
public sealed class AnswerRecord(TimeProvider time)
{
    /// <summary>Interactions in a row without an answer in time after which something is wrong.</summary>
    public const int MaxMissed = 3;

    /// <summary>How long that says something, where nobody does anything since.</summary>
    private static readonly TimeSpan Relevant = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();

    // Where an answer fails is also seen where its place is left: each interaction counts once.
    private readonly HashSet<ulong> _missed = new(MaxMissed);
    private long _last;

    /// <summary>Whether the latest interactions all went without an answer.</summary>
    public bool IsMissing
    {
        get
        {
            lock (_lock)
            {
                return _missed.Count >= MaxMissed && time.GetElapsedTime(_last) < Relevant;
            }
        }
    }

    internal void Answered()
    {
        lock (_lock)
        {
            _missed.Clear();
        }
    }

    internal void Missed(ulong interaction)
    {
        lock (_lock)
        {
            if (_missed.Count < MaxMissed)
            {
                _missed.Add(interaction);
            }

            _last = time.GetTimestamp();
        }
    }
}
