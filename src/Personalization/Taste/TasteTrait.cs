using Personalization.Styles;
using Personalization.Taste.Model;

namespace Personalization.Taste;

/// <summary>A taste on one axis of style.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Weight">The posterior mean of the weight; positive for the axis's high end.</param>
/// <param name="Confidence">The posterior probability, 0.5 to 1, that the weight has this sign.</param>
public sealed record TasteTrait(StyleAxis Axis, double Weight, double Confidence)
{
    /// <summary>The confidence from which on a trait is shown to people.</summary>
    public const double MinConfidence = 0.8;

    /// <summary>Whether the confidence is at least <see cref="MinConfidence"/>.</summary>
    public bool IsSure => Confidence >= MinConfidence;

    /// <summary>The end of the axis that is liked, in words.</summary>
    public string Liked => Weight >= 0 ? Axis.High : Axis.Low;

    /// <summary>The other end of the axis, in words.</summary>
    public string Disliked => Weight >= 0 ? Axis.Low : Axis.High;

    /// <summary>A trait for each axis of style, in the axes' order.</summary>
    internal static IReadOnlyList<TasteTrait> AllOf(FeatureSpace space, TastePosterior taste) =>
        [.. space.Axes.Select((axis, feature) => Create(axis, taste.Mean[feature], taste.Variance(feature)))];

    /// <summary>The trait of a weight distributed as N(mean, variance).</summary>
    public static TasteTrait Create(StyleAxis axis, double mean, double variance)
    {
        // The logistic function of sqrt(8/pi) x approximates the normal distribution function at x.
        var standardized = variance > 0 ? Math.Abs(mean) / Math.Sqrt(variance) : mean == 0 ? 0 : double.PositiveInfinity;
        return new(axis, mean, 1 / (1 + Math.Exp(-Math.Sqrt(8 / Math.PI) * standardized)));
    }
}
