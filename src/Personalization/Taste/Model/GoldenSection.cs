namespace Personalization.Taste.Model;

/// <summary>Golden section search for the maximum of a function of one variable (Kiefer 1953).</summary>
internal static class GoldenSection
{
    /// <summary>The argument of the maximum, to 0.001. The function must have a single maximum between <paramref name="low"/> and <paramref name="high"/>.</summary>
    public static double Maximize(Func<double, double> function, double low, double high)
    {
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (left, right) = (high - (ratio * (high - low)), low + (ratio * (high - low)));
        var (atLeft, atRight) = (function(left), function(right));
        while (high - low > 1e-3)
        {
            if (atLeft > atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (ratio * (high - low));
                atLeft = function(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (ratio * (high - low));
                atRight = function(right);
            }
        }

        return (low + high) / 2;
    }
}
