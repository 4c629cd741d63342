using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Personalization.Imagine.Backends;
using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Taste.Model;

namespace Personalization.Imagine.Jobs;

/// <summary>
/// Does an accepted job: paint, store, put together, deliver; or fail and apologize. Each step is a state in the job's row
/// and can be repeated, so that a run may end anywhere and the next one goes on from there.
/// </summary>
public sealed partial class ImagineRunner(
    IImagineJobStore jobs,
    IPictureStore pictures,
    IPictureFiles files,
    IEnumerable<IImageBackend> backends,
    IFeatureExtractor extractor,
    CurrentCommunity community,
    IGridComposer composer,
    IDelivery delivery,
    TimeProvider timeProvider,
    Random random,
    ILogger<ImagineRunner> logger)
{
    private const string Cancelled = "It was cancelled, as you asked.";

    // What this process is painting, by job, and how to stop it.
    private readonly ConcurrentDictionary<ulong, Painting> _paintings = new();

    /// <summary>Failed tries after which a painting is given up.</summary>
    public const int PaintingFaults = 5;

    /// <summary>Failed tries after which an answer is given up: about a day, tried every five minutes.</summary>
    public const int DeliveryFaults = 300;

    /// <summary>
    /// Tries of one step that shutdowns and crashes may end before it is given up. Far above what restarts explain: it
    /// stops a job that brings the whole program down each time it is tried.
    /// </summary>
    public const int Interruptions = 20;

    /// <summary>
    /// How long a painting may go on without a word from its backend, which limits the painting itself: waiting for one's turn
    /// may take long while many are served, and is no failure.
    /// </summary>
    public static readonly TimeSpan PaintingLimit = TimeSpan.FromHours(1);

    /// <summary>Takes the job as far as it goes: when the task completes, the job is over, or a later attempt has it.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled, which is no failed try.</exception>
    /// <exception cref="Exception">A step failed and has tries left: run the job again after a while.</exception>
    public async Task RunAsync(ulong id, CancellationToken cancellationToken)
    {
        var job = await jobs.BeginAttemptAsync(id, cancellationToken);
        while (job is not null)
        {
            job = await AdvanceAsync(job, cancellationToken);
        }
    }

    /// <summary>Ends the job's present step as failed, for reasons outside of it, and takes it on from there.</summary>
    public async Task GiveUpAsync(ulong id, CancellationToken cancellationToken)
    {
        var job = await jobs.BeginAttemptAsync(id, cancellationToken);
        if (job is not null && await EndStepAsync(job, cancellationToken) is not null)
        {
            await RunAsync(id, cancellationToken);
        }
    }

    /// <summary>Stops a job that is not painted yet, as the person who asked for it wishes, and says so in its place.</summary>
    /// <returns>False when it is painted, over, or somebody else's.</returns>
    public async Task<bool> CancelAsync(ulong id, PersonId person, CancellationToken cancellationToken)
    {
        if (!await jobs.CancelAsync(id, person, Cancelled, cancellationToken))
        {
            return false;
        }

        LogCancelled(id);
        var ticket = (string?)null;
        if (_paintings.TryGetValue(id, out var painting))
        {
            // Its last look at the chat must not come after the apology, and its row may no longer have taken its ticket.
            await painting.StopAsync();
            ticket = painting.Journal?.Ticket;
        }

        if (await jobs.FindAsync(id, cancellationToken) is { } job && (ticket ?? job.Ticket) is { } known && Find(job.Backend) is { } backend)
        {
            try
            {
                await backend.CancelAsync(known, cancellationToken);
            }
            catch (BackendException exception)
            {
                // It paints for nobody then; the person has been told all the same.
                LogNotStopped(exception, id, backend.Name);
            }
        }

        try
        {
            await RunAsync(id, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // It is cancelled, and the fault is in the log: a later attempt says so in its place.
        }

        return true;
    }

    /// <summary>Makes one step.</summary>
    /// <returns>The job in its new state; null when it is over or lost to a later attempt.</returns>
    private async Task<ImagineJob?> AdvanceAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        // This try is not over yet, so it is not among those that were interrupted.
        if (job.Tries - 1 - job.Faults >= Interruptions)
        {
            LogInterruptedTooOften(job.Id, job.State, job.Tries);
            return await EndStepAsync(job, cancellationToken);
        }

        try
        {
            return job.State switch
            {
                JobState.Accepted => await PaintAsync(job, cancellationToken),
                JobState.Painted => await DeliverAsync(job, cancellationToken),
                JobState.Failed => await ApologizeAsync(job, cancellationToken),
                _ => null,
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogInterrupted(job.Id, job.State, job.Attempt);
            throw;
        }
        catch (Exception exception)
        {
            if (await jobs.CountFaultAsync(job.Id, job.Attempt, cancellationToken) is not { } faults)
            {
                LogLost(job.Id, job.Attempt);
                return null;
            }

            LogFault(exception, job.Id, job.State, faults);
            // Pictures that are lost, or an answer that is refused as it is: waiting a day does not mend that.
            var isOurs = job.State == JobState.Painted && exception is UndeliverableException or FileNotFoundException or DirectoryNotFoundException or ArgumentException or InvalidDataException;
            if (faults < (job.State == JobState.Accepted || isOurs ? PaintingFaults : DeliveryFaults))
            {
                throw;
            }

            return isOurs
                ? await MoveAsync(job, JobState.Failed, "What was painted is lost, or cannot be shown. Nothing is wrong with the prompt; please try again.", cancellationToken)
                : await EndStepAsync(job, cancellationToken);
        }
    }

    private IImageBackend? Find(string name) => backends.FirstOrDefault(backend => string.Equals(backend.Name, name, StringComparison.OrdinalIgnoreCase));

    private async Task<ImagineJob?> PaintAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        if (Find(job.Backend) is not { } backend)
        {
            LogNoBackend(job.Id, job.Backend);
            return await MoveAsync(job, JobState.Failed, "The model this picture was asked of is no longer here. Please try another version (--v).", cancellationToken);
        }

        PaintingResult? result;
        try
        {
            result = await PaintAsync(backend, job, cancellationToken);
        }
        catch (BackendException exception)
        {
            if (exception.Said.Length > 0)
            {
                LogSaid(job.Id, backend.Name, exception.Said);
            }

            // Whoever is paid by the call is not paid again for what failed. Others may have slipped, once.
            if (exception.Fault is BackendFault.Unavailable or BackendFault.Misconfigured
                || await IsPaidByTheCallAsync(backend, job, cancellationToken)
                || (job.Faults > 0 && job.Request.Fallbacks.Count > 0))
            {
                return await PassOnAsync(job, exception, cancellationToken);
            }

            throw;
        }

        if (result is null)
        {
            LogLost(job.Id, job.Attempt);
            return null;
        }

        if (result is PaintingResult.Refused refused)
        {
            LogRefused(job.Id, backend.Name);
            return await MoveAsync(job, JobState.Failed, refused.Reason, cancellationToken);
        }

        IReadOnlyList<Picture> made;
        try
        {
            made = await KeepAsync(backend, job, ((PaintingResult.Painted)result).Pictures, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && !backend.CapabilitiesOf(job.Request.Model).IsFree)
        {
            // Painting them anew would be paid for anew, and is as likely to be lost.
            LogNotKept(exception, job.Id);
            return await MoveAsync(job, JobState.Failed, "They were painted and could not be kept, which is whoever runs this bot's to mend. Nothing is wrong with the prompt.", cancellationToken);
        }

        if (await jobs.SetPaintedAsync(job.Id, job.Attempt, made, cancellationToken) is null)
        {
            LogLost(job.Id, job.Attempt);
            return null;
        }

        LogPainted(job.Id, made.Count, job.Attempt);
        return await RefreshAsync(job, cancellationToken);
    }

    /// <summary>Whether the backend has no jobs that can be found again, and each call costs somebody something.</summary>
    private async Task<bool> IsPaidByTheCallAsync(IImageBackend backend, ImagineJob job, CancellationToken cancellationToken) =>
        !backend.CapabilitiesOf(job.Request.Model).IsFree && await jobs.FindAsync(job.Id, cancellationToken) is not { Ticket: not null };

    /// <summary>Saves the painted pictures that the answer is to hold.</summary>
    /// <exception cref="InvalidOperationException">There are not as many as were asked for.</exception>
    private async Task<IReadOnlyList<Picture>> KeepAsync(IImageBackend backend, ImagineJob job, IReadOnlyList<PaintedPicture> painted, CancellationToken cancellationToken)
    {
        var asked = AskedOf(job.Request);
        if (painted.Count != asked.Count)
        {
            throw new InvalidOperationException($"{backend.Name} painted {painted.Count} pictures of {asked.Count}.");
        }

        var measured = painted.Select(Measure).ToArray();
        var takesStyles = backend.CapabilitiesOf(job.Request.Model).Styles;
        var made = new List<Picture>(job.Request.Count);
        foreach (var index in Kept(job.Request, measured))
        {
            made.Add(new Picture
            {
                Kind = job.IsPrivate ? PictureKind.Private : PictureKind.Made,
                Prompt = job.Request.Text,
                Style = takesStyles ? StyleOf(job.Request, index) : null,
                Features = measured[index],
                Seed = unchecked(job.Request.Seed + ((uint)index * job.Request.SeedStep)),
                Width = painted[index].Width,
                Height = painted[index].Height,
                Author = job.Person,
                FileKey = await files.SaveAsync(painted[index].Png, "png", cancellationToken),
            });
        }

        return made;
    }

    /// <summary>The request as the backend is asked: for all the pictures that there are to choose from.</summary>
    private static ImageRequest AskedOf(ImageRequest request) => request with { Count = Math.Max(request.Count, request.Candidates) };

    private StyleVector StyleOf(ImageRequest request, int index) =>
        index < request.Styles.Count ? request.Styles[index] : new StyleVector(new float[community.Now.Space.StyleDimension]);

    private ExtractedFeatures? Measure(PaintedPicture picture)
    {
        try
        {
            return new(extractor.Version, extractor.Extract(picture.Png));
        }
        catch (Exception exception)
        {
            // Decoders and encoders fail in ways of their own. It is somebody's picture all the same.
            LogUnmeasured(exception);
            return null;
        }
    }

    /// <summary>Which of the pictures the answer holds.</summary>
    private IEnumerable<int> Kept(ImageRequest request, ExtractedFeatures?[] measured)
    {
        if (measured.Length <= request.Count)
        {
            return Enumerable.Range(0, measured.Length);
        }

        var map = community.Now.Space.Map;
        double[]?[] styles = [.. measured.Select(features => map?.Standardize(features) is { } numbers ? map.Style(numbers) : null)];
        return BestPictures.Choose(styles, [.. request.Preference.Select(weight => (double)weight)], request.Count);
    }

    /// <summary>Gives the job to the next backend that can paint it; where there is none, tells the person at once.</summary>
    private async Task<ImagineJob?> PassOnAsync(ImagineJob job, BackendException exception, CancellationToken cancellationToken)
    {
        if (job.Request.Fallbacks is not [var next, ..])
        {
            LogUnavailable(exception, job.Id, job.Backend);
            return await MoveAsync(
                job,
                JobState.Failed,
                exception.Fault switch
                {
                    BackendFault.Unavailable => "The image server does not answer right now. Nothing is wrong with the prompt; please try again in a few minutes.",
                    BackendFault.Misconfigured => "The image server cannot paint until whoever runs this bot looks after it. Nothing is wrong with the prompt.",
                    _ => "The image server failed at them. Nothing is wrong with the prompt; please try again.",
                },
                cancellationToken);
        }

        LogPassedOn(exception, job.Id, job.Backend, next.Backend);
        var request = job.Request.On(next);
        if (request.SeedStep == 0 && Find(next.Backend)?.CapabilitiesOf(next.Model).Styles != true)
        {
            // Without styles, one seed gives one picture.
            request = request with { Seed = Imaginer.NextSeed(random), SeedStep = 1 };
        }

        if (await jobs.SetBackendAsync(job.Id, job.Attempt, next.Backend, request, cancellationToken))
        {
            return await RefreshAsync(job, cancellationToken);
        }

        LogLost(job.Id, job.Attempt);
        return null;
    }

    /// <returns>Null where the job was lost before anything was painted.</returns>
    private async Task<PaintingResult?> PaintAsync(IImageBackend backend, ImagineJob job, CancellationToken cancellationToken)
    {
        using var painting = new Painting(PaintingLimit, timeProvider);
        _paintings[job.Id] = painting;
        try
        {
            // Whoever cancelled it a moment ago found nothing here to stop.
            return await RefreshAsync(job, cancellationToken) is null ? null : await PaintAsync(backend, job, painting, cancellationToken);
        }
        finally
        {
            _paintings.TryRemove(new(job.Id, painting));
            painting.End();
        }
    }

    private async Task<PaintingResult> PaintAsync(IImageBackend backend, ImagineJob job, Painting painting, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, painting.Token);
        await using var journal = painting.Journal = new JobPaintingReporter(jobs, job, delivery, timeProvider, painting.Hear, either.Token);

        // A backend that does not listen to its token must not keep the program from stopping.
        var sources = await SourcesAsync(backend, job.Request, either.Token);
        return await backend.PaintAsync(AskedOf(job.Request), sources, journal, either.Token).WaitAsync(either.Token);
    }

    /// <summary>The pictures that the request names and the backend takes. What is gone since then is left out.</summary>
    private async Task<PaintingSources> SourcesAsync(IImageBackend backend, ImageRequest request, CancellationToken cancellationToken)
    {
        var references = new List<ReadOnlyMemory<byte>>();
        var capabilities = backend.CapabilitiesOf(request.Model);
        foreach (var id in request.References.Take(capabilities.References))
        {
            if (await ReadAsync(id, cancellationToken) is { Length: > 0 } reference)
            {
                references.Add(reference);
            }
        }

        return new(references, capabilities.Variations && request.Original is { } original ? await ReadAsync(original, cancellationToken) : default);
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(PictureId id, CancellationToken cancellationToken)
    {
        if (await pictures.FindAsync(id, cancellationToken) is not { FileKey: { } key })
        {
            return default;
        }

        try
        {
            return await files.ReadAsync(key, cancellationToken);
        }
        catch (FileNotFoundException exception)
        {
            LogGone(exception, id);
            return default;
        }
    }

    private async Task<ImagineJob?> DeliverAsync(ImagineJob job, CancellationToken cancellationToken)
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
        var current = await RefreshAsync(job, cancellationToken);
        if (current is null)
        {
            return null;
        }

        await delivery.DeliverAsync(current, composer.Compose(painted), cancellationToken);
        return await MoveAsync(job, JobState.Delivered, failure: null, cancellationToken);
    }

    private async Task<ImagineJob?> ApologizeAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        await delivery.ApologizeAsync(job, cancellationToken);
        return await MoveAsync(job, JobState.Closed, failure: null, cancellationToken);
    }

    private Task<ImagineJob?> EndStepAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        LogGivenUp(job.Id, job.State, job.Tries);
        return job.State == JobState.Accepted
            ? MoveAsync(job, JobState.Failed, "The pictures could not be painted. Nothing is wrong with the prompt; please try again later.", cancellationToken)
            : MoveAsync(job, JobState.Closed, failure: null, cancellationToken);
    }

    private async Task<ImagineJob?> MoveAsync(ImagineJob job, JobState state, string? failure, CancellationToken cancellationToken)
    {
        if (await jobs.SetStateAsync(job.Id, job.Attempt, state, failure, cancellationToken))
        {
            LogMoved(job.Id, job.State, state, job.Attempt);
            return await RefreshAsync(job, cancellationToken);
        }

        LogLost(job.Id, job.Attempt);
        return null;
    }

    /// <summary>The job as it is now; null when it is over or a later attempt has it.</summary>
    private async Task<ImagineJob?> RefreshAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        var current = await jobs.FindAsync(job.Id, cancellationToken);
        return current is { State: not (JobState.Delivered or JobState.Closed) } && current.Attempt == job.Attempt ? current : null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} is cancelled")]
    private partial void LogCancelled(ulong jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} is cancelled, and {Backend} could not be told")]
    private partial void LogNotStopped(Exception exception, ulong jobId, string backend);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The file of picture {Picture} is gone; it is painted without")]
    private partial void LogGone(Exception exception, PictureId picture);

    [LoggerMessage(Level = LogLevel.Error, Message = "The pictures of job {JobId} were painted, paid for and lost")]
    private partial void LogNotKept(Exception exception, ulong jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A painted picture cannot be measured")]
    private partial void LogUnmeasured(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} goes from {Backend}, which cannot paint it, to {Next}")]
    private partial void LogPassedOn(Exception exception, ulong jobId, string backend, string next);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Job {JobId}: {Backend} said: {Said}")]
    private partial void LogSaid(ulong jobId, string backend, string said);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} cannot be painted: {Backend} is out of service")]
    private partial void LogUnavailable(Exception exception, ulong jobId, string backend);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} was refused by {Backend}")]
    private partial void LogRefused(ulong jobId, string backend);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} is painted: {Pictures} pictures, attempt {Attempt}")]
    private partial void LogPainted(ulong jobId, int pictures, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} went from {From} to {To}, attempt {Attempt}")]
    private partial void LogMoved(ulong jobId, JobState from, JobState to, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} was interrupted in state {State}, attempt {Attempt}; it goes on with the next start")]
    private partial void LogInterrupted(ulong jobId, JobState state, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} has a later attempt than {Attempt}; this one ends")]
    private partial void LogLost(ulong jobId, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} failed in state {State}, {Faults} times by now")]
    private partial void LogFault(Exception exception, ulong jobId, JobState state, int faults);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} is for the backend {Backend}, which is not configured")]
    private partial void LogNoBackend(ulong jobId, string backend);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} was interrupted in state {State} in nearly all of {Tries} tries")]
    private partial void LogInterruptedTooOften(ulong jobId, JobState state, int tries);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId} is given up in state {State} after {Tries} tries")]
    private partial void LogGivenUp(ulong jobId, JobState state, int tries);

    /// <summary>A painting of this process, until nothing is heard of it for too long or somebody stops it.</summary>
    private sealed class Painting(TimeSpan limit, TimeProvider timeProvider) : IDisposable
    {
        private readonly CancellationTokenSource _source = new(limit, timeProvider);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationToken Token => _source.Token;

        /// <summary>What it has said; null until it has begun.</summary>
        public JobPaintingReporter? Journal { get; set; }

        /// <summary>Its backend has said something: its time begins anew.</summary>
        public void Hear() => _source.CancelAfter(limit);

        public void End() => _ended.SetResult();

        /// <summary>Stops it; when the task completes, it has ended.</summary>
        public async Task StopAsync()
        {
            try
            {
                await _source.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // It has just ended of itself.
            }

            await _ended.Task;
        }

        public void Dispose() => _source.Dispose();
    }
}
