using SkiaSharp;

namespace Personalization.Painter.Tests;

/// <summary>What can be measured in a picture; none of it shares code with the Painter.</summary>
internal sealed class Measures
{
    // The sRGB curve (IEC 61966-2-1) of the 256 levels.
    private static readonly double[] Linear =
        [.. Enumerable.Range(0, 256).Select(level => level <= 10 ? level / 255.0 / 12.92 : Math.Pow(((level / 255.0) + 0.055) / 1.055, 2.4))];

    private readonly SKColor[] _pixels;
    private readonly float[] _lightness;

    private Measures(SKColor[] pixels, int width, int height)
    {
        (_pixels, Width, Height) = (pixels, width, height);
        _lightness = Array.ConvertAll(pixels, pixel => Lightness(LinearOf(pixel)));
    }

    public int Width { get; }

    public int Height { get; }

    public static Measures Of(ReadOnlyMemory<byte> png)
    {
        using var bitmap = SKBitmap.Decode(png.Span);
        return new(bitmap.Pixels, bitmap.Width, bitmap.Height);
    }

    public static Measures Of(int width, int height, Func<int, int, SKColor> colour) =>
        new([.. from y in Enumerable.Range(0, height) from x in Enumerable.Range(0, width) select colour(x, y)], width, height);

    /// <summary>How far two pictures of one size are apart: the mean CIELAB difference of the means of 8 x 8 blocks.</summary>
    public double DistanceTo(Measures other) => Blocks().Zip(other.Blocks(), (one, two) =>
        Math.Sqrt(Math.Pow(one.L - two.L, 2) + Math.Pow(one.A - two.A, 2) + Math.Pow(one.B - two.B, 2))).Average();

    /// <summary>
    /// Hasler and Süsstrunk, "Measuring colourfulness in natural images" (2003): M3 = sqrt(s_rg^2 + s_yb^2) + 0.3 sqrt(m_rg^2 + m_yb^2)
    /// with rg = R - G and yb = (R + G) / 2 - B on 0 to 255.
    /// </summary>
    public double Colourfulness()
    {
        var rg = _pixels.Select(pixel => (double)pixel.Red - pixel.Green).ToArray();
        var yb = _pixels.Select(pixel => ((pixel.Red + pixel.Green) / 2.0) - pixel.Blue).ToArray();
        return Math.Sqrt(Variance(rg) + Variance(yb)) + (0.3 * Math.Sqrt((rg.Average() * rg.Average()) + (yb.Average() * yb.Average())));
    }

    /// <summary>Mean saturation in HSV (Smith 1978): (max - min) / max, 0 for black.</summary>
    public double Saturation() => _pixels.Average(pixel =>
    {
        var (max, min) = (Math.Max(pixel.Red, Math.Max(pixel.Green, pixel.Blue)), Math.Min(pixel.Red, Math.Min(pixel.Green, pixel.Blue)));
        return max == 0 ? 0 : (max - min) / (double)max;
    });

    /// <summary>Mean CIELAB L* (CIE 15:2004, D65), 0 to 100.</summary>
    public double Lightness() => _lightness.Average();

    /// <summary>Share of pixels whose L* meets a condition.</summary>
    public double LightnessShare(Func<float, bool> condition) => _lightness.Count(condition) / (double)_lightness.Length;

    /// <summary>Mean absolute difference of L* to another picture of the same size, in the middle half of the two leftmost columns of 100.</summary>
    public double DifferenceAtTheSide(Measures other) =>
        (from y in Enumerable.Range(Height / 4, Height / 2)
         from x in Enumerable.Range(0, Math.Max(2, Width / 50))
         select Math.Abs((double)_lightness[(y * Width) + x] - other._lightness[(y * Width) + x])).Average();

    /// <summary>How often the mean L* of the rows, as a difference to another picture of the same size, turns up or down by more than 1 unit: a level band adds two.</summary>
    public int LevelTurns(Measures other)
    {
        var (turns, direction, extreme) = (0, 0, 0.0);
        for (var y = 0; y < Height; y++)
        {
            var row = Enumerable.Range(y * Width, Width);
            var difference = row.Average(at => (double)_lightness[at] - other._lightness[at]);
            if (direction * (difference - extreme) >= 0 && direction != 0)
            {
                extreme = difference;
            }
            else if (Math.Abs(difference - extreme) > 1)
            {
                (turns, direction, extreme) = (turns + 1, Math.Sign(difference - extreme), difference);
            }
        }

        return turns;
    }

