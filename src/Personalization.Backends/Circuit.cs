namespace Personalization.Backends;

/// <summary>
/// A circuit breaker (Nygard 2007, "Release It!") that counts consecutive failures regardless of the time between them: a
/// painting may take minutes to fail. Once open, it lets one request per pause test the server; the first answer closes it.
/// A server that painted nothing for as long as a painting may take is stalled: until it shows progress, one request at a time
/// tries it, since each would wait as long again. One that only waits in the server's queue keeps no other from trying.
/// </summary>
internal sealed class Circuit(TimeProvider time)
{
    /// <summary>Consecutive failures after which the circuit opens: two may be chance.</summary>
    public const int MaxFailures = 3;

    /// <summary>How long the server is left alone after that.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private int _consecutiveFailures;
    private long _lastAttempt;
    private bool _isStalled;
    private int _trials;

    // The number of the trial that is under way; 0 for none.
    private int _trial;

    /// <summary>Whether a request may be sent to the server.</summary>
    public enum Passage
    {
        /// <summary>It may.</summary>
        Free,

        /// <summary>It may, to try a stalled server; <see cref="EndTrial"/> when it is over.</summary>
        Trial,

        /// <summary>Not now: the server failed several times in a row.</summary>
        Open,

        /// <summary>Not now: the server is stalled, and another request tries it.</summary>
        Stalled,
    }

    /// <summary>Whether the server may be asked now.</summary>
    /// <param name="trial">The number of the trial, from 1; 0 where it is none.</param>
    public Passage TryEnter(out int trial)
    {
        trial = 0;
        lock (_lock)
        {
            if (_consecutiveFailures >= MaxFailures && time.GetElapsedTime(_lastAttempt) < Pause)
            {
                return Passage.Open;
            }

            if (_isStalled && _trial != 0)
            {
                return Passage.Stalled;
            }

            _lastAttempt = time.GetTimestamp();
            if (!_isStalled)
            {
                return Passage.Free;
            }

            trial = _trial = ++_trials;
            return Passage.Trial;
        }
    }

    /// <summary>The server answered, whatever the answer was, or showed that it paints.</summary>
    public void RecordAnswer()
    {
        lock (_lock)
        {
            _consecutiveFailures = 0;
            _isStalled = false;
        }
    }

    /// <summary>The server did not answer, or answered that it is unavailable.</summary>
    public void RecordFailure()
    {
        lock (_lock)
        {
            _consecutiveFailures++;
            _lastAttempt = time.GetTimestamp();
        }
    }

    /// <summary>The server took a request, and painted nothing of it in its time.</summary>
    public void RecordStall()
    {
        lock (_lock)
        {
            _isStalled = true;
        }
    }

    /// <summary>The request that tried a stalled server has ended, or waits in its queue: the next one may try it.</summary>
    /// <param name="trial">As <see cref="TryEnter"/> gave it; another trial goes on.</param>
    public void EndTrial(int trial)
    {
        lock (_lock)
        {
            if (_trial == trial)
            {
                _trial = 0;
            }
        }
    }
}
