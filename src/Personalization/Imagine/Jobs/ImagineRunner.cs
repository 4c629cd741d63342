using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Imagine.Jobs;

/// <summary>
/// Does an accepted job: paint, store, compose, deliver; or fail and apologize. Each step is a state in the job's row and can
/// be repeated, so that a run may end anywhere and the next one goes on from there. Only painting waits for a turn.
/// </summary>
public sealed partial class ImagineRunner(
    IImagineJobStore jobs,
    IPictureStore pictures,
    IPictureFiles files,
    ImageBackends backends,
    PaintingTurns turns,
    PaintStep paintStep,
    ActivePaintings paintings,
    PictureMeasurer measurer,
    IGridComposer composer,
    ComputeThreads threads,
    IDelivery delivery,
    ILogger<ImagineRunner> logger)
{
    /// <summary>Failed tries after which a painting is given up.</summary>
    public const int MaxPaintingFaults = 5;

    /// <summary>Failed tries after which an answer is given up: about a day, tried every five minutes.</summary>
    public const int MaxDeliveryFaults = 300;

    /// <summary>
    /// Tries of one step that shutdowns and crashes may end before it is given up. Far above what restarts explain: it
    /// stops a job that brings the whole program down each time it is tried.
    /// </summary>
    public const int MaxInterruptions = 20;

    /// <summary>Takes the job as far as it goes: when the task completes, the job is over, or a later attempt has it.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled; this is not counted as a failed try.</exception>
    /// <exception cref="Exception">A step failed and has tries left: run the job again after a while.</exception>
    public async Task RunAsync(ulong id, CancellationToken cancellationToken)
    {
        var job = await PaintInTurnAsync(id, cancellationToken);
        while (job is not null)
        {
            // A job that another backend is to paint waits for its turn there.
            job = job.State == JobState.Accepted
                ? await PaintInTurnAsync(id, cancellationToken)
                : await AdvanceAsync(job, cancellationToken);
        }
    }

    /// <summary>Begins an attempt, and makes its first step if that is to paint: once it is the job's turn, so that waiting is no try.</summary>
    /// <returns>The job in its new state; null when nothing is left to do.</returns>
    private async Task<ImagineJob?> PaintInTurnAsync(ulong id, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(id, cancellationToken) is not { State: JobState.Accepted } waiting)
        {
            return await jobs.BeginAttemptAsync(id, cancellationToken);
        }

        using var turn = await turns.WaitAsync(waiting, cancellationToken);
        if (turn is null || await jobs.BeginAttemptAsync(id, cancellationToken) is not { } job)
        {
            return null;
        }

        if (job.State != JobState.Accepted)
        {
            return job;
        }

        var painted = await AdvanceAsync(job, cancellationToken);
        turn.IsPainted = painted is { State: JobState.Painted };
        return painted;
    }

    /// <summary>Ends the job's present step as failed, for reasons outside of it, and takes it on from there.</summary>
    public async Task GiveUpAsync(ulong id, CancellationToken cancellationToken)
    {
        var job = await jobs.BeginAttemptAsync(id, cancellationToken);
        if (job is not null && await ApplyAsync(job, GiveUp(job), cancellationToken) is not null)
        {
            await RunAsync(id, cancellationToken);
        }
    }

    /// <summary>Stops a job that is not painted yet, at the request of the person who asked for it, and tells them so in its message.</summary>
    /// <returns>False when the job is painted, over, or another person's.</returns>
    public async Task<bool> CancelAsync(ulong id, PersonId person, CancellationToken cancellationToken)
    {
        if (!await jobs.CancelAsync(id, person, cancellationToken))
        {
            return false;
        }

        LogCancelled(id);

        // Its last progress must not be shown after the apology, and its row may have refused a ticket that came just now.
        var ticket = await paintings.StopAsync(id);
        var stopped = await StopBackendAsync(id, ticket, cancellationToken);
        try
        {
            await RunAsync(id, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The job is cancelled and the fault is logged: a later attempt tells the person.
        }

        if (stopped is var (backend, known))
        {
            await PaintingCalls.DiscardAsync(backend, known, cancellationToken);
        }

        return true;
    }

    /// <returns>The backend, and its ticket of the job; null if it has none.</returns>
    private async Task<(IImageBackend Backend, string Ticket)?> StopBackendAsync(ulong id, string? ticket, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(id, cancellationToken) is not { } job
            || (ticket ?? job.Ticket) is not { } known
            || backends.Find(job.Backend) is not { } backend)
        {
            return null;
        }

        try
        {
            await PaintingCalls.CancelAsync(backend, known, cancellationToken);
        }
        catch (BackendException exception)
        {
            // The backend paints on for nothing; the person is told that the job is cancelled all the same.
            LogNotStopped(id, backend.Name, exception.Message);
        }

        return (backend, known);
    }

    /// <summary>Makes one step.</summary>
    /// <returns>The job in its new state; null when nothing is left to do in this attempt.</returns>
    private async Task<ImagineJob?> AdvanceAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        // The present try is not over yet, so it is not one that was interrupted.
        if (job.Tries - 1 - job.Faults >= MaxInterruptions)
        {
            LogInterruptedTooOften(job.Id, job.State, job.Tries);
            return await ApplyAsync(job, GiveUp(job), cancellationToken);
        }

        try
        {
            return await ApplyAsync(job, await StepAsync(job, cancellationToken), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogInterrupted(job.Id, job.State, job.Attempt);
            throw;
        }
        catch (StorageFullException)
        {
            // Not the job's fault, and its count could not be stored either.
            throw;
        }
        catch (Exception exception)
        {
            if (await jobs.CountFaultAsync(job.Id, job.Attempt, cancellationToken) is not { } faults)
            {
                return await ApplyAsync(job, new StepResult.Lost(), cancellationToken);
            }

            LogFault(IsKnown(exception) || faults > 1 ? null : exception, job.Id, job.State, faults, exception.Message);
            var isPermanent = IsPermanent(job, exception);
            if (faults < (job.State == JobState.Accepted || isPermanent ? MaxPaintingFaults : MaxDeliveryFaults))
            {
                throw;
            }

            var result = isPermanent
                ? new StepResult.Failed(new JobFailure.PicturesLost())
                : GiveUp(job);
            return await ApplyAsync(job, result, cancellationToken);
        }
    }

    /// <summary>Whether a failure's message says all that a log needs. Of others, the first has its stack.</summary>
    private bool IsKnown(Exception exception) =>
        exception is BackendException or TimeoutException or OperationCanceledException or IOException || delivery.IsKnown(exception);

    /// <summary>Whether pictures are lost, or the answer is refused for its content: waiting a day does not fix that.</summary>
    private static bool IsPermanent(ImagineJob job, Exception exception) =>
        job.State == JobState.Painted
        && exception is UndeliverableException or FileNotFoundException or DirectoryNotFoundException or ArgumentException or InvalidDataException;

    private async Task<StepResult> StepAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        switch (job.State)
        {
            case JobState.Accepted:
                return await paintStep.RunAsync(job, cancellationToken);
            case JobState.Painted:
                return await DeliverAsync(job, cancellationToken);
            case JobState.Failed:
                return new StepResult.Done(await delivery.ApologizeAsync(job, cancellationToken) ? JobState.Closed : Untold(job));
            case JobState.Delivered or JobState.Closed or JobState.Untold:
            default:
                throw new UnreachableException($"Job {job.Id} is in state {job.State}, which has no step.");
        }
    }

    private async Task<StepResult> DeliverAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        var painted = new List<PaintedPicture>(job.Pictures.Count);
        foreach (var id in job.Pictures)
        {
            var picture = await pictures.FindAsync(id, cancellationToken)
                ?? throw new InvalidDataException($"Job {job.Id} has lost its picture {id}.");
            var png = await files.ReadAsync(picture.FileKey ?? throw new InvalidDataException($"Picture {id} of job {job.Id} has no file."), cancellationToken);
            painted.Add(new(png, picture.Width, picture.Height));
        }

        // Where the answer goes may have changed meanwhile.
        if (await jobs.RefreshAsync(job, cancellationToken) is not { } current)
        {
            return new StepResult.Lost();
        }

        var grid = await threads.RunAsync(() => composer.Compose(painted), cancellationToken);
        var isDelivered = await delivery.DeliverAsync(current, grid, (painted[0].Width, painted[0].Height), cancellationToken);
        measurer.MeasureSoon(job.Pictures);
        return new StepResult.Done(isDelivered ? JobState.Delivered : Untold(job));
    }

    private StepResult GiveUp(ImagineJob job)
    {
        LogGivenUp(job.Id, job.State, job.Tries);
        return job.State == JobState.Accepted
            ? new StepResult.Failed(new JobFailure.GivenUp())
            : new StepResult.Done(Untold(job));
    }

    // A preview that did not reach the person is due again, and told by itself then.
    private static JobState Untold(ImagineJob job) => job.Preview is null ? JobState.Untold : JobState.Closed;

    /// <summary>Brings the job's row to what a step resulted in.</summary>
    /// <returns>The job as it is then; null when nothing is left to do in this attempt.</returns>
    private async Task<ImagineJob?> ApplyAsync(ImagineJob job, StepResult result, CancellationToken cancellationToken)
    {
        switch (result)
        {
            case StepResult.Done(var next):
                return await MoveAsync(job, next, failure: null, cancellationToken);
            case StepResult.Failed(var failure):
                return await MoveAsync(job, JobState.Failed, failure, cancellationToken);
            case StepResult.Stored:
                return await jobs.RefreshAsync(job, cancellationToken);
            case StepResult.Lost:
                LogLost(job.Id, job.Attempt);
                return null;
            default:
                throw new UnreachableException($"A step ended as {result.GetType().Name}.");
        }
    }

    private async Task<ImagineJob?> MoveAsync(ImagineJob job, JobState state, JobFailure? failure, CancellationToken cancellationToken)
    {
        if (await jobs.SetStateAsync(job.Id, job.Attempt, state, failure, cancellationToken))
        {
            LogMoved(job.Id, job.State, state, job.Attempt);
            return await jobs.RefreshAsync(job, cancellationToken);
        }

        LogLost(job.Id, job.Attempt);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} is cancelled")]
    private partial void LogCancelled(ulong jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} is cancelled, and {Backend} could not be stopped: {Reason}")]
    private partial void LogNotStopped(ulong jobId, string backend, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} went from {From} to {To}, attempt {Attempt}")]
    private partial void LogMoved(ulong jobId, JobState from, JobState to, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} was interrupted in state {State}, attempt {Attempt}; it goes on with the next start")]
    private partial void LogInterrupted(ulong jobId, JobState state, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} has a later attempt than {Attempt}; this one ends")]
    private partial void LogLost(ulong jobId, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} failed in state {State}, {Faults} times by now: {Reason}")]
    private partial void LogFault(Exception? exception, ulong jobId, JobState state, int faults, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} was interrupted in state {State} in nearly all of {Tries} tries")]
    private partial void LogInterruptedTooOften(ulong jobId, JobState state, int tries);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} is given up in state {State} after {Tries} tries")]
    private partial void LogGivenUp(ulong jobId, JobState state, int tries);
}
