using Personalization.Styles;

namespace Personalization.Taste;

/// <summary>What a taste says of one axis of style.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Weight">The expected weight; positive for the axis's high end.</param>
/// <param name="Confidence">The probability, 0.5 to 1, that the weight has this sign.</param>
public sealed record TasteTrait(StyleAxis Axis, double Weight, double Confidence)
{
    /// <summary>From here on a liking is told as one.</summary>
    public const double Sure = 0.8;

    /// <summary>Whether more speaks for this liking than chance.</summary>
    public bool IsSure => Confidence >= Sure;

    /// <summary>The end that is liked, in words.</summary>
    public string Liked => Weight >= 0 ? Axis.High : Axis.Low;

    /// <summary>The other end.</summary>
    public string Disliked => Weight >= 0 ? Axis.Low : Axis.High;

    /// <summary>The trait of a weight N(mean, variance).</summary>
    public static TasteTrait Of(StyleAxis axis, double mean, double variance)
    {
        // Phi is nearly the logistic function of sqrt(8/pi) times its argument.
        var sureness = variance > 0 ? Math.Abs(mean) / Math.Sqrt(variance) : mean == 0 ? 0 : double.PositiveInfinity;
        return new(axis, mean, 1 / (1 + Math.Exp(-Math.Sqrt(8 / Math.PI) * sureness)));
    }
}
