namespace Personalization.Backends;

/// <summary>
/// A circuit breaker (Nygard 2007, "Release It!") that counts consecutive failures regardless of the time between them: a
/// painting may take minutes to fail. Once open, it lets one request per pause test the server; the first answer closes it.
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

    /// <summary>Whether the server may be asked now.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_consecutiveFailures >= MaxFailures && time.GetElapsedTime(_lastAttempt) < Pause)
            {
                return false;
            }

            _lastAttempt = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>The server answered, whatever the answer was.</summary>
    public void RecordAnswer()
    {
        lock (_lock)
        {
            _consecutiveFailures = 0;
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
}
