using Microsoft.EntityFrameworkCore;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Storage.Imagine;

namespace Personalization.Storage.Retention;

/// <summary>Which rows are needed, and the deletion of those that are not, in small transactions.</summary>
internal sealed class RetainedRows(Database database)
{
    // Other writes wait for a transaction.
    private const int AtATime = 200;

    // What was given its id before another one can be committed after it.
    private const int InFlight = 1000;

    /// <summary>The pictures with one of these files, by file.</summary>
    public async Task<ILookup<string, (long Id, PictureKind Kind)>> WithFilesAsync(IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var found = new List<(string Key, long Id, PictureKind Kind)>();
        foreach (var some in keys.Chunk(AtATime))
        {
            found.AddRange(await database.ReadAsync(
                async context => (await context.Pictures
                    .Where(picture => some.Contains(picture.FileKey))
                    .Select(picture => new { picture.FileKey, picture.Id, picture.Kind })
                    .ToListAsync(cancellationToken)).ConvertAll(picture => (picture.FileKey!, picture.Id, picture.Kind)),
                cancellationToken));
        }

        return found.ToLookup(picture => picture.Key, picture => (picture.Id, picture.Kind), StringComparer.Ordinal);
    }

    /// <summary>Reads every pair, like and code once.</summary>
    /// <param name="untoldSince">Of jobs that could not be told, only those that were accepted since then need their pictures.</param>
    public Task<NeededPictures> NeededAsync(DateTimeOffset untoldSince, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async context =>
            {
                var needed = new HashSet<long>();

                // Before the rows themselves, so that what comes meanwhile counts as new.
                var lastPair = await context.Pairs.MaxAsync(pair => (long?)pair.Id, cancellationToken) ?? 0;
                var lastLike = await context.Likes.MaxAsync(like => (long?)like.Id, cancellationToken) ?? 0;
                var ids = context.Likes.Select(like => like.PictureId)
                    .Union(context.Pairs.Select(pair => pair.LeftId))
                    .Union(context.Pairs.Select(pair => pair.RightId));
                await foreach (var id in ids.AsAsyncEnumerable().WithCancellation(cancellationToken))
                {
                    needed.Add(id);
                }

                await foreach (var favourites in context.Snapshots.Select(snapshot => snapshot.Favourites).AsAsyncEnumerable().WithCancellation(cancellationToken))
                {
                    needed.UnionWith(Values(Packed.Ids(favourites)));
                }

                var untold = await context.ImagineJobs.Where(job => job.State == JobState.Untold && job.AcceptedAt >= untoldSince).Select(job => job.Pictures).ToListAsync(cancellationToken);
                untold.ForEach(pictures => needed.UnionWith(Values(Packed.Ids(pictures))));
                await AddUnfinishedAsync(context, needed, cancellationToken);
                return new NeededPictures(needed, lastPair, lastLike);
            },
            cancellationToken);

