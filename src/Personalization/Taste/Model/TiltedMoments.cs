using System.Numerics;

namespace Personalization.Taste.Model;

/// <summary>
/// Moments of the tilted distributions of expectation propagation: the log odds z of a comparison under its cavity
/// distribution N(mean, variance), given by all the others, times its own likelihood, (1 - lapse) L(z) + lapse 2^-weight with
/// L(z) = exp(weight (y ln sigma(z) + (1 - y) ln sigma(-z))). Vectors hold one comparison in each lane.
/// </summary>
internal static class TiltedMoments
{
    // The trapezoidal rule with step h has an error of order e^(-2 pi a/h) for functions without a pole nearer than a to the
    // real line, here a = pi, and e^(-2 pi^2 (deviation/h)^2) for a Gaussian. A share of 1e-9 lies beyond 6 deviations.
    private const double MaxStep = 1.5;
    private const double Deviations = 6;
    private const int MaxSteps = 128;

    private const int MaxIterations = 30;

    /// <summary>The means and variances of the tilted distributions, by quadrature with the trapezoidal rule.</summary>
    /// <param name="mean">The cavity means.</param>
    /// <param name="variance">The cavity variances, above 0.</param>
    /// <param name="outcome">y, 0 to 1.</param>
    /// <param name="weight">Above 0.</param>
    /// <param name="lapse">The probabilities that the answers are random, 0 to below 1.</param>
    /// <returns>The moments, and the averages of L over the cavity distributions.</returns>
    public static (Vector<double> Mean, Vector<double> Variance, Vector<double> Likelihood) Moments(Vector<double> mean, Vector<double> variance, Vector<double> outcome, Vector<double> weight, Vector<double> lapse)
    {
        var (meant, spread, likelihood) = Moments(mean, variance, outcome, weight);
        if (lapse == Vector<double>.Zero)
        {
            return (meant, spread, likelihood);
        }

        // A mixture: of an answer that is meant, and of one that tells nothing and leaves the cavity distribution as it is.
        var random = lapse * Vector.Exp(-Math.Log(2) * weight);
        var share = random / (random + ((Vector<double>.One - lapse) * likelihood));
        var apart = mean - meant;
        return (meant + (share * apart), spread + (share * (variance - spread)) + (share * (Vector<double>.One - share) * apart * apart), likelihood);
    }

    private static (Vector<double> Mean, Vector<double> Variance, Vector<double> Likelihood) Moments(Vector<double> mean, Vector<double> variance, Vector<double> outcome, Vector<double> weight)
    {
        var deviation = Vector.SquareRoot(variance);
        var mode = Mode(mean, variance, outcome, weight);

        // All lanes take as many steps as the widest needs.
        var half = 1;
        for (var lane = 0; lane < Vector<double>.Count; lane++)
        {
            half = Math.Max(half, (int)Math.Min(MaxSteps, Math.Ceiling(Deviations * Math.Max(1, deviation[lane] / MaxStep))));
        }

        var step = Deviations / half * deviation;
        var precision = Vector<double>.One / variance;
        var peak = LogDensity(mode, mean, precision, outcome, weight);
        var (sum, first, second) = (Vector<double>.One, Vector<double>.Zero, Vector<double>.Zero);
        for (var i = 1; i <= half; i++)
        {
            var offset = i * step;
            var above = Vector.Exp(LogDensity(mode + offset, mean, precision, outcome, weight) - peak);
            var below = Vector.Exp(LogDensity(mode - offset, mean, precision, outcome, weight) - peak);
            sum += above + below;
            first += (above - below) * offset;
            second += (above + below) * offset * offset;
        }

        first /= sum;
        return (mode + first, (second / sum) - (first * first), Vector.Exp(peak) * sum * (Deviations / Math.Sqrt(2 * Math.PI) / half));
    }

    private static Vector<double> LogDensity(Vector<double> z, Vector<double> mean, Vector<double> precision, Vector<double> outcome, Vector<double> weight)
    {
        // ln sigma(z) = z - s and ln sigma(-z) = -s for the softplus s = max(z, 0) + ln(1 + e^-|z|).
        var softplus = Vector.Max(z, Vector<double>.Zero) + Vector.Log(Vector<double>.One + Vector.Exp(-Vector.Abs(z)));
        var away = z - mean;
        return (weight * ((outcome * z) - softplus)) - (0.5 * away * away * precision);
    }

    /// <summary>The modes of the tilted distributions to a tenth of the cavity's standard deviation, which is enough to centre the quadrature.</summary>
    private static Vector<double> Mode(Vector<double> mean, Vector<double> variance, Vector<double> outcome, Vector<double> weight)
    {
        // The derivative (mean - z)/variance + weight (y - sigma(z)) decreases in z and has its root between these bounds: Newton's
        // method, with bisection where a step leaves them.
        var (low, high) = (mean - (variance * weight * (Vector<double>.One - outcome)), mean + (variance * weight * outcome));
        var tolerance = 0.1 * Vector.SquareRoot(variance);
        var z = Vector.Min(Vector.Max(mean, low), high);
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            var p = Vector<double>.One / (Vector<double>.One + Vector.Exp(-z));
            var slope = ((mean - z) / variance) + (weight * (outcome - p));
            var next = z + (slope / ((Vector<double>.One / variance) + (weight * p * (Vector<double>.One - p))));
            if (Vector.LessThanAll(Vector.Min(Vector.Abs(next - z), high - low), tolerance))
            {
                return Vector.Min(Vector.Max(next, low), high);
            }

            var below = Vector.GreaterThan(slope, Vector<double>.Zero);
            low = Vector.ConditionalSelect(below, z, low);
            high = Vector.ConditionalSelect(below, high, z);
            var within = Vector.BitwiseAnd(Vector.GreaterThan(next, low), Vector.LessThan(next, high));
            z = Vector.ConditionalSelect(within, next, 0.5 * (low + high));
        }

        return z;
    }
}