    /// <summary>Mean CIELAB b* (CIE 15:2004, D65): blue below 0, yellow above.</summary>
    public double Warmth() => _pixels.Average(pixel => Lab(pixel).B);

    /// <summary>Standard deviation of L*.</summary>
    public double LightnessSpread() => Math.Sqrt(Variance([.. _lightness.Select(l => (double)l)]));

    /// <summary>Standard deviation of the mean L* of 8 x 8 cells: how unevenly the light falls at large.</summary>
    public double LightRange()
    {
        var cells = new List<double>();
        for (var row = 0; row < 8; row++)
        {
            for (var column = 0; column < 8; column++)
            {
                cells.Add(Cell(row, column, 8).Average(at => (double)_lightness[at]));
            }
        }

        return Math.Sqrt(Variance([.. cells]));
    }

    /// <summary>Share of pixels whose L* differs by more than 1.5 from the mean of the 5 x 5 around them: the fine band's density.</summary>
    public double DetailDensity()
    {
        var around = Around(2);
        return _lightness.Select((l, at) => Math.Abs(l - around[at]) > 1.5 ? 1.0 : 0).Average();
    }

    /// <summary>Mean square of the four-neighbour Laplacian of L*, the focus measure of Pech-Pacheco et al. (2000) about 0.</summary>
    public double LaplacianEnergy() => Inner().Average(at =>
    {
        var laplacian = _lightness[at - 1] + _lightness[at + 1] + _lightness[at - Width] + _lightness[at + Width] - (4 * _lightness[at]);
        return (double)laplacian * laplacian;
    });

    /// <summary>Share of the squared gradient (central differences of L* averaged over 5 x 5) within 22.5 degrees of a diagonal.</summary>
    public double DiagonalShare()
    {
        var smooth = Around(2);
        var (diagonal, all) = (0.0, 1e-9);
        foreach (var at in Inner())
        {
            var (dx, dy) = (smooth[at + 1] - smooth[at - 1], smooth[at + Width] - smooth[at - Width]);
            var energy = (dx * dx) + (dy * dy);
            all += energy;

            // |sin 2a| > sin 45 degrees where a is the gradient's angle.
            if (Math.Abs(2 * dx * dy) > 0.70710678 * energy)
            {
                diagonal += energy;
            }
        }

        return diagonal / all;
    }

    /// <summary>Share of pixels whose gradient of L* (Sobel, divided by 8) is above 4.</summary>
    public double EdgeDensity() => Inner().Average(at =>
    {
        float L(int dx, int dy) => _lightness[at + dx + (dy * Width)];
        var gx = (L(1, -1) + (2 * L(1, 0)) + L(1, 1) - L(-1, -1) - (2 * L(-1, 0)) - L(-1, 1)) / 8;
        var gy = (L(-1, 1) + (2 * L(0, 1)) + L(1, 1) - L(-1, -1) - (2 * L(0, -1)) - L(1, -1)) / 8;
        return Math.Sqrt((gx * gx) + (gy * gy)) > 4 ? 1.0 : 0;
    });

    /// <summary>Mean variance of L* about its 3 x 3 mean in the calmest quarter of 16 x 16 cells: the tooth of flat parts.</summary>
    public double FlatTexture()
    {
        var around = Around(1);
        return Enumerable.Range(0, 256)
            .Select(i => Cell(i / 16, i % 16, 16).Average(at => Math.Pow(_lightness[at] - around[at], 2)))
            .Order().Take(64).Average();
    }

    /// <summary>The entropy, in bits, of hue in CIELAB over 36 equal sectors, weighted by chroma: 0 for one hue, at most 5.17.</summary>
    public double HueEntropy()
    {
        var sectors = new double[36];
        foreach (var (_, a, b) in _pixels.Select(Lab))
        {
            sectors[(int)(((Math.Atan2(b, a) / Math.Tau) + 1) * 36) % 36] += Math.Sqrt((a * a) + (b * b));
        }

        var all = sectors.Sum();
        return -sectors.Where(sector => sector > 0).Sum(sector => sector / all * Math.Log2(sector / all));
    }

