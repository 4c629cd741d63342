using Personalization.Imagine.Backends;

namespace Personalization.Backends.Http;

/// <summary>Asks a server what it is, and again after a while: its operator may start it with another model while the program runs.</summary>
/// <param name="inspect">Asks it; returns whether it told.</param>
internal sealed class Inspection(TimeProvider time, Func<string, CancellationToken, Task<bool>> inspect)
{
    /// <summary>For how long what a server told is used without asking again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // 0: it did not tell yet.
    private long _told;

    /// <summary>Asks.</summary>
    /// <exception cref="BackendException">The server cannot be asked.</exception>
    public async Task InspectAsync(string model, CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _told, await inspect(model, cancellationToken) ? time.GetTimestamp() : 0);

    /// <summary>Asks before a painting, unless the server told a moment ago. If it cannot be asked, the painting reports that.</summary>
    public async Task RefreshAsync(string model, CancellationToken cancellationToken)
    {
        try
        {
            var told = Interlocked.Read(ref _told);
            if (told == 0 || time.GetElapsedTime(told) >= Lifetime)
            {
                await InspectAsync(model, cancellationToken);
            }
        }
        catch (BackendException)
        {
            // What it told before is used.
        }
    }

    /// <summary>Has the server asked before the next painting.</summary>
    public void Forget() => Interlocked.Exchange(ref _told, 0);
}
