using Personalization.Imagine.Backends;
using Personalization.Styles;

namespace Personalization.Painter;

/// <summary>The style of each picture of a request: what its prompt says comes before what the taste adds.</summary>
internal sealed class PromptStyle(StyleVocabulary vocabulary)
{
    // What the prompt does not speak of is the taste's; where it does, the taste has this much say left.
    private const float TasteShare = 0.3f;

    private static readonly string[] Colourless = ["black and white", "monochrome", "monochromatic", "grayscale", "greyscale", "ink drawing", "charcoal", "pencil sketch"];

    // Words of prompts that are about style without being a pole or a descriptor of the vocabulary.
    private static readonly (string Word, string Axis, float Value)[] Words =
    [
        ("minimalist", "ornament", -1), ("minimalist", "detail", -0.8f), ("minimal", "ornament", -1), ("minimal", "detail", -0.7f),
        ("simple", "detail", -0.7f), ("intricate", "detail", 0.9f), ("highly detailed", "detail", 0.9f), ("ornate", "ornament", 0.9f),
        ("baroque", "ornament", 1), ("art nouveau", "ornament", 0.9f), ("decorative", "ornament", 0.8f),
        ("vibrant", "vividness", 0.8f), ("colorful", "vividness", 0.8f), ("colourful", "vividness", 0.8f), ("neon", "vividness", 0.9f), ("saturated", "vividness", 0.8f),
        ("pastel", "vividness", -0.35f), ("pastel", "brightness", 0.6f), ("pastel", "contrast", -0.5f), ("desaturated", "vividness", -0.8f), ("faded", "vividness", -0.6f),
        ("warm", "warmth", 0.7f), ("golden", "warmth", 0.5f), ("cold", "warmth", -0.7f), ("cool", "warmth", -0.7f), ("icy", "warmth", -0.6f),
        ("dark", "brightness", -0.7f), ("gloomy", "brightness", -0.6f), ("moody", "brightness", -0.4f), ("moody", "drama", 0.6f), ("bright", "brightness", 0.7f), ("airy", "brightness", 0.7f),
        ("high contrast", "contrast", 0.9f), ("low contrast", "contrast", -0.9f), ("stark", "contrast", 0.7f),
        ("dramatic", "drama", 0.9f), ("cinematic", "drama", 0.6f), ("chiaroscuro", "drama", 1), ("epic", "drama", 0.6f), ("epic", "dynamism", 0.4f),
        ("watercolor", "softness", 0.7f), ("watercolor", "texture", 0.5f), ("watercolour", "softness", 0.7f), ("watercolour", "texture", 0.5f),
        ("dreamy", "softness", 0.8f), ("hazy", "softness", 0.6f), ("sharp", "softness", -0.8f), ("crisp", "softness", -0.8f), ("vector", "softness", -0.7f), ("vector", "texture", -1),
        ("oil painting", "texture", 0.9f), ("impasto", "texture", 1), ("grainy", "texture", 0.8f), ("brush strokes", "texture", 0.9f), ("smooth", "texture", -0.8f),
        ("rainbow", "palette", 0.9f), ("multicolored", "palette", 0.8f), ("multicoloured", "palette", 0.8f), ("kaleidoscopic", "palette", 1), ("iridescent", "palette", 0.7f), ("limited palette", "palette", -0.9f), ("duotone", "palette", -0.8f), ("two-tone", "palette", -0.8f),
        ("comic", "linework", 0.9f), ("comic book", "linework", 0.9f), ("manga", "linework", 0.9f), ("anime", "linework", 0.6f), ("ink drawing", "linework", 0.8f), ("pen and ink", "linework", 0.8f), ("outlined", "linework", 0.9f), ("line art", "linework", 1), ("woodcut", "linework", 1), ("stained glass", "linework", 1), ("lineless", "linework", -1),
        ("dynamic", "dynamism", 0.9f), ("energetic", "dynamism", 0.8f), ("calm", "dynamism", -0.8f), ("serene", "dynamism", -0.8f), ("peaceful", "dynamism", -0.7f), ("tranquil", "dynamism", -0.8f),
    ];

    private readonly int _vividness = vocabulary.Axes.Index().FirstOrDefault(axis => axis.Item.Id == "vividness", (-1, null!)).Index;

    /// <summary>
    /// The style of picture <paramref name="index"/>, as the request's pictures are compared by it and as it is painted. A style
    /// vector, where the request has one, is what its additions were chosen for, so the additions count only without it.
    /// </summary>
    public (StyleVector Style, Look Look) Of(ImageRequest request, int index)
    {
        var text = " " + Plain(request.Text) + " ";
        var said = Said(text);
        var taste = index < request.Styles.Count ? request.Styles[index].Coordinates.ToArray() : Added(request.Additions);
        var style = new float[vocabulary.Dimension];
        for (var axis = 0; axis < style.Length; axis++)
        {
            var wanted = axis < taste.Length ? taste[axis] : 0;
            style[axis] = Math.Clamp(said[axis] is { } word ? word + (TasteShare * wanted) : wanted, -1, 1);
        }

        var isColourless = Colourless.Any(phrase => Says(text, phrase));
        if (isColourless && _vividness >= 0)
        {
            style[_vividness] = -1;
        }

        return (new(style), Look.Of(vocabulary, style, isColourless));
    }

    private float?[] Said(string text)
    {
        var said = new float?[vocabulary.Dimension];
        for (var i = 0; i < said.Length; i++)
        {
            var axis = vocabulary.Axes[i];
            said[i] = Says(text, axis.High) ? 0.7f : Says(text, axis.Low) ? -0.7f : null;
            foreach (var (word, id, value) in Words)
            {
                if (id == axis.Id && Says(text, word))
                {
                    said[i] = value;
                    break;
                }
            }
        }

        foreach (var descriptor in vocabulary.Descriptors.Where(descriptor => Says(text, descriptor.Phrase)))
        {
            for (var i = 0; i < said.Length; i++)
            {
                said[i] ??= descriptor.Direction[i] == 0 ? null : descriptor.Direction[i];
            }
        }

        return said;
    }

    private float[] Added(IReadOnlyList<WeightedPhrase> additions)
    {
        var sum = new float[vocabulary.Dimension];
        foreach (var addition in additions)
        {
            var known = vocabulary.Descriptors.FirstOrDefault(descriptor => string.Equals(descriptor.Phrase, addition.Phrase, StringComparison.OrdinalIgnoreCase));
            for (var i = 0; known is not null && i < sum.Length; i++)
            {
                sum[i] += (float)addition.Weight * known.Direction[i];
            }
        }

        return sum;
    }

    private static bool Says(string text, string phrase) => text.Contains(" " + Plain(phrase) + " ", StringComparison.Ordinal);

    private static string Plain(string text) =>
        string.Join(' ', new string([.. text.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
