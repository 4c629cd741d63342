using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Catalogue;

/// <summary>Paints and measures the pictures that people rank, before anyone has to wait for them.</summary>
public sealed class CataloguePainter(
    CatalogueSeeder seeder,
    PictureReader reader,
    IPictureStore pictures,
    IPictureFiles files,
    IFeatureExtractor extractor,
    IGridComposer composer,
    ComputeThreads threads)
{
    // A catalogue with more gaps than this is not ranked.
    private const double MinPaintedShare = 0.5;

    // A backend that fails so often in a row is taken to be broken.
    private const int MaxFailuresInARow = 5;

    /// <summary>Paints the ranking pictures that are not painted yet.</summary>
    /// <param name="progress">Receives the number of painted pictures after each one.</param>
    public async Task PaintMissingAsync(IProgress<(int Painted, int Total)> progress, CancellationToken cancellationToken)
    {
        var all = await pictures.RankingPicturesAsync(cancellationToken);
        var painted = all.Count(picture => picture.FileKey is not null);
        foreach (var picture in all.Where(picture => picture.FileKey is null))
        {
            await threads.YieldAsync(cancellationToken);
            await reader.PaintAheadAsync(picture, cancellationToken);
            progress.Report((++painted, all.Count));
        }
    }

    /// <summary>
    /// Paints all ranking pictures with a backend, and then has people rank those and no others. What it painted before, also
    /// in a run that was stopped, is not painted again.
    /// </summary>
    /// <param name="model">The backend's own name for the model; empty for its only one.</param>
    /// <param name="progress">Receives the number of painted pictures, at first and after each one.</param>
    /// <returns>How many pictures are painted, of how many; the missing ones were refused or failed. Fewer than half are not ranked.</returns>
    /// <exception cref="BackendException">The backend could not paint; what it painted so far is kept.</exception>
    public async Task<(int Painted, int Total, bool IsRanked)> TakeOverAsync(IImageBackend backend, string model, IProgress<(int Painted, int Total)> progress, CancellationToken cancellationToken)
    {
        var source = CatalogueSeeder.SourceFrom(backend, model);
        if (source is null)
        {
            // A bot that starts meanwhile finds the rows and adds none.
            await seeder.SeedAsync(cancellationToken);
        }

        await backend.InspectAsync(model, cancellationToken);
        var planned = seeder.Plan(backend, model).ToArray();
        var rows = (await pictures.CatalogueAsync(source, cancellationToken)).ToLookup(CatalogueSeeder.KeyFrom);
        var missing = planned.Where(one => !rows[CatalogueSeeder.KeyFrom(one.Picture)].Any(row => row.FileKey is not null)).ToArray();
        var painted = planned.Length - missing.Length;
        progress.Report((painted, planned.Length));
        var failures = 0;
        foreach (var (picture, request) in missing)
        {
            try
            {
                painted += await TryPaintAsync(rows[CatalogueSeeder.KeyFrom(picture)].FirstOrDefault(), picture, request, backend, cancellationToken) ? 1 : 0;
                failures = 0;
            }
            catch (BackendException exception) when (exception.Fault == BackendFault.Failed && ++failures < MaxFailuresInARow)
            {
                // One picture that fails must not keep the others from being painted.
            }

            progress.Report((painted, planned.Length));
        }

        var isRanked = painted >= MinPaintedShare * planned.Length;
        if (isRanked)
        {
            await RankAsync([.. planned.Select(one => one.Picture)], source, cancellationToken);
        }

        return (painted, planned.Length, isRanked);
    }

    /// <returns>False where the backend refused.</returns>
    private async Task<bool> TryPaintAsync(Picture? row, Picture planned, ImageRequest request, IImageBackend backend, CancellationToken cancellationToken)
    {
        if (row is not null)
        {
            await reader.PaintAheadAsync(row, cancellationToken);
            return true;
        }

        var reporter = new NullPaintingReporter();
        if (await backend.PaintAsync(request, PaintingSources.None, reporter, cancellationToken) is not PaintingResult.Painted { Pictures: [var painted, ..] })
        {
            return false;
        }

        var (small, measured) = await threads.RunAsync(
            () =>
            {
                var shrunk = composer.Shrink(painted, CatalogueSeeder.Side);
                return (shrunk, extractor.Extract(shrunk.Png));
            },
            cancellationToken);
        var key = await files.SaveAsync(small.Png, "png", cancellationToken);
        await pictures.AddAsync([planned with { Width = small.Width, Height = small.Height, FileKey = key, Features = new(extractor.Version, measured) }], cancellationToken);
        await backend.DiscardAsync(reporter, cancellationToken);
        return true;
    }

    private async Task RankAsync(IReadOnlyList<Picture> planned, string? source, CancellationToken cancellationToken)
    {
        var keys = planned.Select(CatalogueSeeder.KeyFrom).ToHashSet();
        var rows = await pictures.CatalogueAsync(source, cancellationToken);
        await pictures.RankAsync([.. rows.Where(row => keys.Contains(CatalogueSeeder.KeyFrom(row))).Select(row => row.Id)], cancellationToken);
    }
}
