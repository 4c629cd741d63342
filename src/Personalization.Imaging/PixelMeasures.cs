using Personalization.Pictures;

namespace Personalization.Imaging;

/// <summary>
/// What can be measured in any picture and named in words people use: cheap, and with nothing learnt in it. Every measure is
/// finite for every picture.
/// </summary>
internal static class PixelMeasures
{
    /// <summary>Changes whenever a number would.</summary>
    public const string Version = "pixels-1";

    private const int Sectors = 6;

    private static readonly (PictureMeasure[] Measures, Func<Thumbnail, double[]> Of)[] Table =
    [
        One(new("lightness", "dark", "bright"), image => Mean(image.Lightness)),
        One(new("lightness-spread", "even tones", "a wide tonal range"), image => Spread(image.Lightness)),
        One(new("lightness-skew", "light with a few darks", "dark with a few lights"), image => Skew(image.Lightness)),
        (
            [
                new("shadows", "deep shadows", "lifted shadows"),
                new("darks", "dark lower tones", "light lower tones"),
                new("midtones", "dark midtones", "light midtones"),
                new("lights", "dark upper tones", "light upper tones"),
                new("highlights", "muted highlights", "bright highlights"),
            ],
            image => Percentiles(image.Lightness, 0.05, 0.25, 0.5, 0.75, 0.95)),
        One(new("colourfulness", "subdued", "colourful"), Colourfulness),
        One(new("saturation", "desaturated", "saturated"), image => Mean(image.Saturation)),
        One(new("saturation-spread", "evenly saturated", "accents of colour"), image => Spread(image.Saturation)),
        One(new("chroma", "greyish", "strong colours"), image => Mean(image.Chroma)),
        One(new("chroma-spread", "evenly coloured", "unevenly coloured"), image => Spread(image.Chroma)),
        One(new("yellow-blue", "blue", "yellow"), image => Mean(image.BlueYellow)),
        One(new("red-green", "green", "red"), image => Mean(image.GreenRed)),
        (
            [
                new("reds", "few reds", "reds"),
                new("yellows", "few yellows", "yellows"),
                new("greens", "few greens", "greens"),
                new("cyans", "few cyans", "cyans"),
                new("blues", "few blues", "blues"),
                new("magentas", "few magentas", "magentas"),
            ],
            HueShares),
        One(new("hue-concentration", "many hues", "one hue"), HueConcentration),
        One(new("palette-entropy", "few colours", "many colours"), PaletteEntropy),
        One(new("gradient", "soft transitions", "strong edges"), image => Gradients(image).Average()),
        One(new("edge-density", "few edges", "many edges"), EdgeDensity),
        One(new("fine-detail", "smooth surfaces", "fine detail"), image => Detail(image, 0, 1)),
        One(new("medium-detail", "plain forms", "medium detail"), image => Detail(image, 1, 3)),
        One(new("coarse-detail", "large calm areas", "busy forms"), image => Detail(image, 3, 9)),
        One(new("orientation-entropy", "lines in one direction", "lines in all directions"), OrientationEntropy),
        One(new("diagonals", "level lines", "diagonal lines"), DiagonalShare),
        One(new("symmetry", "asymmetrical", "symmetrical"), Symmetry),
        (
            [
                new("off-centre", "a centred subject", "an off-centre subject"),
                new("saliency-spread", "one focal point", "attention everywhere"),
                new("thirds", "nothing on the thirds", "a composition on the thirds"),
            ],
            SalientMoments),
        One(new("sharpness-spread", "sharp all over", "a shallow depth of field"), SharpnessSpread),
        One(new("emptiness", "a filled frame", "empty space"), EmptyShare),
    ];

    /// <summary>What is measured, in order.</summary>
    public static IReadOnlyList<PictureMeasure> All { get; } = [.. Table.SelectMany(row => row.Measures)];

    /// <summary>All measures, in the order of <see cref="All"/>.</summary>
    public static float[] Of(Thumbnail image) => [.. Table.SelectMany(row => row.Of(image)).Select(value => (float)value)];

