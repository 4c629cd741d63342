using System.Collections.Concurrent;
using Personalization.Catalogue;
using Personalization.Imagine.Backends;
using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.Lab.Simulation;

/// <summary>The shipped pool of pictures, painted and measured on demand. Safe for use by several threads.</summary>
/// <param name="painter">Paints for people whose taste is on pixels.</param>
/// <param name="extractor">Measures the painted pictures.</param>
public sealed class LabPool(StyleVocabulary vocabulary, RankingPrompts prompts, IImageBackend painter, IFeatureExtractor extractor)
{
    private const int Side = 96;
    private const int HeldOutStyles = 8;

    // The measures for a taste on pixels; the simulated model does not use them.
    private static readonly string[] MeasureIds = ["lightness", "colourfulness", "edge-density"];

    // Lazy, so that threads that ask for the same picture paint it once.
    private readonly ConcurrentDictionary<(string Prompt, uint Seed, StyleVector Style), Lazy<float[]>> _measured = new();
    private readonly Lazy<Dictionary<string, int>> _indexes = new(() => extractor.Measures.Index().ToDictionary(measure => measure.Item.Id, measure => measure.Index));

    public StyleVocabulary Vocabulary => vocabulary;

    public RankingPrompts Prompts => prompts;

    /// <summary>The pictures of every ranking prompt, in the styles that the program shows.</summary>
    public IReadOnlyList<Picture> Pool() =>
        [.. StyleVariations.Of(prompts.Count, vocabulary.Dimension).Index().SelectMany(prompt => Styles(prompt.Index, prompt.Item)).Select((picture, i) => picture with { Id = new(i + 1) })];

    /// <summary>Held-out pictures, which are never shown: the same prompts in styles that differ on all axes, as pictures that people make do.</summary>
    public IReadOnlyList<Picture> HeldOut() =>
        [.. Enumerable.Range(0, prompts.Count).SelectMany(prompt => Styles(prompt, StyleSpread.Spread(prompt + 1000, HeldOutStyles, vocabulary.Dimension))).Select((picture, i) => picture with { Id = new(i + 100_001) })];

    /// <summary>How many measures the extractor has; an embedding follows them.</summary>
    public int MeasureCount => extractor.Measures.Count;

    /// <summary>Lightness (0 to 100), colourfulness and edge density of the painted picture.</summary>
    public double[] Measures(Picture picture)
    {
        var all = Extracted(picture);
        return [.. MeasureIds.Select(id => (double)all[_indexes.Value[id]])];
    }

    /// <summary>One measure of the painted picture, by its id.</summary>
    public double Measure(Picture picture, string id) => Extracted(picture)[_indexes.Value[id]];

    /// <summary>The measures and the embedding of the painted picture.</summary>
    public float[] Extracted(Picture picture) =>
        _measured.GetOrAdd((picture.Prompt, picture.Seed, picture.Style!), _ => new(() => Extract(picture))).Value;

    private IEnumerable<Picture> Styles(int prompt, IReadOnlyList<StyleVector> styles) => styles.Select(style => new Picture
    {
        Kind = PictureKind.Ranking,
        Prompt = prompts[prompt],
        Style = style,
        Seed = (uint)prompt,
        Width = Side,
        Height = Side,
    });

    private float[] Extract(Picture picture)
    {
        var request = new ImageRequest { Text = picture.Prompt, Seed = picture.Seed, Count = 1, Width = Side, Height = Side, Styles = [picture.Style!] };
        var painted = (PaintingResult.Painted)painter.PaintAsync(request, PaintingSources.None, new NullPaintingReporter(), CancellationToken.None).GetAwaiter().GetResult();
        return extractor.Extract(painted.Pictures[0].Png);
    }
}
