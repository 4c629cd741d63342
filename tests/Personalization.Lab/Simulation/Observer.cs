using Personalization.Pictures;

namespace Personalization.Lab.Simulation;

/// <summary>
/// How surely a person with ordinary eyes tells two pictures of one composition apart, by five attributes of the whole picture:
/// lightness, chroma, hue, contrast and the density of edges. Differences in just noticeable ones add up as squares (independent
/// channels), and one just noticeable difference is told in 75 of 100 forced choices.
/// </summary>
internal static class Observer
{
    // Stokes, Fairchild and Berns 1992, "Precision requirements for digital color reproduction": the mean perceptibility
    // tolerance of shifts of lightness, chroma and hue in photographs, in CIELAB units.
    private const double ColourThreshold = 2.15;

    // Weber fractions: of contrast well above threshold (Legge and Foley 1980, "Contrast masking in human vision"), and of the
    // density of elements (Anobile, Cicchini and Burr 2014, "Separate mechanisms for perception of numerosity and density").
    private const double ContrastThreshold = 0.15;
    private const double DensityThreshold = 0.25;

    // The normal quantile of 0.75.
    private const double Quantile = 0.6744897501960817;

    /// <summary>The probability, 0.5 to 1, that they tell which of the two is which.</summary>
    public static double Tells(LabPool lab, Picture one, Picture other) => Normal(Quantile * Difference(lab, one, other));

    /// <summary>The difference in just noticeable ones.</summary>
    private static double Difference(LabPool lab, Picture one, Picture other)
    {
        double Of(Picture picture, string id) => lab.Measure(picture, id);
        double Change(string id) => Of(other, id) - Of(one, id);
        double Relative(string id) => Math.Log(Math.Max(1e-3, Of(other, id)) / Math.Max(1e-3, Of(one, id)));

        // Of the mean colours: what of their difference is not a difference in chroma is one in hue.
        var chroma = Change("chroma");
        var (a, b) = (Change("red-green"), Change("yellow-blue"));
        var meanChroma = Length(Of(other, "red-green"), Of(other, "yellow-blue")) - Length(Of(one, "red-green"), Of(one, "yellow-blue"));
        var hue = Math.Sqrt(Math.Max(0, (a * a) + (b * b) - (meanChroma * meanChroma)));
        double[] noticeable =
        [
            Change("lightness") / ColourThreshold,
            chroma / ColourThreshold,
            hue / ColourThreshold,
            Relative("lightness-spread") / Math.Log(1 + ContrastThreshold),
            Relative("edge-density") / Math.Log(1 + DensityThreshold),
        ];
        return Math.Sqrt(noticeable.Sum(value => value * value));
    }

    private static double Length(double x, double y) => Math.Sqrt((x * x) + (y * y));

    private static double Normal(double z) => 0.5 * (1 + MathNet.Numerics.SpecialFunctions.Erf(z / Math.Sqrt(2)));
}