    /// <summary>
    /// Hasler and Süsstrunk 2003, "Measuring colourfulness in natural images": M3 = sqrt(s_rg^2 + s_yb^2) + 0.3 sqrt(m_rg^2 + m_yb^2)
    /// with rg = R - G and yb = (R + G)/2 - B on 0 to 255. 0 for greys; above 82 they call it extremely colourful.
    /// </summary>
    public static double Colourfulness(Thumbnail image)
    {
        var redGreen = Combined(image, (red, green, _) => red - green);
        var yellowBlue = Combined(image, (red, green, blue) => ((red + green) / 2) - blue);
        return Length(Spread(redGreen), Spread(yellowBlue)) + (0.3 * Length(Mean(redGreen), Mean(yellowBlue)));
    }

    /// <summary>
    /// The third standardised moment, 0 for an even picture (Motoyoshi et al. 2007, "Image statistics and the perception of
    /// surface qualities", of luminance).
    /// </summary>
    public static double Skew(float[] values)
    {
        var (mean, spread) = (Mean(values), Spread(values));
        return spread < 1e-6 ? 0 : values.Average(value => (value - mean) / spread * Square((value - mean) / spread));
    }

    /// <summary>The values below which shares of all lie, of the nearest rank.</summary>
    public static double[] Percentiles(float[] values, params double[] shares)
    {
        var sorted = (float[])values.Clone();
        Array.Sort(sorted);
        return Array.ConvertAll(shares, share => (double)sorted[(int)Math.Round(share * (sorted.Length - 1))]);
    }

    /// <summary>
    /// The share, 0 to 1, of all chroma that lies in each of six sectors of CIELAB hue, each 60 degrees about 40 (red),
    /// 100 (yellow), 160 (green), 220 (cyan), 280 (blue) and 340 (magenta); 1/6 for a picture of greys.
    /// </summary>
    public static double[] HueShares(Thumbnail image)
    {
        var (inside, all) = (new double[Sectors], 0.0);
        for (var i = 0; i < image.Chroma.Length; i++)
        {
            var degrees = Math.Atan2(image.BlueYellow[i], image.GreenRed[i]) * 180 / Math.PI;
            all += image.Chroma[i];
            inside[(int)((degrees - 10 + 360) % 360 / 60)] += image.Chroma[i];
        }

        return Array.ConvertAll(inside, chroma => all < GreyChroma * image.Chroma.Length ? 1.0 / Sectors : chroma / all);
    }

    /// <summary>
    /// The mean resultant length of hue weighted by chroma, 0 to 1 (Mardia and Jupp 2000, "Directional Statistics"): 1 when
    /// all colour has one hue, 0 when hues cancel and for greys.
    /// </summary>
    public static double HueConcentration(Thumbnail image)
    {
        var all = image.Chroma.Sum(chroma => (double)chroma);
        return all < GreyChroma * image.Chroma.Length
            ? 0
            : Length(image.GreenRed.Sum(a => (double)a), image.BlueYellow.Sum(b => (double)b)) / all;
    }

    /// <summary>The entropy (Shannon 1948), in bits, of 8 x 8 x 8 equal boxes of RGB: 0 for one colour, at most 9.</summary>
    public static double PaletteEntropy(Thumbnail image)
    {
        var boxes = new double[512];
        for (var i = 0; i < image.Red.Length; i++)
        {
            boxes[((int)image.Red[i] >> 5 << 6) | ((int)image.Green[i] >> 5 << 3) | ((int)image.Blue[i] >> 5)]++;
        }

        return Entropy(boxes);
    }

    /// <summary>The share of pixels, 0 to 1, whose L* changes by more than 4 a pixel.</summary>
    public static double EdgeDensity(Thumbnail image) => Gradients(image).Average(slope => slope > 4 ? 1.0 : 0);

    /// <summary>
    /// ln(1 + energy) of a band of L*: the mean square of the difference between its means over two squares (Burt and Adelson
    /// 1983, "The Laplacian pyramid as a compact image code", with squares for Gaussians).
    /// </summary>
    /// <param name="inner">The smaller square's radius in pixels.</param>
    /// <param name="outer">The larger square's.</param>
    public static double Detail(Thumbnail image, int inner, int outer)
    {
        var (near, far) = (inner == 0 ? image.Lightness : image.Blur(image.Lightness, inner), image.Blur(image.Lightness, outer));
        var energy = 0.0;
        for (var i = 0; i < near.Length; i++)
        {
            energy += Square(near[i] - far[i]);
        }

        return Math.Log(1 + (energy / near.Length));
    }

