using Personalization.Catalogue;
using Personalization.Imagine.Backends;
using Personalization.Painter;
using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.Testing;

/// <summary>The Painter with the vocabulary it ships with, and short ways to ask it.</summary>
public static class PainterFixture
{
    public const string ForestAndSea = "A mesmerizing scene of a forest meeting with wavy sea";
    public const string Logo = "A logo design on white background for an AI firm called \"TryingAI\"";
    public const string Husky = "A husky dog running in a desert path";

    public static StyleVocabulary Vocabulary { get; } = Load("styles.json", StyleVocabulary.Load);

    public static RankingPrompts Prompts { get; } = Load("prompts.json", RankingPrompts.Load);

    public static IImageBackend Painter { get; } = new PainterBackend(Vocabulary, TestRun.Threads);

    public static IExactPainter ExactPainter { get; } = (IExactPainter)Painter;

    public static ImageRequest Request(string text, uint seed = 7, int side = 128) =>
        new() { Text = text, Seed = seed, Count = 1, Width = side, Height = side };

    public static async Task<IReadOnlyList<PaintedPicture>> PaintAsync(ImageRequest request) =>
        ((PaintingResult.Painted)await Painter.PaintAsync(request, PaintingSources.None, new NullPaintingReporter(), TestContext.Current.CancellationToken)).Pictures;

    public static async Task<byte[]> PngAsync(ImageRequest request) => (await PaintAsync(request))[0].Png.ToArray();

    public static StyleVector Style(string axis, float value)
    {
        var coordinates = new float[Vocabulary.Dimension];
        coordinates[Axis(axis)] = value;
        return new(coordinates);
    }

    public static int Axis(string id) => Vocabulary.Axes.Index().First(axis => axis.Item.Id == id).Index;

    private static T Load<T>(string file, Func<Stream, T> read)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "seeds", file));
        return read(stream);
    }
}
