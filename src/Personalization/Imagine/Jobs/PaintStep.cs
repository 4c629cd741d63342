using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Imagine.Jobs;

/// <summary>The step that paints an accepted job: asks its backend, keeps the pictures, and decides what happens when the backend fails.</summary>
public sealed partial class PaintStep(
    IImagineJobStore jobs,
    IPictureStore pictures,
    IPictureFiles files,
    IGuildStore guilds,
    ImageBackends backends,
    PictureKeeper keeper,
    ActivePaintings paintings,
    IDelivery delivery,
    TimeProvider timeProvider,
    ILogger<PaintStep> logger)
{
    // The person waits for the next backend.
    private static readonly TimeSpan MaxLettingGo = TimeSpan.FromSeconds(5);

    /// <summary>Paints the job once.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled, the painting was stopped, or its backend reported nothing for too long.</exception>
    /// <exception cref="Exception">The painting failed and may be tried again.</exception>
    public async Task<StepResult> RunAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        if (backends.Find(job.Backend) is not { } backend)
        {
            LogNoBackend(job.Id, job.Backend);
            return new StepResult.Failed(new JobFailure.ModelRemoved());
        }

        PaintingResult result;
        try
        {
            using var painting = paintings.Begin(job.Id);

            // A cancellation before the line above found no painting to stop.
            if (await jobs.RefreshAsync(job, cancellationToken) is null)
            {
                return new StepResult.Lost();
            }

            result = await PaintAsync(backend, job, painting, cancellationToken);
        }
        catch (BackendException exception)
        {
            if (exception.ServerResponse.Length > 0)
            {
                LogServerResponse(job.Id, backend.Name, exception.ServerResponse);
                LogServerWords(job.Id, backend.Name, ServerWords.Without(job.Request, exception.ServerResponse));
            }

            if (await MayTryAgainAsync(backend, job, exception.Fault, cancellationToken))
            {
                throw;
            }

            return await PassOnAsync(job, exception, cancellationToken);
        }

        switch (result)
        {
            case PaintingResult.Painted painted:
                return await KeepAsync(backend, job, painted, cancellationToken);
            case PaintingResult.Refused refused:
                LogRefused(job.Id, backend.Name);
                return new StepResult.Failed(new JobFailure.Refused(refused.Refusal));
            default:
                throw new UnreachableException($"A painting ended as {result.GetType().Name}.");
        }
    }

    private async Task<PaintingResult> PaintAsync(IImageBackend backend, ImagineJob job, ActivePainting painting, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, painting.Token);
        await using var reporter = painting.Reporter = new JobPaintingReporter(jobs, job, delivery, timeProvider, painting.KeepAlive, either.Token);

        // A backend that ignores its token must not keep the program from stopping.
        var sources = await SourcesAsync(backend, job, either.Token);
        return await PaintingCalls.PaintAsync(backend, job.Request.WithAllCandidates(), sources, reporter, either.Token).WaitAsync(either.Token);
    }

    /// <summary>The pictures that the request names and the backend takes. Those whose files are gone, or that may not be shown where the job belongs any more, are left out.</summary>
    private async Task<PaintingSources> SourcesAsync(IImageBackend backend, ImagineJob job, CancellationToken cancellationToken)
    {
        var references = new List<ReadOnlyMemory<byte>>();
        var request = job.Request;
        var capabilities = backend.CapabilitiesOf(request.Model);
        var viewer = await guilds.ViewerAsync(job.Person, job.Guild, cancellationToken);
        foreach (var id in request.References.Take(capabilities.References))
        {
            if (await ReadAsync(id, viewer.IsOpen, cancellationToken) is { Length: > 0 } reference)
            {
                references.Add(reference);
            }
        }

        return new(references, capabilities.Variations && request.Original is { } original ? await ReadAsync(original, _ => true, cancellationToken) : default);
    }

    /// <returns>Empty when the picture or its file is gone, or it may not be used.</returns>
    private async Task<ReadOnlyMemory<byte>> ReadAsync(PictureId id, Func<Picture, bool> mayUse, CancellationToken cancellationToken)
    {
        if (await pictures.FindAsync(id, cancellationToken) is not { FileKey: { } key } picture || !mayUse(picture))
        {
            return default;
        }

        try
        {
            return await files.ReadAsync(key, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            LogSourceGone(id);
            return default;
        }
    }

    private async Task<StepResult> KeepAsync(IImageBackend backend, ImagineJob job, PaintingResult.Painted painted, CancellationToken cancellationToken)
    {
        IReadOnlyList<Picture> kept;
        try
        {
            kept = await keeper.KeepAsync(backend, job, painted, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && !backend.CapabilitiesOf(job.Request.Model).IsFree)
        {
            // Painting them again would be billed again and is as likely to fail.
            LogNotKept(exception is StorageFullException ? null : exception, job.Id, exception.Message);
            return new StepResult.Failed(new JobFailure.NotSaved());
        }

        var lacking = job.Request.Count - kept.Count;
        var withheld = Math.Min(painted.Withheld, lacking);
        var missing = lacking > 0 ? new JobFailure.Incomplete(withheld, lacking - withheld) : null;
        if (await jobs.SetPaintedAsync(job.Id, job.Attempt, kept, missing, cancellationToken) is null)
        {
            return new StepResult.Lost();
        }

        await keeper.RestoreAsync(job, painted, kept, cancellationToken);
        await PaintingCalls.DiscardAsync(backend, (await jobs.FindAsync(job.Id, cancellationToken))?.Ticket, cancellationToken);
        if (missing is not null)
        {
            LogIncomplete(job.Id, backend.Name, lacking, job.Request.Count, withheld, painted.Problem);
        }

        LogPainted(job.Id, kept.Count, job.Attempt);
        return new StepResult.Stored();
    }

    /// <summary>
    /// Whether the same backend is tried again. Never where it cannot answer, and never where the call that failed may have
    /// been billed; where there is a fallback, or the size is at fault, once: memory may have been short for a moment.
    /// </summary>
    private async Task<bool> MayTryAgainAsync(IImageBackend backend, ImagineJob job, BackendFault fault, CancellationToken cancellationToken) =>
        fault is not (BackendFault.Unavailable or BackendFault.Misconfigured or BackendFault.TimedOut)
        && (backend.CapabilitiesOf(job.Request.Model).IsFree || await HasTicketAsync(job, cancellationToken))
        && (job.Faults == 0 || (job.Request.Fallbacks.Count == 0 && fault != BackendFault.Size));

    /// <summary>Whether the backend has a job of its own for this one: it goes on with that, and does not bill it again.</summary>
    private async Task<bool> HasTicketAsync(ImagineJob job, CancellationToken cancellationToken) =>
        await jobs.FindAsync(job.Id, cancellationToken) is { Ticket: not null };

    /// <summary>Gives the job to its next fallback, and has its backend drop it; where there is none, fails it.</summary>
    private async Task<StepResult> PassOnAsync(ImagineJob job, BackendException exception, CancellationToken cancellationToken)
    {
        if (job.Request.Fallbacks is not [var next, ..])
        {
            LogNotPainted(job.Id, job.Backend, exception.Message);
            return new StepResult.Failed(exception.Fault == BackendFault.Size
                ? new JobFailure.SizeNotPainted(job.Request.Width, job.Request.Height)
                : new JobFailure.ServerFailed(exception.Fault));
        }

        LogPassedOn(job.Id, job.Backend, next.Backend, exception.Message);
        await LetGoAsync(job, cancellationToken);
        var request = job.Request.On(next);
        return await jobs.SetBackendAsync(job.Id, job.Attempt, next.Backend, request, cancellationToken) ? new StepResult.Stored() : new StepResult.Lost();
    }

    /// <summary>Stops and removes what the job's backend has of it: once the job is another's, no ticket names that. Failures are ignored.</summary>
    private async Task LetGoAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        if (backends.Find(job.Backend) is not { } backend || await jobs.FindAsync(job.Id, cancellationToken) is not { Ticket: { } ticket })
        {
            return;
        }

        using var limit = new CancellationTokenSource(MaxLettingGo, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await PaintingCalls.CancelAsync(backend, ticket, either.Token);
            await PaintingCalls.DiscardAsync(backend, ticket, either.Token);
        }
        catch (Exception exception) when (exception is BackendException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogNotLetGo(job.Id, backend.Name, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "What {Backend} has of job {JobId}, which goes to another, could not be removed: {Reason}")]
    private partial void LogNotLetGo(ulong jobId, string backend, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file of picture {Picture} is gone; it is painted without")]
    private partial void LogSourceGone(PictureId picture);

    [LoggerMessage(Level = LogLevel.Error, Message = "The pictures of job {JobId} were painted and paid for, and could not be saved: {Reason}")]
    private partial void LogNotKept(Exception? exception, ulong jobId, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} goes from {Backend}, which cannot paint it, to {Next}: {Reason}")]
    private partial void LogPassedOn(ulong jobId, string backend, string next, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Job {JobId}: {Backend} responded: {Response}")]
    private partial void LogServerResponse(ulong jobId, string backend, string response);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId}: {Backend} said: {Words}")]
    private partial void LogServerWords(ulong jobId, string backend, string words);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId}: {Backend} did not give {Missing} of {Pictures} pictures, {Withheld} of them because of a filter. {Problem}")]
    private partial void LogIncomplete(ulong jobId, string backend, int missing, int pictures, int withheld, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} cannot be painted by {Backend}, and has no other backend: {Reason}")]
    private partial void LogNotPainted(ulong jobId, string backend, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} was refused by {Backend}")]
    private partial void LogRefused(ulong jobId, string backend);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} is painted: {Pictures} pictures, attempt {Attempt}")]
    private partial void LogPainted(ulong jobId, int pictures, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} is for the backend {Backend}, which is not configured")]
    private partial void LogNoBackend(ulong jobId, string backend);
}
