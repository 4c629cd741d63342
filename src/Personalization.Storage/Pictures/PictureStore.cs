using System.Data;
using Microsoft.EntityFrameworkCore;
using Personalization.Pictures;

namespace Personalization.Storage.Pictures;

internal sealed class PictureStore(Database database) : IPictureStore
{
    // A statement takes some thousands of parameters at most.
    private const int AtATime = 500;

    private static readonly PictureKind[] Catalogues = [PictureKind.Ranking, PictureKind.Prepared, PictureKind.Retired];

    public Task<IReadOnlyList<Picture>> AddAsync(IReadOnlyList<Picture> pictures, CancellationToken cancellationToken) =>
        database.WriteAsync(context => AddAsync(context, pictures, cancellationToken), cancellationToken);

    public Task SetFileAsync(PictureId id, string fileKey, CancellationToken cancellationToken) =>
        database.WriteAsync(
            context => context.Pictures
                .Where(picture => picture.Id == id.Value)
                .ExecuteUpdateAsync(picture => picture.SetProperty(row => row.FileKey, fileKey), cancellationToken),
            cancellationToken);

    public Task SetFeaturesAsync(PictureId id, ExtractedFeatures features, CancellationToken cancellationToken)
    {
        var numbers = Packed.Floats([.. features.Values]);
        return database.WriteAsync(
            context => context.Pictures
                .Where(picture => picture.Id == id.Value)
                .ExecuteUpdateAsync(
                    picture => picture
                        .SetProperty(row => row.Features, numbers)
                        .SetProperty(row => row.FeaturesVersion, features.Version),
                    cancellationToken),
            cancellationToken);
    }

    public Task<Picture?> FindAsync(PictureId id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async context => (await context.Pictures.AsNoTracking().FirstOrDefaultAsync(picture => picture.Id == id.Value, cancellationToken))?.ToPicture(),
            cancellationToken);

    public async Task<IReadOnlyList<Picture>> FindAsync(IReadOnlyCollection<PictureId> ids, CancellationToken cancellationToken)
    {
        var found = new List<Picture>(ids.Count);
        foreach (var some in ids.Select(id => id.Value).Chunk(AtATime))
        {
            found.AddRange(await ListAsync(context => context.Pictures.Where(picture => some.Contains(picture.Id)), cancellationToken));
        }

        return found;
    }

    public Task<IReadOnlyList<PictureId>> UnmeasuredAsync(string extractorVersion, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<PictureId>>(
            async context => [.. (await Unmeasured(context, extractorVersion).ToListAsync(cancellationToken)).OrderDescending().Select(id => new PictureId(id))],
            cancellationToken);

    public Task<IReadOnlyList<Picture>> RankingPicturesAsync(CancellationToken cancellationToken) =>
        ListAsync(context => context.Pictures.Where(picture => picture.Kind == PictureKind.Ranking).OrderBy(picture => picture.Id), cancellationToken);

    public Task<IReadOnlyList<Picture>> CatalogueAsync(string? source, CancellationToken cancellationToken) =>
        ListAsync(context => context.Pictures.Where(picture => Catalogues.Contains(picture.Kind) && picture.Source == source).OrderBy(picture => picture.Id), cancellationToken);

    public Task RankAsync(IReadOnlyCollection<PictureId> ids, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                var count = await context.Pictures
                    .Where(picture => picture.Kind == PictureKind.Ranking)
                    .ExecuteUpdateAsync(picture => picture.SetProperty(row => row.Kind, PictureKind.Retired), cancellationToken);
                foreach (var some in ids.Select(id => id.Value).Chunk(AtATime))
                {
                    count += await context.Pictures
                        .Where(picture => some.Contains(picture.Id))
                        .ExecuteUpdateAsync(picture => picture.SetProperty(row => row.Kind, PictureKind.Ranking), cancellationToken);
                }

                return count;
            },
            cancellationToken);

    public Task<IReadOnlyList<Picture>> MadePicturesAsync(PictureId? before, int count, CancellationToken cancellationToken)
    {
        var end = before?.Value ?? long.MaxValue;
        return ListAsync(
            context => context.Pictures
                .Where(picture => picture.Kind == PictureKind.Made && picture.Id < end)
                .OrderByDescending(picture => picture.Id)
                .Take(count),
            cancellationToken);
    }

    public Task<IReadOnlyList<Picture>> MadePicturesAsync(IReadOnlySet<GuildId> guilds, PictureId? before, int count, CancellationToken cancellationToken)
    {
        var end = before?.Value ?? long.MaxValue;
        ulong?[] ids = [.. guilds.Select(guild => (ulong?)guild.Value)];
        return ListAsync(
            context => context.Pictures
                .Where(picture => ids.Contains(picture.GuildId) && picture.Kind == PictureKind.Made && picture.Id < end)
                .OrderByDescending(picture => picture.Id)
                .Take(count),
            cancellationToken);
    }

    // Serializable: of two that are deleted at once and have one file, each would else still see the other. The file goes before
    // the commit: if that fails, the row is still there to be deleted again, and no file stays that no row names.
    public Task DeleteAsync(PictureId id, Func<string, Task> deleteFileAsync, CancellationToken cancellationToken) =>
        database.WriteAsync(
            IsolationLevel.Serializable,
            async context =>
            {
                var made = context.Pictures.Where(picture => picture.Id == id.Value && (picture.Kind == PictureKind.Made || picture.Kind == PictureKind.Private));
                var key = await made.Select(picture => picture.FileKey).FirstOrDefaultAsync(cancellationToken);
                var count = await made.ExecuteUpdateAsync(
                    picture => picture.SetProperty(row => row.Kind, PictureKind.Deleted).SetProperty(row => row.FileKey, (string?)null),
                    cancellationToken);
                if (key is not null && !await context.Pictures.AnyAsync(picture => picture.FileKey == key, cancellationToken))
                {
                    await deleteFileAsync(key);
                }

                return count;
            },
            cancellationToken);

    /// <summary>Adds pictures within a transaction that does more.</summary>
    internal static async Task<IReadOnlyList<Picture>> AddAsync(PersonalizationContext context, IReadOnlyList<Picture> pictures, CancellationToken cancellationToken)
    {
        var rows = pictures.Select(PictureRow.From).ToList();
        context.Pictures.AddRange(rows);
        await context.SaveChangesAsync(cancellationToken);
        return [.. pictures.Zip(rows, (picture, row) => picture with { Id = new(row.Id) })];
    }

    /// <summary>
    /// The ids of painted pictures without measures of this version, in no order. None, less and more are each looked up in
    /// the index; for them together, or in order of id, a database may read every row.
    /// </summary>
    internal static IQueryable<long> Unmeasured(PersonalizationContext context, string extractorVersion)
    {
        var painted = context.Pictures.Where(picture => picture.FileKey != null);
        return painted.Where(picture => picture.FeaturesVersion == null).Select(picture => picture.Id)
            .Concat(painted.Where(picture => string.Compare(picture.FeaturesVersion, extractorVersion) < 0).Select(picture => picture.Id))
            .Concat(painted.Where(picture => string.Compare(picture.FeaturesVersion, extractorVersion) > 0).Select(picture => picture.Id));
    }

    private Task<IReadOnlyList<Picture>> ListAsync(Func<PersonalizationContext, IQueryable<PictureRow>> query, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Picture>>(
            async context => (await query(context).AsNoTracking().ToListAsync(cancellationToken)).ConvertAll(row => row.ToPicture()),
            cancellationToken);
}
