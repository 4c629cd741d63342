namespace Personalization.Taste.Model;

/// <summary>One piece of evidence: <paramref name="Preferred"/> was chosen over <paramref name="Other"/>, or neither was.</summary>
/// <param name="Weight">1 for a vote; a like over three passed-over pictures is three comparisons of 1/3.</param>
/// <param name="IsTie">
/// Neither was preferred: half a win for each, so that <paramref name="Weight"/> draws the two together.
/// </param>
public readonly record struct Comparison(PictureFeatures Preferred, PictureFeatures Other, double Weight, bool IsTie = false)
{
    /// <summary>What a skip weighs: on real ratings a quarter was as good as leaving skips out, and a whole vote did harm.</summary>
    public const double SkipWeight = 0.25;

    /// <summary>y: what share of a win the preferred picture has.</summary>
    public double Outcome => IsTie ? 0.5 : 1;

    /// <summary>A pair that was skipped.</summary>
    public static Comparison Skipped(PictureFeatures left, PictureFeatures right) => new(left, right, SkipWeight, IsTie: true);
}
