using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Imagine.Jobs;

/// <summary>The jobs' rows. Every change names its attempt, and does nothing once a later one has begun.</summary>
public interface IImagineJobStore
{
    Task<ImagineJob?> FindAsync(ulong id, CancellationToken cancellationToken);

    /// <summary>Begins the next attempt; earlier ones can no longer change the job.</summary>
    /// <returns>The job under its new attempt, or null when there is no such job or it is over.</returns>
    Task<ImagineJob?> BeginAttemptAsync(ulong id, CancellationToken cancellationToken);

    /// <summary>Changes where the answer goes; allowed at any time while the job is not over.</summary>
    /// <param name="message">The message that holds the answer; null while it is not known.</param>
    Task SetReplyToAsync(ulong id, string replyTo, ulong? message, CancellationToken cancellationToken);

    /// <summary>Makes the jobs private whose answers these messages hold, and their pictures, whether they are painted yet or not.</summary>
    /// <param name="withdraw">Changes <see cref="ImagineJob.ReplyTo"/>, so that it tells withdrawn jobs from others that are private; given its own result, it changes nothing.</param>
    /// <returns>How many jobs were not withdrawn before.</returns>
    Task<int> WithdrawAsync(IReadOnlyCollection<ulong> messages, Func<string, string> withdraw, CancellationToken cancellationToken);

    /// <summary>Makes a private job open, and its pictures, whether they are painted yet or not.</summary>
    /// <param name="mayOpen">Whether it may be opened, by its <see cref="ImagineJob.ReplyTo"/>.</param>
    /// <returns>False where it was open, or may not be opened.</returns>
    Task<bool> OpenAsync(ulong id, Func<string, bool> mayOpen, CancellationToken cancellationToken);

    /// <summary>Gives the job to another backend, which has no ticket of it yet.</summary>
    /// <returns>False when the attempt has lost the job.</returns>
    Task<bool> SetBackendAsync(ulong id, int attempt, string backend, ImageRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Fails a job that is not painted yet as <see cref="JobFailure.Cancelled"/>, at the request of the person who asked for it. The
    /// attempt that paints it loses it.
    /// </summary>
    /// <returns>False when it is painted, over, or another person's.</returns>
    Task<bool> CancelAsync(ulong id, PersonId person, CancellationToken cancellationToken);

    /// <summary>The person's jobs that are not painted yet, newest first.</summary>
    Task<IReadOnlyList<ulong>> UnpaintedAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>The jobs accepted since then that ended without pictures, and that a backend has had a ticket of; among the newest thousand.</summary>
    Task<IReadOnlyList<ImagineJob>> AbandonedAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The person's jobs that they could not be told of, newest first.</summary>
    Task<IReadOnlyList<ImagineJob>> UntoldAsync(PersonId person, int count, CancellationToken cancellationToken);

    /// <summary>Notes that the person was told of a job which they could not be told of before.</summary>
    Task SetToldAsync(ulong id, CancellationToken cancellationToken);

    /// <summary>The person's newest job that has not failed and is no preview; null without one.</summary>
    /// <param name="withPrivate">Whether private ones count.</param>
    Task<ImagineJob?> NewestAsync(PersonId person, bool withPrivate, CancellationToken cancellationToken);

    /// <summary>The largest <see cref="TastePreview.At"/> of the person's previews; 0 without one.</summary>
    Task<int> LastPreviewAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Stores the backend's own identifier of the job.</summary>
    /// <returns>False when the attempt has lost the job.</returns>
    Task<bool> SetTicketAsync(ulong id, int attempt, string ticket, CancellationToken cancellationToken);

    /// <summary>Stores the job's pictures and marks it painted, in one transaction. Those of a job that was withdrawn or opened meanwhile are as the job is.</summary>
    /// <param name="missing">Which of the requested pictures are missing; null for none.</param>
    /// <returns>The pictures with their ids, or null when the attempt has lost the job.</returns>
    Task<IReadOnlyList<Picture>?> SetPaintedAsync(ulong id, int attempt, IReadOnlyList<Picture> pictures, JobFailure.Incomplete? missing, CancellationToken cancellationToken);

    /// <summary>Moves the job to another state. A preview that is closed without a failure was not delivered: it counts as not given.</summary>
    /// <param name="failure">With <see cref="JobState.Failed"/>: why.</param>
    /// <returns>False when the attempt has lost the job.</returns>
    Task<bool> SetStateAsync(ulong id, int attempt, JobState state, JobFailure? failure, CancellationToken cancellationToken);

    /// <summary>Counts a try that failed.</summary>
    /// <returns>How many have failed in the job's present state, or null when the attempt has lost the job.</returns>
    Task<int?> CountFaultAsync(ulong id, int attempt, CancellationToken cancellationToken);

    /// <summary>Reads a job again within its attempt.</summary>
    /// <returns>The job as it is now; null when it is over or a later attempt has it.</returns>
    async Task<ImagineJob?> RefreshAsync(ImagineJob job, CancellationToken cancellationToken) =>
        await FindAsync(job.Id, cancellationToken) is { State: not (JobState.Delivered or JobState.Closed or JobState.Untold) } current && current.Attempt == job.Attempt ? current : null;

    /// <summary>The ids of all jobs that are not over, oldest first.</summary>
    Task<IReadOnlyList<ulong>> UnfinishedAsync(CancellationToken cancellationToken);
}
