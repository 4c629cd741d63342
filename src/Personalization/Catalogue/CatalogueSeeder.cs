using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.Catalogue;

/// <summary>
/// Plans the pictures that people rank: every seed prompt in its <see cref="StyleVariations"/>. The rows of those that
/// <see cref="IExactPainter"/> paints are added at the start; <see cref="PictureReader"/> paints each when it is first needed.
/// </summary>
public sealed class CatalogueSeeder(RankingPrompts prompts, StyleVocabulary vocabulary, IPictureStore pictures, PromptAugmenter augmenter)
{
    /// <summary>Width and height of a ranking picture in pixels: two of them fill a chat message.</summary>
    public const int Side = 384;

    /// <summary>
    /// Has people rank what is planned, and adds the rows that are missing, unless another backend painted what is ranked now.
    /// Pictures of an earlier plan are retired: the votes on them are still learnt from.
    /// </summary>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        var ranked = await pictures.RankingPicturesAsync(cancellationToken);
        if (ranked.Any(picture => picture.Source is not null))
        {
            return;
        }

        var planned = ExactPictures().ToArray();

        // Rows that were ranked before, or that an interrupted run prepared, are used rather than added a second time.
        var known = await pictures.CatalogueAsync(source: null, cancellationToken);
        var added = await pictures.AddAsync([.. planned.ExceptBy(known.Select(KeyFrom), KeyFrom)], cancellationToken);
        var keys = planned.Select(KeyFrom).ToHashSet();
        var wanted = known.Where(picture => keys.Contains(KeyFrom(picture))).Concat(added).DistinctBy(KeyFrom).Select(picture => picture.Id).ToHashSet();
        if (!wanted.SetEquals(ranked.Concat(added).Select(picture => picture.Id)))
        {
            await pictures.RankAsync(wanted, cancellationToken);
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
        from prompt in StyleVariations.Of(prompts.Count, vocabulary.Dimension).Index()
        from style in prompt.Item
        select new Picture { Kind = PictureKind.Ranking, Prompt = prompts[prompt.Index], Style = style, Seed = (uint)prompt.Index, Width = Side, Height = Side };
}
