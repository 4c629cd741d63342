using Personalization.Prompts;

namespace Personalization.Imagine;

/// <summary>A picture's width and height in pixels.</summary>
public readonly record struct PictureSize(int Width, int Height)
{
    /// <summary>The shortest side, in pixels.</summary>
    public const int MinSide = 64;

    // How far a side may leave its ideal length for the sake of the ratio.
    private const double Leeway = 0.07;

    /// <summary>
    /// The size in whole steps that comes closest to a ratio at about an area. The ratio is off by at most half a step of the
    /// longer side, and is exact where a size with sides within 7% of the ideal ones is. The area is met to within a
    /// sixth, except where that would take a side below <see cref="MinSide"/> or a step is long beside the shorter side: the
    /// ratio then wins over the area.
    /// </summary>
    /// <param name="area">In square pixels.</param>
    /// <param name="step">In pixels; both sides are multiples of it.</param>
    public static PictureSize For(AspectRatio ratio, int area, int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(area);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        var elongation = Math.Max(ratio.Width, ratio.Height) / (double)Math.Min(ratio.Width, ratio.Height);
        var ideal = Math.Sqrt(area / elongation);
        var least = (int)Math.Ceiling(MinSide / (double)step);
        var nearest = (int)Math.Round(ideal / step);
        var first = Math.Max(least, Math.Min(nearest, (int)Math.Ceiling(ideal * (1 - Leeway) / step)));
        var last = Math.Max(first, Math.Max(nearest, (int)Math.Floor(ideal * (1 + Leeway) / step)));
        var (shorter, longer) = Enumerable.Range(first, last - first + 1)
            .Select(steps => (Shorter: steps, Longer: (int)Math.Round(steps * elongation, MidpointRounding.AwayFromZero)))
            .MinBy(size => (
                Math.Abs((size.Longer / (size.Shorter * elongation)) - 1),
                Math.Abs((size.Shorter * step) - ideal)));
        return ratio.Width >= ratio.Height ? new(longer * step, shorter * step) : new(shorter * step, longer * step);
    }
}