    /// <summary>Makes the pictures with these files <see cref="PictureKind.Deleted"/>, without a file, unless one of a file's is needed since.</summary>
    /// <param name="expirable">A file, and all pictures that had it: made ones that are not in <paramref name="needed"/>.</param>
    /// <returns>The files that no picture names now. Deleted after the commit, a crash in between leaves some that the next sweep finds.</returns>
    public Task<IReadOnlyList<StoredPicture>> ExpireAsync(IReadOnlyList<(StoredPicture File, IReadOnlyList<long> Pictures)> expirable, NeededPictures needed, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<StoredPicture>>(
            async context =>
            {
                string?[] keys = [.. expirable.Select(one => one.File.Key)];
                var rows = await context.Pictures
                    .Where(picture => keys.Contains(picture.FileKey))
                    .Select(picture => new { picture.Id, picture.FileKey })
                    .ToListAsync(cancellationToken);
                long[] ids = [.. rows.Select(row => row.Id)];
                var (lastPair, lastLike) = (needed.LastPair - InFlight, needed.LastLike - InFlight);
                var since = (await context.Likes.Where(like => like.Id > lastLike && ids.Contains(like.PictureId)).Select(like => like.PictureId)
                    .Concat(context.Pairs.Where(pair => pair.Id > lastPair && ids.Contains(pair.LeftId)).Select(pair => pair.LeftId))
                    .Concat(context.Pairs.Where(pair => pair.Id > lastPair && ids.Contains(pair.RightId)).Select(pair => pair.RightId))
                    .ToListAsync(cancellationToken)).ToHashSet();
                await AddUnfinishedAsync(context, since, cancellationToken);
                var idsOf = rows.ToLookup(row => row.FileKey, row => row.Id);
                var expired = expirable.Where(one => idsOf[one.File.Key].All(id => one.Pictures.Contains(id) && !since.Contains(id))).ToList();
                long[] gone = [.. expired.SelectMany(one => one.Pictures)];
                await context.Pictures
                    .Where(picture => gone.Contains(picture.Id))
                    .ExecuteUpdateAsync(
                        picture => picture.SetProperty(row => row.Kind, PictureKind.Deleted).SetProperty(row => row.FileKey, (string?)null),
                        cancellationToken);
                return expired.ConvertAll(one => one.File);
            },
            cancellationToken);

    /// <summary>Deletes jobs that are over and of whose pictures none has a file. Previews stay: each is given once.</summary>
    /// <param name="before">Ids of interactions from this one on stay.</param>
    /// <returns>How many.</returns>
    public async Task<int> DeleteJobsAsync(ulong before, CancellationToken cancellationToken)
    {
        var (deleted, after) = (0, 0UL);
        while (true)
        {
            var from = after;
            var jobs = await database.ReadAsync(
                context => context.ImagineJobs
                    .Where(job => job.Id > from && job.Id < before && job.PreviewAt == null)
                    .Where(job => job.State == JobState.Delivered || job.State == JobState.Closed || job.State == JobState.Untold)
                    .OrderBy(job => job.Id)
                    .Take(AtATime)
                    .Select(job => new { job.Id, job.Pictures })
                    .ToListAsync(cancellationToken),
                cancellationToken);
            if (jobs.Count == 0)
            {
                return deleted;
            }

            after = jobs[^1].Id;
            long[] pictures = [.. jobs.SelectMany(job => Packed.Ids(job.Pictures)).Select(picture => picture.Value)];
            var stored = (await database.ReadAsync(
                context => context.Pictures.Where(picture => pictures.Contains(picture.Id) && picture.FileKey != null).Select(picture => picture.Id).ToListAsync(cancellationToken),
                cancellationToken)).ToHashSet();
            ulong[] gone = [.. jobs.Where(job => !Packed.Ids(job.Pictures).Any(picture => stored.Contains(picture.Value))).Select(job => job.Id)];
            deleted += gone.Length == 0 ? 0 : await database.WriteAsync(
                context => context.ImagineJobs.Where(job => gone.Contains(job.Id)).ExecuteDeleteAsync(cancellationToken),
                cancellationToken);
        }
    }

    /// <summary>Deletes prompts that wait for a decision of the person.</summary>
    /// <param name="before">Ids of interactions from this one on stay.</param>
    /// <returns>How many.</returns>
    public async Task<int> DeleteDraftsAsync(ulong before, CancellationToken cancellationToken) =>
        await database.ReadAsync(context => context.PromptDrafts.AnyAsync(draft => draft.Id < before, cancellationToken), cancellationToken)
            ? await database.WriteAsync(context => context.PromptDrafts.Where(draft => draft.Id < before).ExecuteDeleteAsync(cancellationToken), cancellationToken)
            : 0;

    private static async Task AddUnfinishedAsync(PersonalizationContext context, HashSet<long> needed, CancellationToken cancellationToken)
    {
        foreach (var job in (await ImagineJobStore.Unfinished(context).AsNoTracking().ToListAsync(cancellationToken)).Select(row => row.ToJob()))
        {
            needed.UnionWith(Values([.. job.Pictures, .. job.Request.References]));
            if (job.Request.Original is { } original)
            {
                needed.Add(original.Value);
            }
        }
    }

    private static IEnumerable<long> Values(IReadOnlyList<PictureId> pictures) => pictures.Select(picture => picture.Value);
}