    /// <summary>Mean depth in L* of what is dark and thinner than 5 pixels: the black top-hat, closing less the picture (Serra 1982).</summary>
    public double DarkLines()
    {
        // Along the rows and then along the columns: the extreme of a square is that of its rows' extremes.
        float[] Over(float[] map, Func<float, float, float> more)
        {
            var (across, result) = ((float[])map.Clone(), new float[map.Length]);
            for (var at = 0; at < map.Length; at++)
            {
                var (x, row) = (at % Width, at / Width * Width);
                for (var i = Math.Max(0, x - 2); i <= Math.Min(Width - 1, x + 2); i++)
                {
                    across[at] = more(across[at], map[row + i]);
                }
            }

            for (var at = 0; at < map.Length; at++)
            {
                var (x, y) = (at % Width, at / Width);
                result[at] = across[at];
                for (var j = Math.Max(0, y - 2); j <= Math.Min(Height - 1, y + 2); j++)
                {
                    result[at] = more(result[at], across[(j * Width) + x]);
                }
            }

            return result;
        }

        var closed = Over(Over(_lightness, MathF.Max), MathF.Min);
        return closed.Zip(_lightness, (filled, l) => (double)filled - l).Average();
    }

    /// <summary>The lowest L* and the largest chroma (distance from grey in a*, b*) in the four corner cells of 16 x 16.</summary>
    public (double Lightness, double Chroma) Corners()
    {
        var corners = new[] { (0, 0), (0, 15), (15, 0), (15, 15) }.SelectMany(cell => Cell(cell.Item1, cell.Item2, 16)).Select(at => Lab(_pixels[at])).ToList();
        return (corners.Min(lab => lab.L), corners.Max(lab => Math.Sqrt((lab.A * lab.A) + (lab.B * lab.B))));
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }

    private static (float L, float A, float B) Lab(SKColor pixel)
    {
        var (r, g, b) = LinearOf(pixel);
        var x = Root(((0.4124564 * r) + (0.3575761 * g) + (0.1804375 * b)) / 0.95047);
        var y = Root((0.2126729 * r) + (0.7151522 * g) + (0.0721750 * b));
        var z = Root(((0.0193339 * r) + (0.1191920 * g) + (0.9503041 * b)) / 1.08883);
        return ((float)((116 * y) - 16), (float)(500 * (x - y)), (float)(200 * (y - z)));
    }

    private static float Lightness((double R, double G, double B) linear) =>
        (float)((116 * Root((0.2126729 * linear.R) + (0.7151522 * linear.G) + (0.0721750 * linear.B))) - 16);

    private static (double R, double G, double B) LinearOf(SKColor pixel) => (Linear[pixel.Red], Linear[pixel.Green], Linear[pixel.Blue]);

    private static double Root(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;

    private IEnumerable<int> Inner() =>
        from y in Enumerable.Range(1, Height - 2) from x in Enumerable.Range(1, Width - 2) select (y * Width) + x;

    private IEnumerable<(float L, float A, float B)> Blocks()
    {
        for (var row = 0; row < Height / 8; row++)
        {
            for (var column = 0; column < Width / 8; column++)
            {
                (float L, float A, float B)[] block = [.. from y in Enumerable.Range(8 * row, 8) from x in Enumerable.Range(8 * column, 8) select Lab(_pixels[(y * Width) + x])];
                yield return (block.Average(pixel => pixel.L), block.Average(pixel => pixel.A), block.Average(pixel => pixel.B));
            }
        }
    }

    private IEnumerable<int> Cell(int row, int column, int cells) =>
        from y in Enumerable.Range(row * Height / cells, ((row + 1) * Height / cells) - (row * Height / cells))
        from x in Enumerable.Range(column * Width / cells, ((column + 1) * Width / cells) - (column * Width / cells))
        select (y * Width) + x;

    private float[] Around(int radius)
    {
        var result = new float[_lightness.Length];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var (sum, count) = (0f, 0);
                for (var j = Math.Max(0, y - radius); j <= Math.Min(Height - 1, y + radius); j++)
                {
                    for (var i = Math.Max(0, x - radius); i <= Math.Min(Width - 1, x + radius); i++)
                    {
                        sum += _lightness[(j * Width) + i];
                        count++;
                    }
                }

                result[(y * Width) + x] = sum / count;
            }
        }

        return result;
    }
}
