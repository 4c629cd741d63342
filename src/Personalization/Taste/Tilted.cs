using System.Numerics.Tensors;

namespace Personalization.Taste;

/// <summary>
/// The log odds z of one comparison as all the others expect them, N(mean, variance), tilted by its own outcome:
/// exp(weight (y ln sigma(z) + (1 - y) ln sigma(-z))).
/// </summary>
internal static class Tilted
{
    // The trapezoidal rule is exact to e^(-2 pi a/h) for functions without a pole nearer than a to the line: here pi, and
    // to e^(-2 pi^2 (deviation/h)^2) for a Gaussian. Beyond 6 deviations of its mode lies 1e-9 of it.
    private const double WidestStep = 1.5;
    private const double Deviations = 6;
    private const int MostSteps = 128;

    private const int MostSearches = 30;

    /// <summary>The tilted mean and variance, by quadrature.</summary>
    /// <param name="mean">Of what the others expect.</param>
    /// <param name="variance">Above 0.</param>
    /// <param name="outcome">y, 0 to 1.</param>
    /// <param name="weight">Above 0.</param>
    public static (double Mean, double Variance) Moments(double mean, double variance, double outcome, double weight)
    {
        var deviation = Math.Sqrt(variance);
        var mode = Mode(mean, variance, outcome, weight);
        var half = (int)Math.Min(MostSteps, Math.Ceiling(Deviations * Math.Max(1, deviation / WidestStep)));
        var step = Deviations * deviation / half;
        Span<double> offsets = stackalloc double[(2 * half) + 1];
        Span<double> room = stackalloc double[offsets.Length];
        Span<double> density = stackalloc double[offsets.Length];
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = (i - half) * step;
        }

        // ln sigma(z) = z - s and ln sigma(-z) = -s for the softplus s = max(z, 0) + ln(1 + e^-|z|).
        TensorPrimitives.Add(offsets, mode, room);
        TensorPrimitives.Abs(room, density);
        TensorPrimitives.Negate(density, density);
        TensorPrimitives.Exp(density, density);
        TensorPrimitives.LogP1(density, density);
        for (var i = 0; i < offsets.Length; i++)
        {
            var z = room[i];
            var away = z - mean;
            density[i] = (weight * ((outcome * z) - Math.Max(z, 0) - density[i])) - (away * away / (2 * variance));
        }

        TensorPrimitives.Subtract(density, density[half], density);
        TensorPrimitives.Exp(density, density);
        var sum = TensorPrimitives.Sum<double>(density);
        var first = TensorPrimitives.Dot<double>(density, offsets) / sum;
        TensorPrimitives.Multiply(density, offsets, density);
        var second = TensorPrimitives.Dot<double>(density, offsets) / sum;
        return (mode + first, second - (first * first));
    }

    /// <summary>Near the maximum: within a tenth of a deviation, which is all that the quadrature needs to be centred.</summary>
    private static double Mode(double mean, double variance, double outcome, double weight)
    {
        // The slope (mean - z)/variance + weight (y - sigma(z)) falls, and vanishes between these.
        var (low, high) = (mean - (variance * weight * (1 - outcome)), mean + (variance * weight * outcome));
        var near = 0.1 * Math.Sqrt(variance);
        var z = Math.Clamp(mean, low, high);
        for (var search = 0; search < MostSearches && high - low > near; search++)
        {
            var p = Logistic.Sigmoid(z);
            var slope = ((mean - z) / variance) + (weight * (outcome - p));
            var next = z + (slope / ((1 / variance) + (weight * p * (1 - p))));
            if (Math.Abs(next - z) < near)
            {
                return next;
            }

            (low, high) = slope > 0 ? (z, high) : (low, z);
            z = next > low && next < high ? next : 0.5 * (low + high);
        }

        return z;
    }
}
