using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.Catalogue;

/// <summary>
/// Plans the pictures that people rank: every seed prompt in <see cref="StyleSpread.StylesPerPrompt"/> styles. The rows of
/// those that <see cref="IExactPainter"/> paints are added at the start; <see cref="PictureReader"/> paints each when it is
/// first needed.
/// </summary>
public sealed class CatalogueSeeder(RankingPrompts prompts, StyleVocabulary vocabulary, IPictureStore pictures, PromptAugmenter augmenter)
{
    /// <summary>Width and height of a ranking picture in pixels: two of them fill a chat message.</summary>
    public const int Side = 384;

    /// <summary>Adds the rows of seed prompts that have none yet, unless another backend painted what is ranked now.</summary>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var ranked = await pictures.RankingPicturesAsync(cancellationToken);
        if (ranked.Any(picture => picture.Source is not null))
        {
            return;
        }

        // Rows that an interrupted run prepared to be painted exactly are used rather than added a second time.
        var known = ranked.Select(picture => picture.Prompt).ToHashSet(StringComparer.Ordinal);
        var prepared = (await pictures.CatalogueAsync(source: null, cancellationToken)).Where(picture => !known.Contains(picture.Prompt)).ToArray();
        var added = await pictures.AddAsync([.. ExactPictures().Where(picture => !known.Contains(picture.Prompt)).ExceptBy(prepared.Select(KeyFrom), KeyFrom)], cancellationToken);
        if (prepared.Length > 0)
        {
            await pictures.RankAsync([.. ranked.Concat(prepared).Concat(added).Select(picture => picture.Id)], cancellationToken);
        }
    }

    /// <summary>What tells the ranking pictures of one source apart.</summary>
    internal static (string Prompt, StyleVector? Style) KeyFrom(Picture picture) => (picture.Prompt, picture.Style);

    /// <summary>The <see cref="Picture.Source"/> of what a backend paints; null where it takes styles exactly.</summary>
    internal static string? SourceFrom(IImageBackend backend, string model) => backend.CapabilitiesOf(model).Styles ? null : $"{backend.Name} {model}".TrimEnd();

    /// <summary>
    /// All ranking pictures as a backend paints them, each with the request for it. Where the backend takes words instead of
    /// styles, the recorded style is the one that the words express.
    /// </summary>
    internal IEnumerable<(Picture Picture, ImageRequest Request)> Plan(IImageBackend backend, string model)
    {
        var source = SourceFrom(backend, model);
        var (area, step) = backend.SizeOf(model);
        var size = source is null ? new PictureSize(Side, Side) : PictureSize.For(default, area, step);
        var all =
            from exact in ExactPictures()
            let plain = new ImageRequest { Text = exact.Prompt, Seed = exact.Seed, Count = 1, Width = size.Width, Height = size.Height, Model = model }
            let asked = source is null ? (Request: plain with { Styles = [exact.Style!] }, Style: exact.Style!) : augmenter.InWords(plain, exact.Style!)
            select (Picture: exact with { Kind = PictureKind.Prepared, Style = asked.Style, Source = source }, asked.Request);

        // Two styles in the same words are one picture.
        return all.DistinctBy(planned => KeyFrom(planned.Picture));
    }

    /// <summary>All ranking pictures in exact styles. The pictures of a prompt share a seed and so their composition: a vote is then about style.</summary>
    private IEnumerable<Picture> ExactPictures() =>
        from prompt in Enumerable.Range(0, prompts.Count)
        from style in StyleSpread.Spread(prompt, StyleSpread.StylesPerPrompt, vocabulary.Dimension)
        select new Picture { Kind = PictureKind.Ranking, Prompt = prompts[prompt], Style = style, Seed = (uint)prompt, Width = Side, Height = Side };
}
