using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.Catalogue;

/// <summary>
/// The pictures people rank: every seed prompt in <see cref="StyleSpread.StylesPerPrompt"/> styles. Their rows are there from the
/// start, for the Painter; each is painted when it is first needed, or by
/// <see cref="PaintAsync(IProgress{ValueTuple{int, int}}, CancellationToken)"/> before that, so that nobody waits. Another
/// backend's take their place when it has painted them all.
/// </summary>
public sealed class PictureCatalogue(
    RankingPrompts prompts,
    StyleVocabulary vocabulary,
    IPictureStore pictures,
    IPictureFiles files,
    IFeatureExtractor extractor,
    PromptAugmenter augmenter,
    IGridComposer composer,
    IEnumerable<IImageBackend> backends)
{
    /// <summary>Width and height of a ranking picture in pixels: two of them fill a chat message.</summary>
    public const int Side = 384;

    /// <summary>Width and height in pixels within which <see cref="ReadSmallAsync"/> shows a picture.</summary>
    public const int SmallSide = 512;

    // A catalogue with more gaps than this is not what people should rank.
    private const double LeastPainted = 0.5;

    // A backend that fails so often in a row will not paint the next one either.
    private const int MostFailures = 5;

    // The rows that are there from the start say a style exactly, which only the Painter takes.
    private readonly IImageBackend _painter = backends.First(backend => backend.Name == "Painter");

    /// <summary>Adds the rows of seed prompts that have none yet, unless another backend painted what is ranked now.</summary>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var ranked = await pictures.RankingPicturesAsync(cancellationToken);
        if (ranked.Any(picture => picture.Source is not null))
        {
            return;
        }

        // A catalogue of the Painter's that was being prepared is gone on with here.
        var known = ranked.Select(picture => picture.Prompt).ToHashSet(StringComparer.Ordinal);
        var prepared = (await pictures.CatalogueAsync(source: null, cancellationToken)).Where(picture => !known.Contains(picture.Prompt)).ToArray();
        var added = await pictures.AddAsync([.. Exact().Where(picture => !known.Contains(picture.Prompt)).ExceptBy(prepared.Select(KeyOf), KeyOf)], cancellationToken);
        if (prepared.Length > 0)
        {
            await pictures.RankAsync([.. ranked.Concat(prepared).Concat(added).Select(picture => picture.Id)], cancellationToken);
        }
    }

    /// <summary>Paints what is not painted yet.</summary>
    /// <param name="progress">Told how many pictures are there, after each that was painted.</param>
    public async Task PaintAsync(IProgress<(int Painted, int Total)> progress, CancellationToken cancellationToken)
    {
        var all = await pictures.RankingPicturesAsync(cancellationToken);
        var painted = all.Count(picture => picture.FileKey is not null);
        foreach (var picture in all.Where(picture => picture.FileKey is null))
        {
            await PaintAsync(picture, cancellationToken);
            progress.Report((++painted, all.Count));
        }
    }

    /// <summary>
    /// Paints all ranking pictures with a backend, and then has people rank those and no others. What it painted before, also
    /// in a run that was stopped, is not painted again.
    /// </summary>
    /// <param name="model">The backend's own name for the model; empty for its only one.</param>
    /// <param name="progress">Told how many there are, at first and after each picture.</param>
    /// <returns>How many pictures there are, of how many; those missing were refused, or failed. Fewer than half are not ranked.</returns>
    /// <exception cref="BackendException">The backend could not; what it painted so far is kept.</exception>
    public async Task<(int Painted, int Total, bool IsRanked)> PaintAsync(IImageBackend backend, string model, IProgress<(int Painted, int Total)> progress, CancellationToken cancellationToken)
    {
        var source = backend.CapabilitiesOf(model).Styles ? null : $"{backend.Name} {model}".TrimEnd();
        if (source is null)
        {
            // A bot that starts meanwhile finds the rows there, and adds none.
            await SeedAsync(cancellationToken);
        }

        var planned = Plan(backend, model, source).ToArray();
        var there = (await pictures.CatalogueAsync(source, cancellationToken)).ToLookup(KeyOf);
        var missing = planned.Where(one => !there[KeyOf(one.Picture)].Any(known => known.FileKey is not null)).ToArray();
        var painted = planned.Length - missing.Length;
        progress.Report((painted, planned.Length));
        var failures = 0;
        foreach (var (picture, request) in missing)
        {
            try
            {
                var isPainted = there[KeyOf(picture)].FirstOrDefault() is { } row
                    ? await PaintAsync(row, cancellationToken) is not null
                    : await AddAsync(picture, request, backend, cancellationToken);
                painted += isPainted ? 1 : 0;
                failures = 0;
            }
            catch (BackendException exception) when (exception.Fault == BackendFault.Failed && ++failures < MostFailures)
            {
                // This picture alone: it must not keep the others from being painted.
            }

            progress.Report((painted, planned.Length));
        }

        var isRanked = painted >= LeastPainted * planned.Length;
        if (isRanked)
        {
            var keys = planned.Select(one => KeyOf(one.Picture)).ToHashSet();
            await pictures.RankAsync([.. (await pictures.CatalogueAsync(source, cancellationToken)).Where(picture => keys.Contains(KeyOf(picture))).Select(picture => picture.Id)], cancellationToken);
        }

        return (painted, planned.Length, isRanked);
    }

    /// <summary>Measures painted pictures in which this extractor has measured nothing yet.</summary>
    /// <returns>Those that cannot be measured, and why: files that are gone or damaged, most of them.</returns>
    public async Task<IReadOnlyList<(PictureId Picture, string Reason)>> MeasureAsync(CancellationToken cancellationToken)
    {
        const int AtATime = 64;

        var unreadable = new List<(PictureId Picture, string Reason)>();
        foreach (var some in (await pictures.UnmeasuredAsync(extractor.Version, cancellationToken)).Chunk(AtATime))
        {
            foreach (var picture in await pictures.FindAsync(some, cancellationToken))
            {
                if (await TryMeasureAsync(picture, cancellationToken) is { } reason)
                {
                    unreadable.Add((picture.Id, reason));
                }
            }
        }

        return unreadable;
    }

    /// <summary>Whether a picture's bytes can be read at once.</summary>
    /// <param name="picture">As it was once read: it may have been painted since.</param>
    public async Task<bool> IsPaintedAsync(Picture picture, CancellationToken cancellationToken) =>
        (await PaintedAsync(picture, cancellationToken)).FileKey is not null;

    /// <summary>A picture's bytes; a ranking picture of the Painter's that is not painted yet, or lost, is painted first.</summary>
    /// <exception cref="FileNotFoundException">Its file is lost.</exception>
    public async Task<byte[]> ReadAsync(PictureId id, CancellationToken cancellationToken) =>
        await BytesAsync(await KnownAsync(id, cancellationToken), cancellationToken);

    /// <summary>A picture's bytes as <see cref="ReadAsync"/> gives them, at most <see cref="SmallSide"/> pixels wide and high: several fit a message.</summary>
    /// <param name="picture">As it was once read: it may have been painted since.</param>
    /// <exception cref="FileNotFoundException">Its file is lost.</exception>
    public async Task<byte[]> ReadSmallAsync(Picture picture, CancellationToken cancellationToken)
    {
        var png = await BytesAsync(await PaintedAsync(picture, cancellationToken), cancellationToken);
        return Math.Max(picture.Width, picture.Height) > SmallSide ? composer.Shrink(new(png, picture.Width, picture.Height), SmallSide).Png.ToArray() : png;
    }

    private async Task<Picture> KnownAsync(PictureId id, CancellationToken cancellationToken) =>
        await pictures.FindAsync(id, cancellationToken) ?? throw new InvalidOperationException($"There is no picture {id}.");

    private async Task<Picture> PaintedAsync(Picture picture, CancellationToken cancellationToken) =>
        picture.FileKey is null ? await KnownAsync(picture.Id, cancellationToken) : picture;

    private async Task<byte[]> BytesAsync(Picture picture, CancellationToken cancellationToken)
    {
        try
        {
            return await files.ReadAsync(picture.FileKey ?? await PaintAsync(picture, cancellationToken), cancellationToken);
        }
        catch (FileNotFoundException) when (picture is { Source: null, Kind: PictureKind.Ranking or PictureKind.Prepared or PictureKind.Retired })
        {
            // The Painter's own: it paints the same again.
            return await files.ReadAsync(await PaintAsync(picture, cancellationToken), cancellationToken);
        }
    }

    private static (string Prompt, StyleVector? Style) KeyOf(Picture picture) => (picture.Prompt, picture.Style);

    /// <summary>All ranking pictures as the Painter paints them. One seed a prompt: its pictures share their composition, so that a vote is about style.</summary>
    private IEnumerable<Picture> Exact() =>
        from prompt in Enumerable.Range(0, prompts.Count)
        from style in StyleSpread.Spread(prompt, StyleSpread.StylesPerPrompt, vocabulary.Dimension)
        select new Picture { Kind = PictureKind.Ranking, Prompt = prompts[prompt], Style = style, Seed = (uint)prompt, Width = Side, Height = Side };

    /// <summary>All ranking pictures as a backend paints them: in a style, or in words for it, whose style is recorded then.</summary>
    private IEnumerable<(Picture Picture, ImageRequest Request)> Plan(IImageBackend backend, string model, string? source)
    {
        var (area, step) = backend.SizeOf(model);
        var size = source is null ? new PictureSize(Side, Side) : PictureSize.For(default, area, step);
        var all =
            from exact in Exact()
            let plain = new ImageRequest { Text = exact.Prompt, Seed = exact.Seed, Count = 1, Width = size.Width, Height = size.Height, Model = model }
            let asked = source is null ? (Request: plain with { Styles = [exact.Style!] }, Style: exact.Style!) : augmenter.InWords(plain, exact.Style!)
            select (Picture: exact with { Kind = PictureKind.Prepared, Style = asked.Style, Source = source }, asked.Request);

        // Two styles in the same words are one picture.
        return all.DistinctBy(planned => KeyOf(planned.Picture));
    }

    private async Task<bool> AddAsync(Picture picture, ImageRequest request, IImageBackend backend, CancellationToken cancellationToken)
    {
        if (await backend.PaintAsync(request, PaintingSources.None, new NullPaintingReporter(), cancellationToken) is not PaintingResult.Painted { Pictures: [var painted, ..] })
        {
            return false;
        }

        var small = composer.Shrink(painted, Side);
        var key = await files.SaveAsync(small.Png, "png", cancellationToken);
        var features = new ExtractedFeatures(extractor.Version, extractor.Extract(small.Png));
        await pictures.AddAsync([picture with { Width = small.Width, Height = small.Height, FileKey = key, Features = features }], cancellationToken);
        return true;
    }

    /// <returns>Null, or why it cannot be measured.</returns>
    private async Task<string?> TryMeasureAsync(Picture picture, CancellationToken cancellationToken)
    {
        float[] measured;
        try
        {
            measured = extractor.Extract(await files.ReadAsync(picture.FileKey!, cancellationToken));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Decoders and encoders fail in ways of their own; whatever it is, the other pictures are measured.
            return exception.Message;
        }

        await pictures.SetFeaturesAsync(picture.Id, new(extractor.Version, measured), cancellationToken);
        return null;
    }

    private async Task<string> PaintAsync(Picture picture, CancellationToken cancellationToken)
    {
        var request = new ImageRequest
        {
            Text = picture.Prompt,
            Styles = picture.Style is { } style ? [style] : [],
            Seed = picture.Seed,
            Count = 1,
            Width = picture.Width,
            Height = picture.Height,
        };
        var painted = (PaintingResult.Painted)await _painter.PaintAsync(request, PaintingSources.None, new NullPaintingReporter(), cancellationToken);
        var png = painted.Pictures[0].Png;
        var key = await files.SaveAsync(png, "png", cancellationToken);
        await pictures.SetFileAsync(picture.Id, key, new(extractor.Version, extractor.Extract(png)), cancellationToken);
        return key;
    }
}
