using Personalization.Pictures;

namespace Personalization.Lab.Simulation;

/// <summary>A taste for one point in the space of styles: the nearer a picture, the better it is liked.</summary>
internal static class MiddleTaste
{
    // At this the utilities of the pool spread about as those of a taste on the axes.
    private const double Steepness = 9;

    // Of coordinates drawn from the normal distribution: the point is inside the space, on some axes in the middle.
    private const double Spread = 0.7;

    /// <summary>The utility of a picture, in log odds, at most 0.</summary>
    /// <param name="point">A coordinate for each axis, in standard deviations.</param>
    public static double Utility(double[] point, Picture picture)
    {
        var distance = 0.0;
        for (var axis = 0; axis < point.Length; axis++)
        {
            var off = picture.Style![axis] - Math.Clamp(Spread * point[axis], -1, 1);
            distance += off * off;
        }

        return -Steepness / point.Length * distance;
    }
}
