using Personalization.Imagine.Backends;
using Personalization.Imaging;
using Personalization.Painter.Compositions;
using Personalization.Pictures;
using Personalization.Styles;
using SkiaSharp;

namespace Personalization.Painter;

/// <summary>
/// A backend that needs nothing: it paints by rule, with no model and no network, and the same request gives the same bytes
/// wherever and whenever it is painted. A stand-in to try everything with, not an AI model.
/// </summary>
/// <param name="vocabulary">Names the coordinates of the styles it is given.</param>
/// <param name="threads">Where it paints.</param>
internal sealed class PainterBackend(StyleVocabulary vocabulary, ComputeThreads threads) : IImageBackend, IExactPainter
{
    /// <summary>Widths and heights it paints, in pixels.</summary>
    public const int SmallestSide = 64, LargestSide = 4096;

    private readonly PromptStyle _style = new(vocabulary);
    private readonly UnknownWords _unknown = new(vocabulary);

    public string Name => "Painter";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    public (int Area, int Step) SizeOf(string model) => model switch
    {
        "" => (512 * 512, 8),
        "draft" => (256 * 256, 8),
        _ => throw new ArgumentException("The Painter's models are \"\" and \"draft\".", nameof(model)),
    };

    public BackendCapabilities CapabilitiesOf(string model) => new() { Negative = true, Seed = true, Batch = 4, Sizes = true, Progress = true, Styles = true, IsFree = true };

    public IReadOnlyList<string> UnknownWordsOf(ImageRequest request) => _unknown.Of(request.Text);

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken)
    {
        if (request.Width is < SmallestSide or > LargestSide || request.Height is < SmallestSide or > LargestSide)
        {
            throw new ArgumentException($"A picture's sides are {SmallestSide} to {LargestSide} pixels, not {request.Width} x {request.Height}.", nameof(request));
        }

        // One picture at a time, so that several people's pictures and all else that is computed take turns.
        var scene = await threads.RunAsync(() => SceneReader.Read(request.Text, [.. request.Avoid, .. request.Dislikes]), cancellationToken);
        var pictures = new List<PaintedPicture>(request.Count);
        while (pictures.Count < request.Count)
        {
            var index = pictures.Count;
            pictures.Add(await threads.RunAsync(() => Paint(scene, request, index, cancellationToken), cancellationToken));
            journal.Report(new((double)pictures.Count / request.Count));
        }

        return new PaintingResult.Painted(pictures);
    }

    public async Task<PaintedPicture> PaintAsync(string prompt, StyleVector? style, uint seed, int width, int height, CancellationToken cancellationToken)
    {
        var request = new ImageRequest { Text = prompt, Styles = style is null ? [] : [style], Seed = seed, Count = 1, Width = width, Height = height };
        var painted = (PaintingResult.Painted)await PaintAsync(request, PaintingSources.None, new NullPaintingReporter(), cancellationToken);
        return painted.Pictures[0];
    }

    // It has no jobs of its own: the token ends a painting.
    public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken) => Task.FromResult(false);

    private PaintedPicture Paint(Scene scene, ImageRequest request, int index, CancellationToken cancellationToken)
    {
        var (style, look) = _style.Of(request, index);
        var png = Paint(scene, look, Random(request, index), request.Width, request.Height, cancellationToken);
        return new(png, request.Width, request.Height) { Style = style };
    }

    // A variation is composed as its original was, each number moved a little.
    private static SeededRandom Random(ImageRequest request, int index)
    {
        var text = SeededRandom.Hash(request.Text);
        uint[] seeds = [.. request.Lineage, request.SeedOf(index)];
        var random = new SeededRandom(seeds[0] ^ text);
        foreach (var seed in seeds[1..])
        {
            random = random.Near(seed ^ text);
        }

        return random;
    }

    private static byte[] Paint(Scene scene, Look look, SeededRandom random, int width, int height, CancellationToken cancellationToken)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        using var easel = new Easel(canvas, width, height, scene, look, random, cancellationToken);
        easel.ThrowIfCancelled();
        switch (scene.Kind)
        {
            case SceneKind.Landscape:
                Landscape.Paint(easel);
                break;
            case SceneKind.Bouquet:
                Bouquet.Paint(easel);
                break;
            case SceneKind.Portrait:
                Portrait.Paint(easel);
                break;
            case SceneKind.Logo:
                LogoMark.Paint(easel);
                break;
            case SceneKind.Interior:
                Interior.Paint(easel);
                break;
            case SceneKind.StillLife:
                StillLife.Paint(easel);
                break;
            default:
                Abstract.Paint(easel);
                break;
        }

        easel.ThrowIfCancelled();
        Brushwork.Paint(easel, bitmap);
        Ornament.Paint(easel);
        easel.ThrowIfCancelled();
        PostProcess.Paint(easel, bitmap);
        easel.ThrowIfCancelled();
        return PngFile.Encode(bitmap);
    }
}
