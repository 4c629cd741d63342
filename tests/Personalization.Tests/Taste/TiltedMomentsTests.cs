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
    private static readonly (double Outcome, double Weight)[] Votes = [(1, 1), (0.5, 0.25), (1, 1.0 / 3)];

    [Fact]
    public void Tilted_moments_equal_the_numerical_integral()
    {
        foreach (var (mean, variance, outcome, weight) in All())
        {
            var (expected, spread) = SummedUp(mean, variance, outcome, weight);

            var told = TiltedMoments.Moments(new(mean), new(variance), new(outcome), new(weight));

            Assert.Equal(expected, told.Mean[0], Near * Math.Sqrt(spread));
            Assert.Equal(spread, told.Variance[0], Near * spread);
        }
    }

    [Fact]
    public void Tilted_moments_of_one_lane_do_not_depend_on_the_others()
    {
        var all = All().ToArray();
        for (var first = 0; first + Vector<double>.Count <= all.Length; first++)
        {
            var few = all.AsSpan(first, Vector<double>.Count).ToArray();
            Vector<double> Each(Func<(double, double, double, double), double> part) => new([.. few.Select(part)]);

            var told = TiltedMoments.Moments(Each(one => one.Item1), Each(one => one.Item2), Each(one => one.Item3), Each(one => one.Item4));

            for (var lane = 0; lane < few.Length; lane++)
            {
                var (mean, variance, outcome, weight) = few[lane];
                var alone = TiltedMoments.Moments(new(mean), new(variance), new(outcome), new(weight));
                Assert.Equal(alone.Mean[lane], told.Mean[lane], Near * Math.Sqrt(alone.Variance[lane]));
                Assert.Equal(alone.Variance[lane], told.Variance[lane], Near * alone.Variance[lane]);
            }
        }
    }

    private static IEnumerable<(double Mean, double Variance, double Outcome, double Weight)> All() =>
        from mean in Means from variance in Variances from vote in Votes select (mean, variance, vote.Outcome, vote.Weight);

    private static (double Mean, double Variance) SummedUp(double mean, double variance, double outcome, double weight)
    {
        var deviation = Math.Sqrt(variance);
        var points = Enumerable.Range(-40_000, 80_001).Select(i => mean + (i * 1e-3 * deviation)).ToArray();
        var log = points.Select(z => (weight * ((outcome * Logistic.LogSigmoid(z)) + ((1 - outcome) * Logistic.LogSigmoid(-z)))) - ((z - mean) * (z - mean) / (2 * variance))).ToArray();
        var highest = log.Max();
        var density = log.Select(value => Math.Exp(value - highest)).ToArray();
        var centre = points.Zip(density, (z, height) => z * height).Sum() / density.Sum();
        return (centre, points.Zip(density, (z, height) => (z - centre) * (z - centre) * height).Sum() / density.Sum());
    }
}
