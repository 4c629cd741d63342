using SkiaSharp;

namespace Personalization.Imaging;

/// <summary>A picture at measuring size, in the colour spaces that measures are defined in. All arrays run row by row.</summary>
internal sealed class Thumbnail
{
    /// <summary>The longer side in pixels; smaller pictures stay as they are.</summary>
    public const int LongerSide = 192;

    private double[]? _lightnessSums;

    /// <param name="pixels">Red, green and blue, 0 to 255, row by row.</param>
    public Thumbnail(int width, int height, ReadOnlySpan<(byte Red, byte Green, byte Blue)> pixels)
    {
        (Width, Height) = (width, height);
        (Red, Green, Blue) = (new float[pixels.Length], new float[pixels.Length], new float[pixels.Length]);
        (Lightness, GreenRed, BlueYellow) = (new float[pixels.Length], new float[pixels.Length], new float[pixels.Length]);
        (Chroma, Saturation) = (new float[pixels.Length], new float[pixels.Length]);
        for (var i = 0; i < pixels.Length; i++)
        {
            var (red, green, blue) = pixels[i];
            (Red[i], Green[i], Blue[i]) = (red, green, blue);
            (Lightness[i], GreenRed[i], BlueYellow[i]) = Lab(red, green, blue);
            Chroma[i] = MathF.Sqrt((GreenRed[i] * GreenRed[i]) + (BlueYellow[i] * BlueYellow[i]));
            var (most, least) = (Math.Max(red, Math.Max(green, blue)), Math.Min(red, Math.Min(green, blue)));
            Saturation[i] = most == 0 ? 0 : (most - least) / (float)most;
        }

        (Across, Down) = (new float[pixels.Length], new float[pixels.Length]);
        Differentiate();
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>0 to 255.</summary>
    public float[] Red { get; }

    /// <summary>0 to 255.</summary>
    public float[] Green { get; }

    /// <summary>0 to 255.</summary>
    public float[] Blue { get; }

    /// <summary>CIELAB L*, 0 to 100 (CIE 15:2004, D65).</summary>
    public float[] Lightness { get; }

    /// <summary>CIELAB a*: green below 0, red above.</summary>
    public float[] GreenRed { get; }

    /// <summary>CIELAB b*: blue below 0, yellow above.</summary>
    public float[] BlueYellow { get; }

    /// <summary>CIELAB C*: the distance from grey.</summary>
    public float[] Chroma { get; }

    /// <summary>HSV saturation, 0 to 1 (Smith 1978, "Color gamut transform pairs"): (max - min) / max, 0 for black.</summary>
    public float[] Saturation { get; }

    /// <summary>The slope of L* from left to right by Sobel's operator divided by 8, in L* a pixel; 0 on the border.</summary>
    public float[] Across { get; }

    /// <summary>The slope of L* from top to bottom, likewise.</summary>
    public float[] Down { get; }

    /// <summary>Decodes a picture and scales it down.</summary>
    /// <exception cref="InvalidDataException">The bytes are no picture, or too large a one.</exception>
    public static Thumbnail Of(SKBitmap bitmap)
    {
        var scale = Math.Min(1.0, LongerSide / (double)Math.Max(bitmap.Width, bitmap.Height));
        using var small = PictureDecoder.Resize(bitmap, Math.Max(1, (int)Math.Round(bitmap.Width * scale)), Math.Max(1, (int)Math.Round(bitmap.Height * scale)));
        var bytes = small.GetPixelSpan();
        var pixels = new (byte, byte, byte)[small.Width * small.Height];
        for (var y = 0; y < small.Height; y++)
        {
            for (var x = 0; x < small.Width; x++)
            {
                var at = (y * small.RowBytes) + (4 * x);
                pixels[(y * small.Width) + x] = (bytes[at], bytes[at + 1], bytes[at + 2]);
            }
        }

        return new(small.Width, small.Height, pixels);
    }

    /// <summary>The mean of a map over the square of this radius around each pixel, as far as it lies in the picture.</summary>
    public float[] Blur(float[] map, int radius)
    {
        // L* is blurred six times.
        var sums = map == Lightness ? _lightnessSums ??= Sums(map) : Sums(map);
        var result = new float[map.Length];
        for (var y = 0; y < Height; y++)
        {
            var (top, bottom) = (Math.Max(0, y - radius), Math.Min(Height, y + radius + 1));
            for (var x = 0; x < Width; x++)
            {
                var (left, right) = (Math.Max(0, x - radius), Math.Min(Width, x + radius + 1));
                var sum = sums[(bottom * (Width + 1)) + right] - sums[(top * (Width + 1)) + right]
                    - sums[(bottom * (Width + 1)) + left] + sums[(top * (Width + 1)) + left];
                result[(y * Width) + x] = (float)(sum / ((bottom - top) * (right - left)));
            }
        }

        return result;
    }

    // Sums over rectangles come from a table of sums (Crow 1984, "Summed-area tables for texture mapping").
    private double[] Sums(float[] map)
    {
        var sums = new double[(Width + 1) * (Height + 1)];
        for (var y = 0; y < Height; y++)
        {
            var row = 0.0;
            for (var x = 0; x < Width; x++)
            {
                row += map[(y * Width) + x];
                sums[((y + 1) * (Width + 1)) + x + 1] = sums[(y * (Width + 1)) + x + 1] + row;
            }
        }

        return sums;
    }

    /// <summary>The pixels of one of n by n cells.</summary>
    public IEnumerable<int> Cell(int row, int column, int cells)
    {
        for (var y = row * Height / cells; y < (row + 1) * Height / cells; y++)
        {
            for (var x = column * Width / cells; x < (column + 1) * Width / cells; x++)
            {
                yield return (y * Width) + x;
            }
        }
    }

    private static (float Lightness, float GreenRed, float BlueYellow) Lab(byte red, byte green, byte blue)
    {
        var (r, g, b) = (Linear[red], Linear[green], Linear[blue]);
        var x = Curve(((0.4124564f * r) + (0.3575761f * g) + (0.1804375f * b)) / 0.95047f);
        var y = Curve((0.2126729f * r) + (0.7151522f * g) + (0.0721750f * b));
        var z = Curve(((0.0193339f * r) + (0.1191920f * g) + (0.9503041f * b)) / 1.08883f);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static float Curve(float t) => t > 216f / 24389 ? MathF.Cbrt(t) : ((24389f / 27 * t) + 16) / 116;

    // IEC 61966-2-1.
    private static float[] Linear { get; } =
        [.. Enumerable.Range(0, 256).Select(level => level <= 10 ? level / 255f / 12.92f : MathF.Pow(((level / 255f) + 0.055f) / 1.055f, 2.4f))];

    private void Differentiate()
    {
        for (var y = 1; y < Height - 1; y++)
        {
            for (var x = 1; x < Width - 1; x++)
            {
                var at = (y * Width) + x;
                float L(int dx, int dy) => Lightness[at + dx + (dy * Width)];
                Across[at] = (L(1, -1) + (2 * L(1, 0)) + L(1, 1) - L(-1, -1) - (2 * L(-1, 0)) - L(-1, 1)) / 8;
                Down[at] = (L(-1, 1) + (2 * L(0, 1)) + L(1, 1) - L(-1, -1) - (2 * L(0, -1)) - L(1, -1)) / 8;
            }
        }
    }
}
