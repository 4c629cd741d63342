using Personalization.Imagine;
using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.Ranking;

/// <summary>
/// The pictures people rank: every seed prompt in <see cref="StylesPerPrompt"/> styles. Their rows are there from the
/// start; each is painted when it is first needed, or by <see cref="PaintAsync(IProgress{ValueTuple{int, int}}, CancellationToken)"/> before that, so that nobody waits.
/// </summary>
public sealed class Catalogue(
    RankingPrompts prompts,
    StyleVocabulary vocabulary,
    IPictureStore pictures,
    IPictureFiles files,
    IFeatureExtractor extractor,
    IEnumerable<IImageBackend> backends)
{
    /// <summary>Styles each prompt is painted in.</summary>
    public const int StylesPerPrompt = 8;

    /// <summary>Width and height of a ranking picture in pixels: two of them fill a chat message.</summary>
    public const int Side = 384;

    // Ranking pictures carry the style they were painted in, and only the Painter takes a style exactly.
    private readonly IImageBackend _painter = backends.First(backend => backend.Name == "Painter");

    /// <summary>Adds the rows of seed prompts that have none yet.</summary>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var known = (await pictures.RankingPicturesAsync(cancellationToken)).Select(picture => picture.Prompt).ToHashSet(StringComparer.Ordinal);
        var missing = new List<Picture>();
        for (var i = 0; i < prompts.Count; i++)
        {
            if (known.Contains(prompts[i]))
            {
                continue;
            }

            // One seed a prompt: its pictures share their composition, so that a vote is about style.
            missing.AddRange(StyleSpread.Spread(i, StylesPerPrompt, vocabulary.Dimension).Select(style => new Picture
            {
                Kind = PictureKind.Ranking,
                Prompt = prompts[i],
                Style = style,
                Seed = (uint)i,
                Width = Side,
                Height = Side,
            }));
        }

        if (missing.Count > 0)
        {
            await pictures.AddAsync(missing, cancellationToken);
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

    /// <summary>Measures painted pictures in which this extractor has measured nothing yet.</summary>
    /// <returns>Those that cannot be measured, for their files are gone or damaged.</returns>
    public async Task<IReadOnlyList<PictureId>> MeasureAsync(CancellationToken cancellationToken)
    {
        const int AtATime = 64;

        var unreadable = new List<PictureId>();
        var before = default(PictureId?);
        while (await pictures.UnmeasuredAsync(extractor.Version, before, AtATime, cancellationToken) is { Count: > 0 } some)
        {
            foreach (var picture in some)
            {
                if (!await TryMeasureAsync(picture, cancellationToken))
                {
                    unreadable.Add(picture.Id);
                }
            }

            before = some[^1].Id;
        }

        return unreadable;
    }

    /// <summary>Whether a picture's bytes can be read at once.</summary>
    public async Task<bool> IsPaintedAsync(PictureId id, CancellationToken cancellationToken) =>
        await pictures.FindAsync(id, cancellationToken) is { FileKey: not null };

    /// <summary>A picture's bytes; a ranking picture that is not painted yet is painted first.</summary>
    public async Task<byte[]> ReadAsync(PictureId id, CancellationToken cancellationToken)
    {
        var picture = await pictures.FindAsync(id, cancellationToken)
            ?? throw new InvalidOperationException($"There is no picture {id}.");
        return await files.ReadAsync(picture.FileKey ?? await PaintAsync(picture, cancellationToken), cancellationToken);
    }

    private async Task<bool> TryMeasureAsync(Picture picture, CancellationToken cancellationToken)
    {
        float[] measured;
        try
        {
            measured = extractor.Extract(await files.ReadAsync(picture.FileKey!, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return false;
        }

        await pictures.SetFeaturesAsync(picture.Id, new(extractor.Version, measured), cancellationToken);
        return true;
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
        var painted = (PaintingResult.Painted)await _painter.PaintAsync(request, PaintingSources.None, new NoJournal(), cancellationToken);
        var png = painted.Pictures[0].Png;
        var key = await files.SaveAsync(png, "png", cancellationToken);
        await pictures.SetFileAsync(picture.Id, key, new(extractor.Version, extractor.Extract(png)), cancellationToken);
        return key;
    }
}
