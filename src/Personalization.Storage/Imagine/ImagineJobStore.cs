using System.Data;
using Microsoft.EntityFrameworkCore;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Storage.Pictures;

namespace Personalization.Storage.Imagine;

/// <summary>The jobs' rows.</summary>
public sealed class ImagineJobStore : IImagineJobStore
{
    // Other writes wait for a transaction.
    private const int AtATime = 100;

    /// <summary>How many jobs are looked through for those that ended without pictures.</summary>
    private const int MaxSearched = 1000;

    private readonly Database _database;

    // Compiled, since they stand between a person's command and its answer, or run for every job that shows its place. A store's
    // own, since a compiled query belongs to the model that it ran with first.
    private readonly Func<PersonalizationContext, ulong, CancellationToken, Task<bool>> _isKnownAsync = EF.CompileAsyncQuery(
        (PersonalizationContext context, ulong id, CancellationToken _) => context.ImagineJobs.Any(job => job.Id == id));

    private readonly Func<PersonalizationContext, ulong, CancellationToken, Task<ImagineJobRow?>> _findAsync = EF.CompileAsyncQuery(
        (PersonalizationContext context, ulong id, CancellationToken _) => context.ImagineJobs.AsNoTracking().FirstOrDefault(job => job.Id == id));

    private readonly Func<PersonalizationContext, ulong, int, IAsyncEnumerable<ImagineJobRow>> _untold = EF.CompileAsyncQuery(
        (PersonalizationContext context, ulong person, int count) => context.ImagineJobs.AsNoTracking()
            .Where(job => job.PersonId == person && job.State == JobState.Untold)
            .OrderByDescending(job => job.AcceptedAt)
            .ThenByDescending(job => job.Id)
            .Take(count));

    private readonly Func<PersonalizationContext, ulong, CancellationToken, Task<Waiting?>> _waitingAsync = EF.CompileAsyncQuery(
        (PersonalizationContext context, ulong person, CancellationToken _) => context.ImagineJobs
            .Where(job => job.State == JobState.Accepted)
            .GroupBy(job => 1)
            .Select(jobs => new Waiting(jobs.Count(), jobs.Count(job => job.PersonId == person)))
            .SingleOrDefault());

    internal ImagineJobStore(Database database) => _database = database;

    /// <summary>Adds an accepted job; durable when the task completes.</summary>
    /// <param name="limits">How many jobs may wait.</param>
    public Task<EnqueueResult> AddAsync(ImagineJob job, JobsOptions limits, CancellationToken cancellationToken) =>
        _database.WriteAsync<EnqueueResult>(
            IsolationLevel.Serializable,
            async context =>
            {
                if (await _isKnownAsync(context, job.Id, cancellationToken)
                    || (job.Preview is { At: var point } && await Previews(context, job.Person).AnyAsync(row => row.PreviewAt == point, cancellationToken)))
                {
                    return new EnqueueResult.Repeated();
                }

                if (await FullAsync(context, job.Person, limits, cancellationToken) is { } full)
                {
                    return full;
                }

                context.ImagineJobs.Add(ImagineJobRow.From(job));
                await context.SaveChangesAsync(cancellationToken);
                return new EnqueueResult.Accepted();
            },
            cancellationToken);

    public Task<ImagineJob?> FindAsync(ulong id, CancellationToken cancellationToken) =>
        _database.ReadAsync(context => FindAsync(context, id, cancellationToken), cancellationToken);

    public Task<ImagineJob?> BeginAttemptAsync(ulong id, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            async context =>
            {
                var begun = await Unfinished(context)
                    .Where(job => job.Id == id)
                    .ExecuteUpdateAsync(
                        job => job.SetProperty(row => row.Attempt, row => row.Attempt + 1).SetProperty(row => row.Tries, row => row.Tries + 1),
                        cancellationToken);
                return begun == 1 ? await FindAsync(context, id, cancellationToken) : null;
            },
            cancellationToken);

