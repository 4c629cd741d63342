namespace Personalization.Painter;

/// <summary>
/// Draws a picture's hues towards the one it has most of, or apart, by turning each colour about grey: neither its light nor
/// its strength changes. Colours are differences to grey, red and blue; green follows (ITU-R BT.601).
/// </summary>
internal sealed class Hues
{
    private const int Bins = 24;

    private readonly float _amount;
    private readonly float _main;
    private readonly float _phase;

    /// <param name="amount">-1, nearly one hue, to 1, hues all around the circle.</param>
    /// <param name="isFace">Whether it is a face, whose skin must not turn green: hues then part half as far.</param>
    public Hues(ReadOnlySpan<uint> pixels, float amount, bool isFace, SeededRandom random)
    {
        _amount = isFace && amount > 0 ? 0.5f * amount : amount;
        _main = MainHue(pixels);
        _phase = random.Between(0, MathF.Tau);
    }

    /// <summary>A colour in its new hue.</summary>
    /// <param name="red">Red less grey, -1 to 1.</param>
    /// <param name="blue">Blue less grey, likewise.</param>
    /// <param name="light">How much lighter than the picture's mean it is, -1 to 1.</param>
    /// <param name="u">Where it is across, 0 to 1.</param>
    /// <param name="v">Where it is down, 0 to 1.</param>
    public (float Red, float Green, float Blue) Turn(float red, float blue, float light, float u, float v)
    {
        var (across, up) = (blue * 0.564f, red * 0.713f);
        var away = MathF.IEEERemainder(MathF.Atan2(up, across) - _main, MathF.Tau);

        // Apart, too, by light and by place, so that a picture of one hue becomes one of many.
        var turn = _amount < 0
            ? 0.95f * _amount * away
            : _amount * ((0.5f * away) + (1.5f * light) + (0.8f * MathF.Sin((5.1f * u) + (3.7f * v) + _phase)));
        var (sine, cosine) = MathF.SinCos(turn);
        (across, up) = ((across * cosine) - (up * sine), (across * sine) + (up * cosine));
        return (1.402f * up, (-0.344f * across) - (0.714f * up), 1.772f * across);
    }

    /// <summary>The hue, in radians, around which most of the colour lies.</summary>
    private static float MainHue(ReadOnlySpan<uint> pixels)
    {
        var bins = new float[Bins];
        for (var i = 0; i < pixels.Length; i += 7)
        {
            var p = pixels[i];
            var (r, g, b) = ((p & 255) / 255f, ((p >> 8) & 255) / 255f, ((p >> 16) & 255) / 255f);
            var grey = (0.299f * r) + (0.587f * g) + (0.114f * b);
            var (across, up) = ((b - grey) * 0.564f, (r - grey) * 0.713f);
            var turn = (MathF.Atan2(up, across) / MathF.Tau) + 1;
            bins[(int)(turn * Bins) % Bins] += MathF.Sqrt((across * across) + (up * up));
        }

        // With its neighbours, so that a hue on the border of two bins is not overlooked.
        var main = Enumerable.Range(0, Bins).MaxBy(bin => bins[(bin + Bins - 1) % Bins] + (2 * bins[bin]) + bins[(bin + 1) % Bins]);
        return (main + 0.5f) / Bins * MathF.Tau;
    }
}
