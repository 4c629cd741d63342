namespace Personalization.Taste.Model;

/// <summary>One observation: <paramref name="Preferred"/> was chosen over <paramref name="Other"/>, or neither was chosen.</summary>
/// <param name="Weight">The power to which its likelihood is raised: 1 for a vote; the comparisons of a like have 1 together.</param>
/// <param name="IsTie">
/// Neither was preferred: half a win for each, which draws the log odds towards 0.
/// </param>
public readonly record struct Comparison(PictureFeatures Preferred, PictureFeatures Other, double Weight, bool IsTie = false)
{
    /// <summary>The weight of a skip. On real ratings a weight of 1/4 predicted as well as leaving skips out; a weight of 1 predicted worse.</summary>
    public const double SkipWeight = 0.25;

    /// <summary>y: the preferred picture's share of a win, 1/2 or 1.</summary>
    public double Outcome => IsTie ? 0.5 : 1;

    /// <summary>A comparison of a pair that was skipped.</summary>
    public static Comparison Skipped(PictureFeatures left, PictureFeatures right) => new(left, right, SkipWeight, IsTie: true);
}