    public Task SetReplyToAsync(ulong id, string replyTo, ulong? message, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            context => Unfinished(context)
                .Where(job => job.Id == id)
                .ExecuteUpdateAsync(job => job.SetProperty(row => row.ReplyTo, replyTo).SetProperty(row => row.MessageId, message), cancellationToken),
            cancellationToken);

    /// <summary>Changes the addresses of jobs that were accepted within a time.</summary>
    /// <param name="from">Inclusive.</param>
    /// <param name="until">Exclusive.</param>
    /// <param name="changed">What an address that needs no change contains.</param>
    public async Task RewriteReplyToAsync(DateTimeOffset from, DateTimeOffset until, string changed, Func<string, string> rewrite, CancellationToken cancellationToken)
    {
        // Mostly there is nothing to change, which costs a read.
        var ids = await _database.ReadAsync(
            context => context.ImagineJobs
                .Where(job => job.AcceptedAt >= from && job.AcceptedAt < until && !job.ReplyTo.Contains(changed))
                .Select(job => job.Id)
                .ToListAsync(cancellationToken),
            cancellationToken);
        foreach (var some in ids.Chunk(AtATime))
        {
            await _database.WriteAsync(
                async context =>
                {
                    await context.ImagineJobs.Where(job => some.Contains(job.Id)).ForEachAsync(job => job.ReplyTo = rewrite(job.ReplyTo), cancellationToken);
                    return await context.SaveChangesAsync(cancellationToken);
                },
                cancellationToken);
        }
    }

    public async Task<int> WithdrawAsync(IReadOnlyCollection<ulong> messages, Func<string, string> withdraw, CancellationToken cancellationToken)
    {
        ulong?[] ids = [.. messages];

        // Most deleted messages are not the bot's: they cost a read.
        return await _database.ReadAsync(context => Answers(context, ids).AnyAsync(cancellationToken), cancellationToken)
            ? await _database.WriteAsync(
                async context =>
                {
                    var jobs = (await Answers(context, ids).ToListAsync(cancellationToken)).FindAll(job => withdraw(job.ReplyTo) != job.ReplyTo);
                    jobs.ForEach(job => (job.ReplyTo, job.IsPrivate) = (withdraw(job.ReplyTo), true));
                    await context.SaveChangesAsync(cancellationToken);
                    long[] pictures = [.. jobs.SelectMany(job => Packed.Ids(job.Pictures)).Select(picture => picture.Value)];
                    await context.Pictures
                        .Where(picture => pictures.Contains(picture.Id) && picture.Kind == PictureKind.Made)
                        .ExecuteUpdateAsync(picture => picture.SetProperty(row => row.Kind, PictureKind.Private), cancellationToken);
                    return jobs.Count;
                },
                cancellationToken)
            : 0;
    }

    public Task<bool> OpenAsync(ulong id, Func<string, bool> mayOpen, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            async context =>
            {
                if (await context.ImagineJobs.FirstOrDefaultAsync(job => job.Id == id && job.IsPrivate, cancellationToken) is not { } row || !mayOpen(row.ReplyTo))
                {
                    return false;
                }

                row.IsPrivate = false;
                await context.SaveChangesAsync(cancellationToken);
                long[] pictures = [.. Packed.Ids(row.Pictures).Select(picture => picture.Value)];
                await context.Pictures
                    .Where(picture => pictures.Contains(picture.Id) && picture.Kind == PictureKind.Private)
                    .ExecuteUpdateAsync(picture => picture.SetProperty(row => row.Kind, PictureKind.Made), cancellationToken);
                return true;
            },
            cancellationToken);

    public Task<bool> SetBackendAsync(ulong id, int attempt, string backend, ImageRequest request, CancellationToken cancellationToken)
    {
        var json = ImageRequestJson.Write(request);
        return _database.WriteAsync(
            async context => await Held(context, id, attempt).ExecuteUpdateAsync(
                job => job
                    .SetProperty(row => row.Backend, backend)
                    .SetProperty(row => row.Request, json)
                    .SetProperty(row => row.Ticket, (string?)null)
                    .SetProperty(row => row.Tries, 0)
                    .SetProperty(row => row.Faults, 0),
                cancellationToken) == 1,
            cancellationToken);
    }

