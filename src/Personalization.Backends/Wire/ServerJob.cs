using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;

namespace Personalization.Backends.Wire;

/// <summary>
/// Sees a job of a server's own through: hand it in, keep its ticket, look at it until it ends. Whatever dies in between, the
/// ticket finds it again; where the server forgot it, it is handed in anew, with the same seed.
/// </summary>
internal static class ServerJob
{
    // A job that brings its server down would do so for ever.
    private const int Submissions = 3;

    // A server that was started again loads its model before it answers.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <param name="submit">Hands the job in. Gives its ticket, which it may have kept already, or why the server does not take it.</param>
    /// <param name="look">Looks at a job by its ticket.</param>
    /// <param name="cancel">Stops a job by its ticket: one that took too long would be painted for nobody.</param>
    /// <exception cref="BackendException">The server is away for long, forgets the job again and again, or fails at it.</exception>
    public static async Task<PaintingResult> RunAsync(
        string backend,
        BackendOptions options,
        TimeProvider time,
        IPaintingReporter journal,
        Func<CancellationToken, Task<(string Ticket, PaintingResult.Refused? Refusal)>> submit,
        Func<string, CancellationToken, Task<JobLook>> look,
        Func<string, CancellationToken, Task<bool>> cancel,
        CancellationToken cancellationToken)
    {
        var limit = TimeSpan.FromMinutes(options.PaintingMinutes);
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var ticket = journal.Ticket;
        try
        {
            var isLeft = ticket is not null;
            for (var submission = 0; submission < Submissions; submission++)
            {
                if (ticket is null)
                {
                    (ticket, var refusal) = await submit(either.Token);
                    if (refusal is not null)
                    {
                        return refusal;
                    }

                    if (ticket.Length is 0 or > ImagineJob.MaxTicketLength)
                    {
                        throw new BackendException(BackendFault.Failed, $"{backend} named its job with {ticket.Length} characters; names of 1 to {ImagineJob.MaxTicketLength} can be kept.");
                    }

                    if (journal.Ticket != ticket)
                    {
                        await journal.KeepTicketAsync(ticket, either.Token);
                    }
                }

                try
                {
                    if (await WatchAsync(ticket, options, time, journal, look, either.Token) is { } result)
                    {
                        return result;
                    }
                }
                catch (BackendException exception) when (isLeft && exception.Fault != BackendFault.Unavailable)
                {
                    // An earlier try may have told of this failure; this one is to paint.
                }

                (ticket, isLeft) = (null, false);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            await AbandonAsync(ticket ?? journal.Ticket, cancel, cancellationToken);
            throw new BackendException(BackendFault.Unavailable, $"{backend} did not finish within {limit.TotalMinutes:0.##} minutes (Backends:{backend}:PaintingMinutes).", exception);
        }

        throw new BackendException(BackendFault.Lost, $"{backend} forgot the job {Submissions} times: it may crash while it paints.");
    }

    /// <summary>Stops a job that nobody will come for.</summary>
    internal static async Task AbandonAsync(string? ticket, Func<string, CancellationToken, Task<bool>> cancel, CancellationToken cancellationToken)
    {
        try
        {
            if (ticket is not null)
            {
                await cancel(ticket, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is BackendException or InvalidOperationException or FormatException)
        {
            // It is painted for nobody, then: what went wrong before is what is told.
        }
    }

    /// <summary>Looks until the job ends.</summary>
    /// <returns>How; null where the server does not know it.</returns>
    private static async Task<PaintingResult?> WatchAsync(
        string ticket,
        BackendOptions options,
        TimeProvider time,
        IPaintingReporter journal,
        Func<string, CancellationToken, Task<JobLook>> look,
        CancellationToken cancellationToken)
    {
        var heard = time.GetTimestamp();
        while (true)
        {
            try
            {
                switch (await look(ticket, cancellationToken))
                {
                    case JobLook.Ended ended:
                        return ended.Result;
                    case JobLook.Gone:
                        return null;
                    case JobLook.UnderWay underWay:
                        journal.Report(underWay.Progress);
                        break;
                }

                heard = time.GetTimestamp();
            }
            catch (BackendException exception) when (exception.Fault == BackendFault.Unavailable && time.GetElapsedTime(heard) < Patience)
            {
                // It may be starting again: the job is looked for once it is there.
            }

            await Task.Delay(TimeSpan.FromSeconds(options.PollSeconds), time, cancellationToken);
        }
    }
}
