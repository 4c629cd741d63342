namespace Personalization.Backends;

/// <summary>
/// A circuit breaker (Nygard 2007, "Release It!") that counts failures in a row, however far apart they are: a painting may
/// take minutes to fail. Once there are enough, one request for each pause tries whether the server is back; the first that
/// is answered closes it.
/// </summary>
internal sealed class Circuit(TimeProvider time)
{
    /// <summary>Two failures may be chance; the third in a row is the server.</summary>
    public const int Failures = 3;

    /// <summary>How long the server is left alone then.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private int _inARow;
    private long _asked;

    /// <summary>Whether the server may be asked now.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_inARow >= Failures && time.GetElapsedTime(_asked) < Pause)
            {
                return false;
            }

            _asked = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>The server answered, with whatever.</summary>
    public void Answered()
    {
        lock (_lock)
        {
            _inARow = 0;
        }
    }

    /// <summary>The server did not answer, or said that it cannot.</summary>
    public void Failed()
    {
        lock (_lock)
        {
            _inARow++;
            _asked = time.GetTimestamp();
        }
    }
}