    public Task<bool> CancelAsync(ulong id, PersonId person, CancellationToken cancellationToken)
    {
        var failure = JobFailureJson.Write(new JobFailure.Cancelled());
        return _database.WriteAsync(
            async context => await context.ImagineJobs
                .Where(job => job.Id == id && job.PersonId == person.Value && job.State == JobState.Accepted)
                .ExecuteUpdateAsync(
                    job => job
                        .SetProperty(row => row.State, JobState.Failed)
                        .SetProperty(row => row.Failure, failure)
                        .SetProperty(row => row.Attempt, row => row.Attempt + 1)
                        .SetProperty(row => row.Tries, 0)
                        .SetProperty(row => row.Faults, 0),
                    cancellationToken) == 1,
            cancellationToken);
    }

    public Task<IReadOnlyList<ulong>> UnpaintedAsync(PersonId person, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<ulong>>(
            async context => await Unfinished(context)
                .Where(job => job.PersonId == person.Value && job.State == JobState.Accepted)
                .OrderByDescending(job => job.AcceptedAt)
                .ThenByDescending(job => job.Id)
                .Select(job => job.Id)
                .ToListAsync(cancellationToken),
            cancellationToken);

    public Task<IReadOnlyList<ImagineJob>> AbandonedAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<ImagineJob>>(
            async context =>
            [
                // By the key, which grows with time: no index has all jobs in their order.
                .. (await context.ImagineJobs.AsNoTracking()
                    .OrderByDescending(job => job.Id)
                    .Take(MaxSearched)
                    .Where(job => job.AcceptedAt >= since && job.Ticket != null && job.Failure != null && !job.Failure.StartsWith(JobFailureJson.Incomplete))
                    .ToListAsync(cancellationToken)).Select(row => row.ToJob()),
            ],
            cancellationToken);

    public Task<IReadOnlyList<ImagineJob>> UntoldAsync(PersonId person, int count, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<ImagineJob>>(
            async context => await _untold(context, person.Value, count).Select(row => row.ToJob()).ToListAsync(cancellationToken),
            cancellationToken);

    public Task SetToldAsync(ulong id, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            async context =>
            {
                if (await context.ImagineJobs.FirstOrDefaultAsync(job => job.Id == id && job.State == JobState.Untold, cancellationToken) is { } row)
                {
                    row.State = row.ToJob().Failure is null or JobFailure.Incomplete ? JobState.Delivered : JobState.Closed;
                }

                return await context.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);

    public Task<ImagineJob?> NewestAsync(PersonId person, bool withPrivate, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            async context => (await context.ImagineJobs.AsNoTracking()
                .Where(job => job.PersonId == person.Value && job.Preview == null && (job.Failure == null || job.Failure.StartsWith(JobFailureJson.Incomplete)) && (withPrivate || !job.IsPrivate))
                .OrderByDescending(job => job.AcceptedAt)
                .ThenByDescending(job => job.Id)
                .FirstOrDefaultAsync(cancellationToken))?.ToJob(),
            cancellationToken);

    public Task<int> LastPreviewAsync(PersonId person, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            async context => await Previews(context, person).MaxAsync(job => job.PreviewAt, cancellationToken) ?? 0,
            cancellationToken);

    public Task<bool> SetTicketAsync(ulong id, int attempt, string ticket, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            async context => await Held(context, id, attempt)
                .ExecuteUpdateAsync(job => job.SetProperty(row => row.Ticket, ticket), cancellationToken) == 1,
            cancellationToken);

    public Task<IReadOnlyList<Picture>?> SetPaintedAsync(ulong id, int attempt, IReadOnlyList<Picture> pictures, JobFailure.Incomplete? missing, CancellationToken cancellationToken)
    {
        var failure = missing is null ? null : JobFailureJson.Write(missing);
        return _database.WriteAsync(
            async context =>
            {
                var mine = Held(context, id, attempt).Where(job => job.State == JobState.Accepted);
                if (!await mine.AnyAsync(cancellationToken))
                {
                    return null;
                }

                var kind = await mine.AnyAsync(job => job.IsPrivate, cancellationToken) ? PictureKind.Private : PictureKind.Made;
                var stored = await PictureStore.AddAsync(context, [.. pictures.Select(picture => picture with { Kind = kind })], cancellationToken);
                var ids = Packed.Ids([.. stored.Select(picture => picture.Id)]);
                await mine.ExecuteUpdateAsync(
                    job => job
                        .SetProperty(row => row.State, JobState.Painted)
                        .SetProperty(row => row.Pictures, ids)
                        .SetProperty(row => row.Failure, failure)
                        .SetProperty(row => row.Tries, 0)
                        .SetProperty(row => row.Faults, 0),
                    cancellationToken);
                return stored;
            },
            cancellationToken);
    }

    public Task<bool> SetStateAsync(ulong id, int attempt, JobState state, JobFailure? failure, CancellationToken cancellationToken)
    {
        var stored = failure is null ? null : JobFailureJson.Write(failure);
        var isUndelivered = state == JobState.Closed && failure is null;
        return _database.WriteAsync(
            async context => await Held(context, id, attempt).ExecuteUpdateAsync(
                job => job
                    .SetProperty(row => row.State, state)
                    .SetProperty(row => row.Failure, row => stored ?? row.Failure)
                    .SetProperty(row => row.PreviewAt, row => isUndelivered && row.State != JobState.Failed ? null : row.PreviewAt)
                    .SetProperty(row => row.Tries, 0)
                    .SetProperty(row => row.Faults, 0),
                cancellationToken) == 1,
            cancellationToken);
    }

    public Task<int?> CountFaultAsync(ulong id, int attempt, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            async context =>
            {
                var counted = await Held(context, id, attempt)
                    .ExecuteUpdateAsync(job => job.SetProperty(row => row.Faults, row => row.Faults + 1), cancellationToken);
                return counted == 1
                    ? await Held(context, id, attempt).Select(job => (int?)job.Faults).SingleAsync(cancellationToken)
                    : null;
            },
            cancellationToken);

    public Task<IReadOnlyList<ulong>> UnfinishedAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<ulong>>(
            async context => await Unfinished(context)
                .OrderBy(job => job.AcceptedAt)
                .ThenBy(job => job.Id)
                .Select(job => job.Id)
                .ToListAsync(cancellationToken),
            cancellationToken);

    /// <summary>Jobs that still have something to paint or to deliver.</summary>
    internal static IQueryable<ImagineJobRow> Unfinished(PersonalizationContext context) =>
        context.ImagineJobs.Where(job => job.State != JobState.Delivered && job.State != JobState.Closed && job.State != JobState.Untold);

    private static IQueryable<ImagineJobRow> Answers(PersonalizationContext context, ulong?[] messages) =>
        context.ImagineJobs.Where(job => messages.Contains(job.MessageId));

    private async Task<EnqueueResult.Full?> FullAsync(PersonalizationContext context, PersonId person, JobsOptions limits, CancellationToken cancellationToken)
    {
        var waiting = await _waitingAsync(context, person.Value, cancellationToken);
        return waiting?.Own >= limits.PerPerson ? new(limits.PerPerson, IsPersonal: true)
            : waiting?.All >= limits.Waiting ? new(limits.Waiting, IsPersonal: false)
            : null;
    }

    private static IQueryable<ImagineJobRow> Previews(PersonalizationContext context, PersonId person) =>
        context.ImagineJobs.Where(job => job.PersonId == person.Value && job.PreviewAt != null);

    private static IQueryable<ImagineJobRow> Held(PersonalizationContext context, ulong id, int attempt) =>
        Unfinished(context).Where(job => job.Id == id && job.Attempt == attempt);

    private async Task<ImagineJob?> FindAsync(PersonalizationContext context, ulong id, CancellationToken cancellationToken) =>
        (await _findAsync(context, id, cancellationToken))?.ToJob();

    /// <summary>How many jobs are not painted yet.</summary>
    private sealed record Waiting(int All, int Own);
}
