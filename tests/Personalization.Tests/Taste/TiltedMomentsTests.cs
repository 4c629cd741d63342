using System.Numerics;
using Personalization.Taste.Model;
using Xunit;

namespace Personalization.Tests.Taste;

public sealed class TiltedTests
{
    // Of a standard deviation, and of a variance.
    private const double Near = 5e-4;

    private static readonly double[] Means = [-30, -4, 0, 0.7, 25];
    private static readonly double[] Variances = [1e-4, 0.3, 2, 40, 900];
    private static readonly (double Outcome, double Weight, double Lapse)[] Votes = [(1, 1, 0), (1, 1, 0.4), (0.5, 0.25, 0), (1, 1.0 / 3, 0), (1, 1.0 / 3, 0.1)];

    [Fact]
    public void Tilted_moments_equal_the_numerical_integral()
    {
        foreach (var (mean, variance, outcome, weight, lapse) in All())
        {
            var (expected, spread, likelihood) = SummedUp(mean, variance, outcome, weight, lapse);

            var told = TiltedMoments.Moments(new(mean), new(variance), new(outcome), new(weight), new(lapse));

            Assert.Equal(expected, told.Mean[0], Near * Math.Sqrt(spread));
            Assert.Equal(spread, told.Variance[0], Near * spread);
            Assert.Equal(likelihood, ((1 - lapse) * told.Likelihood[0]) + (lapse * Math.Pow(2, -weight)), Near * likelihood);
        }
    }

    [Fact]
    public void Tilted_moments_of_one_lane_do_not_depend_on_the_others()
    {
        var all = All().ToArray();
        for (var first = 0; first + Vector<double>.Count <= all.Length; first++)
        {
            var few = all.AsSpan(first, Vector<double>.Count).ToArray();
            Vector<double> Each(Func<(double, double, double, double, double), double> part) => new([.. few.Select(part)]);

            var told = TiltedMoments.Moments(Each(one => one.Item1), Each(one => one.Item2), Each(one => one.Item3), Each(one => one.Item4), Each(one => one.Item5));

            for (var lane = 0; lane < few.Length; lane++)
            {
                var (mean, variance, outcome, weight, lapse) = few[lane];
                var alone = TiltedMoments.Moments(new(mean), new(variance), new(outcome), new(weight), new(lapse));
                Assert.Equal(alone.Mean[lane], told.Mean[lane], Near * Math.Sqrt(alone.Variance[lane]));
                Assert.Equal(alone.Variance[lane], told.Variance[lane], Near * alone.Variance[lane]);
            }
        }
    }

    private static IEnumerable<(double Mean, double Variance, double Outcome, double Weight, double Lapse)> All() =>
        from mean in Means from variance in Variances from vote in Votes select (mean, variance, vote.Outcome, vote.Weight, vote.Lapse);

    private static (double Mean, double Variance, double Likelihood) SummedUp(double mean, double variance, double outcome, double weight, double lapse)
    {
        const double Step = 1e-3;
        var deviation = Math.Sqrt(variance);
        var points = Enumerable.Range(-40_000, 80_001).Select(i => mean + (i * Step * deviation)).ToArray();
        var density = points.Select(z =>
            (((1 - lapse) * Math.Exp(weight * ((outcome * Logistic.LogSigmoid(z)) + ((1 - outcome) * Logistic.LogSigmoid(-z))))) + (lapse * Math.Pow(2, -weight)))
            * Math.Exp(-(z - mean) * (z - mean) / (2 * variance))).ToArray();
        var centre = points.Zip(density, (z, height) => z * height).Sum() / density.Sum();
        return (centre, points.Zip(density, (z, height) => (z - centre) * (z - centre) * height).Sum() / density.Sum(), density.Sum() * Step / Math.Sqrt(2 * Math.PI));
    }
}
