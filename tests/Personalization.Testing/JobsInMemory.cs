using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;

namespace Personalization.Testing;

/// <summary>Jobs without a database, under the same rules of attempts and states.</summary>
/// <param name="store">Where painted pictures are added.</param>
public sealed class JobsInMemory(IPictureStore store) : IImagineJobStore, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<ulong, ImagineJob> _jobs = [];
    private readonly Dictionary<ulong, ulong?> _messages = [];

    public Task AddAsync(ImagineJob job) => LockedAsync(() => _jobs.TryAdd(job.Id, job));

    public Task<ImagineJob?> FindAsync(ulong id, CancellationToken cancellationToken) => LockedAsync(() => _jobs.GetValueOrDefault(id));

    public Task<ImagineJob?> BeginAttemptAsync(ulong id, CancellationToken cancellationToken) =>
        LockedAsync(() => Change(Unfinished(id), job => job with { Attempt = job.Attempt + 1, Tries = job.Tries + 1 }));

    public Task SetReplyToAsync(ulong id, string replyTo, ulong? message, CancellationToken cancellationToken) =>
        LockedAsync(() =>
        {
            _messages[id] = message;
            return Change(Unfinished(id), job => job with { ReplyTo = replyTo });
        });

    public Task<int> WithdrawAsync(IReadOnlyCollection<ulong> messages, Func<string, string> withdraw, CancellationToken cancellationToken) =>
        LockedAsync(() => _messages.Count(one => one.Value is { } message && messages.Contains(message) && Change(_jobs.GetValueOrDefault(one.Key), job => job with { ReplyTo = withdraw(job.ReplyTo), IsPrivate = true }) is not null));

    public Task<bool> OpenAsync(ulong id, Func<string, bool> mayOpen, CancellationToken cancellationToken) =>
        LockedAsync(() => Change(_jobs.GetValueOrDefault(id) is { IsPrivate: true } job && mayOpen(job.ReplyTo) ? job : null, job => job with { IsPrivate = false }) is not null);

    public Task<bool> SetBackendAsync(ulong id, int attempt, string backend, ImageRequest request, CancellationToken cancellationToken) =>
        LockedAsync(() => Change(Held(id, attempt), job => job with { Backend = backend, Request = request, Ticket = null, Tries = 0, Faults = 0 }) is not null);

    public Task<bool> CancelAsync(ulong id, PersonId person, CancellationToken cancellationToken) =>
        LockedAsync(() => Change(
            _jobs.GetValueOrDefault(id) is { State: JobState.Accepted } found && found.Person == person ? found : null,
            job => job with { State = JobState.Failed, Failure = new JobFailure.Cancelled(), Attempt = job.Attempt + 1, Tries = 0, Faults = 0 }) is not null);

    public Task<IReadOnlyList<ulong>> UnpaintedAsync(PersonId person, CancellationToken cancellationToken) =>
        LockedAsync<IReadOnlyList<ulong>>(() =>
        [
            .. _jobs.Values
                .Where(job => job.Person == person && job.State == JobState.Accepted)
                .OrderByDescending(job => job.AcceptedAt)
                .ThenByDescending(job => job.Id)
                .Select(job => job.Id),
        ]);

    public Task<IReadOnlyList<ImagineJob>> AbandonedAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        LockedAsync<IReadOnlyList<ImagineJob>>(() => [.. _jobs.Values.Where(job => job.AcceptedAt >= since && job is { Ticket: not null, Failure: not null and not JobFailure.Incomplete })]);

    public Task<IReadOnlyList<ImagineJob>> UntoldAsync(PersonId person, int count, CancellationToken cancellationToken) =>
        LockedAsync<IReadOnlyList<ImagineJob>>(() =>
        [
            .. _jobs.Values
                .Where(job => job.Person == person && job.State == JobState.Untold)
                .OrderByDescending(job => job.AcceptedAt)
                .ThenByDescending(job => job.Id)
                .Take(count),
        ]);

    public Task SetToldAsync(ulong id, CancellationToken cancellationToken) =>
        LockedAsync(() => Change(
            _jobs.GetValueOrDefault(id) is { State: JobState.Untold } found ? found : null,
            job => job with { State = job.Failure is null or JobFailure.Incomplete ? JobState.Delivered : JobState.Closed }));

    public Task<ImagineJob?> NewestAsync(PersonId person, bool withPrivate, CancellationToken cancellationToken) =>
        LockedAsync(() => _jobs.Values
            .Where(job => job.Person == person && job is { Preview: null, Failure: null or JobFailure.Incomplete } && (withPrivate || !job.IsPrivate))
            .OrderByDescending(job => job.AcceptedAt)
            .ThenByDescending(job => job.Id)
            .FirstOrDefault());

    public Task<int> LastPreviewAsync(PersonId person, CancellationToken cancellationToken) =>
        LockedAsync(() => _jobs.Values
            .Where(job => job.Person == person && job is not { State: JobState.Closed, Failure: null or JobFailure.Incomplete })
            .Select(job => job.Preview?.At ?? 0)
            .DefaultIfEmpty(0)
            .Max());

    public Task<bool> SetTicketAsync(ulong id, int attempt, string ticket, CancellationToken cancellationToken) =>
        LockedAsync(() => Change(Held(id, attempt), job => job with { Ticket = ticket }) is not null);

    public async Task<IReadOnlyList<Picture>?> SetPaintedAsync(ulong id, int attempt, IReadOnlyList<Picture> pictures, JobFailure.Incomplete? missing, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (Held(id, attempt) is not { State: JobState.Accepted } held)
            {
                return null;
            }

            var stored = await store.AddAsync(pictures, cancellationToken);
            Change(held, job => job with { State = JobState.Painted, Pictures = [.. stored.Select(picture => picture.Id)], Failure = missing, Tries = 0, Faults = 0 });
            return stored;
        }
        finally
        {
            _gate.Release();
        }
    }

    public Task<bool> SetStateAsync(ulong id, int attempt, JobState state, JobFailure? failure, CancellationToken cancellationToken) =>
        LockedAsync(() => Change(Held(id, attempt), job => job with { State = state, Failure = failure ?? job.Failure, Tries = 0, Faults = 0 }) is not null);

    public Task<int?> CountFaultAsync(ulong id, int attempt, CancellationToken cancellationToken) =>
        LockedAsync(() => Change(Held(id, attempt), job => job with { Faults = job.Faults + 1 })?.Faults);

    public Task<IReadOnlyList<ulong>> UnfinishedAsync(CancellationToken cancellationToken) =>
        LockedAsync<IReadOnlyList<ulong>>(() => [.. _jobs.Keys.Select(Unfinished).OfType<ImagineJob>().OrderBy(job => job.AcceptedAt).ThenBy(job => job.Id).Select(job => job.Id)]);

    public void Dispose() => _gate.Dispose();

    private ImagineJob? Unfinished(ulong id) => _jobs.GetValueOrDefault(id) is { State: not (JobState.Delivered or JobState.Closed or JobState.Untold) } job ? job : null;

    private ImagineJob? Held(ulong id, int attempt) => Unfinished(id) is { } job && job.Attempt == attempt ? job : null;

    private ImagineJob? Change(ImagineJob? job, Func<ImagineJob, ImagineJob> change) => job is null ? null : _jobs[job.Id] = change(job);

    private async Task<T> LockedAsync<T>(Func<T> act)
    {
        await _gate.WaitAsync(TestRun.Cancellation);
        try
        {
            return act();
        }
        finally
        {
            _gate.Release();
        }
    }
}