    /// <summary>
    /// The entropy, in bits, of the directions of slopes in 16 bins of 180 degrees, weighted by their strength (Redies et al.
    /// 2017, "High entropy of edge orientations characterizes visual artworks", of first order): 0 to 4, and 4 where there is no slope.
    /// </summary>
    public static double OrientationEntropy(Thumbnail image)
    {
        const int Bins = 16;

        var bins = new double[Bins];
        for (var i = 0; i < image.Across.Length; i++)
        {
            var angle = Math.Atan2(image.Down[i], image.Across[i]);
            var turn = ((angle / Math.PI) + 2) % 1;
            bins[(int)(turn * Bins) % Bins] += Length(image.Across[i], image.Down[i]);
        }

        return bins.Sum() < Even * image.Across.Length ? Math.Log2(Bins) : Entropy(bins);
    }

    /// <summary>The share, 0 to 1, of the squared slope that lies within 22.5 degrees of a diagonal; 0.5 where there is no slope.</summary>
    public static double DiagonalShare(Thumbnail image)
    {
        var (diagonal, all) = (0.0, 0.0);
        for (var i = 0; i < image.Across.Length; i++)
        {
            var (across, down) = (image.Across[i], image.Down[i]);
            var energy = Square(across) + Square(down);
            all += energy;

            // |sin 2a| > sin 45 degrees where a is the slope's direction.
            diagonal += Math.Abs(2 * across * down) > 0.70710678 * energy ? energy : 0;
        }

        return all < Even * Even * image.Across.Length ? 0.5 : diagonal / all;
    }

