using SkiaSharp;

namespace Personalization.Painter;

/// <summary>
/// A colour in OKLab (Ottosson 2020), in which mixing keeps hues clean and lightness even.
/// </summary>
/// <param name="L">Lightness, 0 to 1.</param>
/// <param name="A">Green (negative) to red.</param>
/// <param name="B">Blue (negative) to yellow.</param>
internal readonly record struct Pigment(float L, float A, float B)
{
    // The sRGB curve by table: a picture asks for it a million times. 4096 steps keep even its steep dark end within a level.
    private static readonly byte[] Encoded = [.. Enumerable.Range(0, 4096).Select(i => Curve(i / 4095f))];

    public static Pigment White { get; } = new(1, 0, 0);

    public static Pigment Black { get; } = new(0, 0, 0);

    /// <param name="hue">Degrees: about 30 red, 60 orange, 100 yellow, 145 green, 195 cyan, 250 blue, 300 violet, 350 pink.</param>
    public static Pigment Of(float lightness, float chroma, float hue)
    {
        var (sin, cos) = MathF.SinCos(hue * (MathF.PI / 180));
        return new(lightness, chroma * cos, chroma * sin);
    }

    public Pigment Mix(Pigment other, float share) =>
        new(L + ((other.L - L) * share), A + ((other.A - A) * share), B + ((other.B - B) * share));

    public Pigment Lighter(float by) => this with { L = Math.Clamp(L + by, 0, 1) };

    public Pigment Darker(float by) => Lighter(-by);

    public SKColor Colour(float alpha = 1)
    {
        var l = Cube(L + (0.3963377774f * A) + (0.2158037573f * B));
        var m = Cube(L - (0.1055613458f * A) - (0.0638541728f * B));
        var s = Cube(L - (0.0894841775f * A) - (1.2914855480f * B));
        return new(
            Encode((4.0767416621f * l) - (3.3077115913f * m) + (0.2309699292f * s)),
            Encode((-1.2684380046f * l) + (2.6097574011f * m) - (0.3413193965f * s)),
            Encode((-0.0041960863f * l) - (0.7034186147f * m) + (1.7076147010f * s)),
            (byte)((Math.Clamp(alpha, 0, 1) * 255) + 0.5f));
    }

    private static float Cube(float x) => x * x * x;

    private static byte Encode(float linear) => Encoded[(int)((Math.Clamp(linear, 0, 1) * 4095) + 0.5f)];

    private static byte Curve(float x) =>
        (byte)(((x <= 0.0031308f ? 12.92f * x : (1.055f * MathF.Pow(x, 1 / 2.4f)) - 0.055f) * 255) + 0.5f);
}
