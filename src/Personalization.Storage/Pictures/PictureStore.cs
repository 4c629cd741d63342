using Microsoft.EntityFrameworkCore;
using Personalization.Pictures;

namespace Personalization.Storage.Pictures;

internal sealed class PictureStore(Database database) : IPictureStore
{
    public Task<IReadOnlyList<Picture>> AddAsync(IReadOnlyList<Picture> pictures, CancellationToken cancellationToken) =>
        database.WriteAsync(context => AddAsync(context, pictures, cancellationToken), cancellationToken);

    public Task SetFileAsync(PictureId id, string fileKey, CancellationToken cancellationToken) =>
        database.WriteAsync(
            context => context.Pictures
                .Where(picture => picture.Id == id.Value)
                .ExecuteUpdateAsync(picture => picture.SetProperty(row => row.FileKey, fileKey), cancellationToken),
            cancellationToken);

    public Task<Picture?> FindAsync(PictureId id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async context => (await context.Pictures.AsNoTracking().FirstOrDefaultAsync(picture => picture.Id == id.Value, cancellationToken))?.ToPicture(),
            cancellationToken);

    public Task<IReadOnlyList<Picture>> RankingPicturesAsync(CancellationToken cancellationToken) =>
        ListAsync(context => context.Pictures.Where(picture => picture.Kind == PictureKind.Ranking).OrderBy(picture => picture.Id), cancellationToken);

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

    /// <summary>Adds pictures within a transaction that does more.</summary>
    internal static async Task<IReadOnlyList<Picture>> AddAsync(PersonalizationContext context, IReadOnlyList<Picture> pictures, CancellationToken cancellationToken)
    {
        var rows = pictures.Select(PictureRow.From).ToList();
        context.Pictures.AddRange(rows);
        await context.SaveChangesAsync(cancellationToken);
        return [.. pictures.Zip(rows, (picture, row) => picture with { Id = new(row.Id) })];
    }

    private Task<IReadOnlyList<Picture>> ListAsync(Func<PersonalizationContext, IQueryable<PictureRow>> query, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Picture>>(
            async context => (await query(context).AsNoTracking().ToListAsync(cancellationToken)).ConvertAll(row => row.ToPicture()),
            cancellationToken);
}
