using Microsoft.Extensions.Logging;
using Personalization.Imagine.Backends;
using Personalization.Pictures;
using Personalization.Taste.Model;

namespace Personalization.Imagine.Jobs;

/// <summary>Chooses the pictures that the answer holds from what a backend painted, and saves their files.</summary>
public sealed partial class PictureKeeper(IPictureFiles files, IFeatureExtractor extractor, CurrentCommunity community, ComputeThreads threads, ILogger<PictureKeeper> logger)
{
    /// <summary>
    /// Saves the files of the chosen pictures; their rows are the caller's to store. Pictures are measured here only to choose
    /// among them: otherwise they can be delivered first.
    /// </summary>
    /// <param name="result">All that the backend painted.</param>
    /// <returns>As many as the answer holds, or fewer if the backend painted fewer.</returns>
    /// <exception cref="InvalidOperationException">There is no picture, or there are more than were asked for.</exception>
    public async Task<IReadOnlyList<Picture>> KeepAsync(IImageBackend backend, ImagineJob job, PaintingResult.Painted result, CancellationToken cancellationToken)
    {
        var asked = job.Request.WithAllCandidates().Count;
        var painted = result.Pictures;
        if (painted.Count == 0 || painted.Count > asked)
        {
            throw new InvalidOperationException($"{backend.Name} painted {painted.Count} pictures of {asked}.");
        }

        var map = painted.Count > job.Request.Count ? community.Now.Space.Map : null;
        var measured = map is null
            ? new ExtractedFeatures?[painted.Count]
            : await Task.WhenAll(painted.Select(picture => threads.RunAsync(() => Measure(picture), cancellationToken)));
        var kept = new List<Picture>(job.Request.Count);
        foreach (var index in Choose(job.Request, map, measured))
        {
            kept.Add(new Picture
            {
                Kind = job.IsPrivate ? PictureKind.Private : PictureKind.Made,
                Prompt = job.Request.Text,
                Style = painted[index].Style,
                Features = measured[index],
                Seed = job.Request.SeedOf(result.Positions[index]),
                Width = painted[index].Width,
                Height = painted[index].Height,
                Author = job.Person,
                Guild = job.Guild,
                FileKey = await files.SaveAsync(painted[index].Png, "png", cancellationToken),
            });
        }

        return kept;
    }

    /// <summary>
    /// Saves the files again that are gone, once the rows are stored: until then they are not known to be needed, and go with an
    /// identical picture that is deleted.
    /// </summary>
    /// <param name="result">All that the backend painted.</param>
    /// <param name="kept">As <see cref="KeepAsync"/> gave them.</param>
    public async Task RestoreAsync(ImagineJob job, PaintingResult.Painted result, IReadOnlyList<Picture> kept, CancellationToken cancellationToken)
    {
        foreach (var (position, picture) in result.Positions.Zip(result.Pictures))
        {
            if (kept.Any(one => one.Seed == job.Request.SeedOf(position)))
            {
                await files.SaveAsync(picture.Png, "png", cancellationToken);
            }
        }
    }

    private ExtractedFeatures? Measure(PaintedPicture picture)
    {
        try
        {
            return new(extractor.Version, extractor.Extract(picture.Png));
        }
        catch (Exception exception)
        {
            // Decoders and encoders fail in many ways. The person gets the picture without measures.
            LogUnmeasured(exception);
            return null;
        }
    }

    /// <summary>Positions of the pictures that the answer holds: the best by taste, or the first ones where style cannot be measured.</summary>
    private static IEnumerable<int> Choose(ImageRequest request, FeatureMap? map, ExtractedFeatures?[] measured)
    {
        if (map is null)
        {
            return Enumerable.Range(0, Math.Min(measured.Length, request.Count));
        }

        double[]?[] styles = [.. measured.Select(features => map.Standardize(features) is { } numbers ? map.Style(numbers) : null)];
        return BestPictures.Choose(styles, [.. request.Preference.Select(weight => (double)weight)], request.Count);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A painted picture cannot be measured")]
    private partial void LogUnmeasured(Exception exception);
}
