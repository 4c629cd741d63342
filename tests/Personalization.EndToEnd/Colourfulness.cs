using SkiaSharp;

namespace Personalization.EndToEnd;

/// <summary>
/// How colourful a picture looks: M = sqrt(s_rg^2 + s_yb^2) + 0.3 sqrt(m_rg^2 + m_yb^2) with rg = R - G and
/// yb = (R + G) / 2 - B, means m and standard deviations s over all pixels (Hasler and Süsstrunk, "Measuring
/// colourfulness in natural images", 2003). About 0 for grey, above 100 for extremely colourful.
/// </summary>
internal static class Colourfulness
{
    public static double Of(byte[] picture)
    {
        using var bitmap = SKBitmap.Decode(picture);
        var (rg, yb) = (new Moments(), new Moments());
        foreach (var pixel in bitmap.Pixels)
        {
            rg.Add(pixel.Red - pixel.Green);
            yb.Add(((pixel.Red + pixel.Green) / 2.0) - pixel.Blue);
        }

        return Math.Sqrt(rg.Variance + yb.Variance) + (0.3 * Math.Sqrt((rg.Mean * rg.Mean) + (yb.Mean * yb.Mean)));
    }

    private sealed class Moments
    {
        private double _sum;
        private double _squares;
        private int _count;

        public double Mean => _sum / _count;

        public double Variance => (_squares / _count) - (Mean * Mean);

        public void Add(double value)
        {
            _sum += value;
            _squares += value * value;
            _count++;
        }
    }
}
