using Personalization.Styles;

namespace Personalization.Painter;

/// <summary>The style of one picture by axis, each -1 to 1; 0 is the Painter's own look.</summary>
internal readonly record struct Look
{
    public float Vividness { get; init; }

    public float Warmth { get; init; }

    public float Brightness { get; init; }

    public float Contrast { get; init; }

    public float Drama { get; init; }

    public float Detail { get; init; }

    public float Softness { get; init; }

    public float Dynamism { get; init; }

    public float Ornament { get; init; }

    public float Texture { get; init; }

    public float Palette { get; init; }

    public float Linework { get; init; }

    /// <summary>Whether the prompt asks for a picture without colour.</summary>
    public bool IsMonochrome { get; init; }

    /// <summary>A base count thinned out or multiplied by the detail asked for: a third at -1, three times at 1.</summary>
    public int Many(float count) => Math.Max(1, (int)MathF.Round(count * MathF.Pow(3, Detail)));

    /// <summary>How calm, from 0 in the middle of the axis to 1 at its calm end.</summary>
    public float Calm => Math.Max(0, -Dynamism);

    /// <summary>As <see cref="Many"/>, of what flies, floats or is strewn about: a fifth of it in the calmest pictures.</summary>
    public int Loose(float count) => (int)MathF.Round(Many(count) * (1 - (0.8f * Calm)));

    public static Look Of(StyleVocabulary vocabulary, ReadOnlySpan<float> coordinates, bool isMonochrome)
    {
        var look = new Look { IsMonochrome = isMonochrome };
        for (var i = 0; i < Math.Min(vocabulary.Dimension, coordinates.Length); i++)
        {
            var value = Math.Clamp(coordinates[i], -1, 1);

            // A later vocabulary may have axes this Painter knows nothing of: they do nothing here.
            look = vocabulary.Axes[i].Id switch
            {
                "vividness" => look with { Vividness = value },
                "warmth" => look with { Warmth = value },
                "brightness" => look with { Brightness = value },
                "contrast" => look with { Contrast = value },
                "drama" => look with { Drama = value },
                "detail" => look with { Detail = value },
                "softness" => look with { Softness = value },
                "dynamism" => look with { Dynamism = value },
                "ornament" => look with { Ornament = value },
                "texture" => look with { Texture = value },
                "palette" => look with { Palette = value },
                "linework" => look with { Linework = value },
                _ => look,
            };
        }

        return look;
    }
}