    /// <summary>Pearson's correlation, -1 to 1, between L* and its mirror image left for right; 1 for an even picture.</summary>
    public static double Symmetry(Thumbnail image)
    {
        var (mean, spread) = (Mean(image.Lightness), Spread(image.Lightness));
        if (spread < 1e-3)
        {
            return 1;
        }

        var together = 0.0;
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                together += (image.Lightness[(y * image.Width) + x] - mean) * (image.Lightness[(y * image.Width) + image.Width - 1 - x] - mean);
            }
        }

        return together / image.Lightness.Length / Square(spread);
    }

    /// <summary>
    /// Where attention goes by frequency-tuned saliency, the distance in CIELAB of each pixel's surroundings from the mean
    /// colour (Achanta et al. 2009, "Frequency-tuned salient region detection"): how far its centre lies from the picture's
    /// (0 to 1, the corner), its standard deviation about its centre (in half diagonals), and the share of it within a twelfth
    /// of the sides from one of the four crossings of the thirds.
    /// </summary>
    public static double[] SalientMoments(Thumbnail image)
    {
        var saliency = Saliency(image);
        var (all, sumX, sumY, thirds) = (1e-9, 0.0, 0.0, 0.0);
        var half = Length(1, 1);
        for (var i = 0; i < saliency.Length; i++)
        {
            var (x, y) = Place(image, i);
            all += saliency[i];
            sumX += saliency[i] * x;
            sumY += saliency[i] * y;

            // Thirds lie at 1/3 on either side of the centre, and a twelfth of a side is 1/6 here.
            thirds += Math.Abs(Math.Abs(x) - (1.0 / 3)) < 1.0 / 6 && Math.Abs(Math.Abs(y) - (1.0 / 3)) < 1.0 / 6 ? saliency[i] : 0;
        }

        var (centreX, centreY) = (sumX / all, sumY / all);
        var variance = saliency.Select((weight, i) => weight * SquaredDistance(Place(image, i), (centreX, centreY))).Sum() / all;
        return [Length(centreX, centreY) / half, Math.Sqrt(variance) / half, thirds / all];
    }

    /// <summary>
    /// The standard deviation over 8 x 8 cells of ln(1 + mean squared Laplacian of L*), the focus measure of Pech-Pacheco et al.
    /// 2000: 0 when all is equally sharp, large for a sharp subject before a blurred ground.
    /// </summary>
    public static double SharpnessSpread(Thumbnail image)
    {
        const int Cells = 8;

        var focus = new List<float>();
        for (var cell = 0; cell < Cells * Cells; cell++)
        {
            var inside = image.Cell(cell / Cells, cell % Cells, Cells).Where(at => IsInner(image, at)).ToArray();
            if (inside.Length > 0)
            {
                focus.Add((float)Math.Log(1 + inside.Average(at => Square(Laplacian(image, at)))));
            }
        }

        return focus.Count == 0 ? 0 : Spread([.. focus]);
    }

    /// <summary>The share, 0 to 1, of 16 x 16 cells in which L* varies by less than 1.5, one standard deviation.</summary>
    public static double EmptyShare(Thumbnail image)
    {
        const int Cells = 16;

        var cells = Enumerable.Range(0, Cells * Cells)
            .Select(cell => image.Cell(cell / Cells, cell % Cells, Cells).Select(at => image.Lightness[at]).ToArray())
            .Where(cell => cell.Length > 0)
            .ToArray();
        return cells.Average(cell => Spread(cell) < 1.5 ? 1.0 : 0);
    }

    // Below this mean slope, in L* a pixel, there is none but rounding.
    private const double Even = 1e-3;

    // Below this mean chroma a picture is grey to the eye, and what hue it has is rounding.
    private const double GreyChroma = 0.5;

    private static (PictureMeasure[] Measures, Func<Thumbnail, double[]> Of) One(PictureMeasure measure, Func<Thumbnail, double> of) =>
        ([measure], image => [of(image)]);

    private static double Mean(float[] values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }

    private static double Spread(float[] values)
    {
        var (mean, sum) = (Mean(values), 0.0);
        foreach (var value in values)
        {
            sum += Square(value - mean);
        }

        return Math.Sqrt(sum / values.Length);
    }

    private static double Square(double value) => value * value;

    private static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));

    private static double SquaredDistance((double X, double Y) a, (double X, double Y) b) => Square(a.X - b.X) + Square(a.Y - b.Y);

    private static double Entropy(double[] counts)
    {
        var all = counts.Sum();
        return -counts.Where(count => count > 0).Sum(count => count / all * Math.Log2(count / all));
    }

    private static float[] Combined(Thumbnail image, Func<float, float, float, float> combine)
    {
        var values = new float[image.Red.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = combine(image.Red[i], image.Green[i], image.Blue[i]);
        }

        return values;
    }

    private static double[] Gradients(Thumbnail image)
    {
        var slopes = new double[image.Across.Length];
        for (var i = 0; i < slopes.Length; i++)
        {
            slopes[i] = Length(image.Across[i], image.Down[i]);
        }

        return slopes;
    }

    private static bool IsInner(Thumbnail image, int at) =>
        at % image.Width > 0 && at % image.Width < image.Width - 1 && at / image.Width > 0 && at / image.Width < image.Height - 1;

    private static double Laplacian(Thumbnail image, int at) =>
        image.Lightness[at - 1] + image.Lightness[at + 1] + image.Lightness[at - image.Width] + image.Lightness[at + image.Width] - (4 * image.Lightness[at]);

    private static double[] Saliency(Thumbnail image)
    {
        const int Surroundings = 2;

        float[][] channels = [image.Lightness, image.GreenRed, image.BlueYellow];
        var saliency = new double[image.Lightness.Length];
        foreach (var channel in channels)
        {
            var mean = Mean(channel);
            var blurred = image.Blur(channel, Surroundings);
            for (var i = 0; i < saliency.Length; i++)
            {
                saliency[i] += Square(blurred[i] - mean);
            }
        }

        return Array.ConvertAll(saliency, Math.Sqrt);
    }

    /// <summary>A pixel's place, -1 to 1 across and down.</summary>
    private static (double X, double Y) Place(Thumbnail image, int at) =>
        ((((at % image.Width) + 0.5) / image.Width * 2) - 1, (((at / image.Width) + 0.5) / image.Height * 2) - 1);
}
