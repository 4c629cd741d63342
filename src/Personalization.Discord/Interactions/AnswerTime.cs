namespace Personalization.Discord.Interactions;

/// <summary>
/// The time that an interaction's first answer may take, from the moment it came in, by a clock that nobody sets. Discord
/// forgets an interaction three seconds after it was made (https://discord.com/developers/docs/interactions/receiving-and-responding).
/// </summary>
internal sealed class AnswerTime(TimeProvider time, TimeSpan limit)
{
    /// <summary>The share of the time in which what is asked for may still be stored; the rest is for the way to Discord.</summary>
    private const double AcceptingShare = 5.0 / 6;

    private readonly long _since = time.GetTimestamp();

    public TimeSpan Elapsed => time.GetElapsedTime(_since);

    /// <summary>What is left for the answer; zero once it is over.</summary>
    public TimeSpan Left => Positive(limit - Elapsed);

    /// <summary>What is left to store what is asked for; zero once it is over.</summary>
    public TimeSpan LeftToAccept => Positive((limit * AcceptingShare) - Elapsed);

    /// <summary>Runs something that is stopped after a while.</summary>
    /// <param name="late">The exception to throw where it was stopped.</param>
    public async Task<T> RunAsync<T>(TimeSpan within, Func<CancellationToken, Task<T>> run, Func<Exception, Exception> late, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            either.Token.ThrowIfCancellationRequested();
            return await run(either.Token);
        }
        catch (OperationCanceledException exception) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw late(exception);
        }
    }

    /// <summary>Completes when the time is over.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(Left, time, cancellationToken);

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
