using System.Diagnostics;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;

namespace Personalization.Backends.Http;

/// <summary>
/// Runs a job on a server that has a queue: submits it, stores its ticket and polls it until it ends. The ticket finds the job
/// again after a restart of the bot; a job that the server has forgotten is submitted again with the same seed.
/// </summary>
internal static class RemoteJob
{
    // A job that crashes its server would do so each time.
    private const int MaxSubmissions = 3;

    // A restarted server loads its model before it answers.
    private static readonly TimeSpan MaxOutage = TimeSpan.FromMinutes(1);

    /// <summary>How long a server is given for what is left to do at it once a painting is cancelled.</summary>
    internal static readonly TimeSpan MaxGrace = TimeSpan.FromSeconds(5);

    /// <param name="submit">Submits the job. Returns its ticket, which it may have stored already, or the server's refusal.</param>
    /// <param name="getStatus">Gets the status of a job by its ticket.</param>
    /// <param name="cancel">Stops a job by its ticket, used when it exceeds its limit.</param>
    /// <param name="limit">The painting's time limit, which hears of its progress.</param>
    /// <param name="reporter">What reports to the limit, or the limit itself.</param>
    /// <exception cref="BackendException">The server is unreachable for more than a minute, forgets the job three times, fails at it or exceeds the time limit.</exception>
    public static async Task<PaintingResult> RunAsync(
        string backend,
        BackendOptions options,
        TimeProvider time,
        PaintingLimit limit,
        IPaintingReporter reporter,
        Func<CancellationToken, Task<(string Ticket, PaintingResult.Refused? Refusal)>> submit,
        Func<string, CancellationToken, Task<RemoteJobStatus>> getStatus,
        Func<string, CancellationToken, Task<bool>> cancel,
        CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var ticket = reporter.Ticket;
        BackendException? reason = null;
        try
        {
            var isResumed = ticket is not null;
            for (var submission = 0; submission < MaxSubmissions; submission++)
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
                        // No later run could find it.
                        await AbandonAsync(ticket, cancel, cancellationToken);
                        throw new BackendException(BackendFault.Failed, $"{backend} returned a job id of {ticket.Length} characters; it must have between 1 and {ImagineJob.MaxTicketLength}.");
                    }

                    if (reporter.Ticket != ticket)
                    {
                        await reporter.KeepTicketAsync(ticket, either.Token);
                    }
                }

                try
                {
                    (var result, reason) = await WatchAsync(ticket, options, time, reporter, getStatus, either.Token);
                    if (result is not null)
                    {
                        return result;
                    }
                }
                catch (BackendException exception) when (isResumed && exception.Fault != BackendFault.Unavailable)
                {
                    // The job of an earlier attempt failed, which was reported then: this attempt submits a new one.
                }

                (ticket, isResumed) = (null, false);
            }
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            var last = ticket ?? reporter.Ticket;
            return (last is null ? null : await EndAsync(last, getStatus, cancel, cancellationToken)) ?? throw limit.Exceeded(backend, exception);
        }

        throw reason ?? new BackendException(BackendFault.Lost, $"{backend} lost the job {MaxSubmissions} times. It may crash while painting: see its log.");
    }

    /// <summary>Stops a job whose pictures will not be collected. Failures are ignored.</summary>
    /// <returns>Whether it was stopped.</returns>
    internal static async Task<bool> AbandonAsync(string? ticket, Func<string, CancellationToken, Task<bool>> cancel, CancellationToken cancellationToken)
    {
        try
        {
            return ticket is not null && await cancel(ticket, cancellationToken);
        }
        catch (Exception exception) when (exception is BackendException || BackendAnswer.IsUnreadable(exception))
        {
            // The server paints it in vain. The earlier failure is the one to report.
            return false;
        }
    }

    /// <summary>Stops a job of a painting that may be cancelled already, within <see cref="MaxGrace"/>. Failures are ignored.</summary>
    internal static async Task AbandonInGraceAsync(string? ticket, Func<string, CancellationToken, Task<bool>> cancel, TimeProvider time)
    {
        using var grace = new CancellationTokenSource(MaxGrace, time);
        try
        {
            await AbandonAsync(ticket, cancel, grace.Token);
        }
        catch (OperationCanceledException)
        {
            // The server does not answer.
        }
    }

    /// <summary>Takes what has ended by the time limit, and stops the rest.</summary>
    /// <returns>The result; null if there is none.</returns>
    private static async Task<PaintingResult?> EndAsync(
        string ticket,
        Func<string, CancellationToken, Task<RemoteJobStatus>> getStatus,
        Func<string, CancellationToken, Task<bool>> cancel,
        CancellationToken cancellationToken)
    {
        RemoteJobStatus? status = null;
        try
        {
            status = await getStatus(ticket, cancellationToken);
            if (status is RemoteJobStatus.Ended complete)
            {
                return complete.Result;
            }

            status = status is RemoteJobStatus.InProgress { CollectAsync: { } collectAsync } ? await collectAsync(cancellationToken) : null;
        }
        catch (Exception exception) when (exception is BackendException || BackendAnswer.IsUnreadable(exception))
        {
            // That it took too long is the failure to report.
        }

        await AbandonAsync(ticket, cancel, cancellationToken);
        return (status as RemoteJobStatus.Ended)?.Result;
    }

    /// <summary>Polls until the job ends.</summary>
    /// <returns>The result; null if the server does not know the job, with the reason if that is known.</returns>
    private static async Task<(PaintingResult? Result, BackendException? Reason)> WatchAsync(
        string ticket,
        BackendOptions options,
        TimeProvider time,
        IPaintingReporter reporter,
        Func<string, CancellationToken, Task<RemoteJobStatus>> getStatus,
        CancellationToken cancellationToken)
    {
        var lastAnswer = time.GetTimestamp();
        while (true)
        {
            try
            {
                switch (await getStatus(ticket, cancellationToken))
                {
                    case RemoteJobStatus.Ended ended:
                        return (ended.Result, null);
                    case RemoteJobStatus.NotFound lost:
                        return (null, lost.Reason);
                    case RemoteJobStatus.InProgress inProgress:
                        reporter.Report(inProgress.Progress);
                        break;
                    case var unknown:
                        throw new UnreachableException($"{unknown.GetType()} is not a known status of a job.");
                }

                lastAnswer = time.GetTimestamp();
            }
            catch (BackendException exception) when (exception.Fault == BackendFault.Unavailable && time.GetElapsedTime(lastAnswer) < MaxOutage)
            {
                // The server may be restarting: the job is looked up again when it answers.
            }

            await Task.Delay(TimeSpan.FromSeconds(options.PollSeconds), time, cancellationToken);
        }
    }
}
