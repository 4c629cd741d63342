using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Taste;
using Personalization.Taste.Model;

namespace Personalization.Tests.Taste;

/// <summary>A style space of five axes, and pictures in it.</summary>
internal static class StyleWorld
{
    public const int Vividness = 0;
    public const int Brightness = 1;
    public const int Detail = 2;
    public const int Softness = 3;
    public const int Ornament = 4;

    public static StyleVocabulary Vocabulary { get; } = new(
        1,
        [
            new("vividness", "muted", "vivid", ["colourful", "vivid", "muted", "black and white", "colors"]),
            new("brightness", "dark", "bright", ["dark", "bright", "at night"]),
            new("detail", "plain", "detailed", ["detailed", "plain"]),
            new("softness", "crisp", "soft", ["soft", "crisp", "blurred"]),
            new("ornament", "minimal", "ornate", ["minimalist", "ornate"]),
        ],
        [
            new("rich saturated hues", "washed-out hues", "vividness", "colour", new(1, 0, 0, 0, 0), ["monochrome"]),
            new("a riot of pigment", "grey tones", "vividness", "colour", new(0.8f, 0, 0, 0, 0.5f), []),
            new("subdued hues", "garish hues", "vividness", "colour", new(-1, 0, 0, 0, 0), ["carnival"]),
            new("flooded with light", "deep gloom", "brightness", "tone", new(0, 1, 0, 0, 0), []),
            new("low-key lighting", "glare", "brightness", "tone", new(0, -1, 0, 0, 0), []),
            new("intricate texture", "flat surfaces", "detail", "detail", new(0, 0, 1, 0, 0), []),
            new("broad simple shapes", "clutter", "detail", "detail", new(0, 0, -1, 0, 0), []),
            new("gentle blending", "hard edges", "softness", "detail", new(0, 0, 0, 1, 0), []),
            new("sharp edges", "haze", "softness", "detail", new(0, 0, 0, -1, 0), []),
            new("lavish decoration", "bare walls", "ornament", "ornament", new(0, 0, 0, 0, 1), []),
            new("clean open space", "frills", "ornament", "ornament", new(0, 0, 0, 0, -1), []),
        ]);

    public static Community Community() => CommunityLearner.Nobody(Vocabulary);

    public static TasteModel Model() => Community().Model;

    /// <summary>The features of a style.</summary>
    public static PictureFeatures Seen(StyleVector style) => new(0, [.. style.Coordinates.ToArray().Select(coordinate => TasteModel.FeatureScale(style.Dimension) * coordinate)]);

    public static Comparison Preferred(StyleVector preferred, StyleVector other) => new(Seen(preferred), Seen(other), 1);

    public static StyleVector RandomStyle(Random random)
    {
        var coordinates = new float[Vocabulary.Dimension];
        for (var axis = 0; axis < coordinates.Length; axis++)
        {
            coordinates[axis] = (random.NextSingle() * 2) - 1;
        }

        return new(coordinates);
    }

    /// <summary>Ranking pictures with ids from 1, each prompt in several random styles.</summary>
    public static IReadOnlyList<Picture> RankingPictures(int prompts, int stylesEach, int seed = 1)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, prompts * stylesEach).Select(i => new Picture
            {
                Id = new(i + 1),
                Kind = PictureKind.Ranking,
                Prompt = $"prompt {i / stylesEach}",
                Style = RandomStyle(random),
                Seed = (uint)(i / stylesEach),
                Width = 8,
                Height = 8,
            }),
        ];
    }

    /// <summary>Comparisons of random styles, decided by <paramref name="prefersFirst"/>.</summary>
    public static IReadOnlyList<Comparison> Votes(int count, int seed, Func<StyleVector, StyleVector, bool> prefersFirst)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
            {
                var (a, b) = (RandomStyle(random), RandomStyle(random));
                return prefersFirst(a, b) ? Preferred(a, b) : Preferred(b, a);
            }),
        ];
    }

    public static bool MoreVivid(StyleVector a, StyleVector b) => a[Vividness] > b[Vividness];
}
