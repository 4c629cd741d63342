using Personalization.Styles;

namespace Personalization.Taste;

/// <summary>
/// Votes to taste: Bayesian logistic regression on differences of style, with the community as the prior. A person prefers
/// picture a to b with probability sigma(kappa w . (phi_a - phi_b)), where phi are a picture's features: its style
/// coordinates divided by their spread over a pool that fills -1 to 1 evenly (1/sqrt(3)), times 3/sqrt(d), so that the
/// length of phi, and with it what the prior says of a vote, does not grow with the number of axes d.
/// </summary>
public sealed class TasteModel
{
    // What a person sees in a picture beyond its style flattens the slope: 1/sqrt(1 + pi/8 * 2 se^2) for the spread se
    // found among people who rated the same photographs.
    private const double Kappa = 0.84;

    private const int MaximumNewtonSteps = 100;

    private readonly double[] _precision;
    private readonly double _slope;

    public TasteModel(CommunityPrior community)
    {
        Community = community;
        Prior = new(community.SpaceVersion, community.Mean, community.Covariance, 0);
        _precision = new Cholesky(community.Covariance, community.Dimension).Inverse();
        _slope = Kappa * FeatureScale(community.Dimension);
    }

    /// <summary>What every person's taste starts from.</summary>
    public CommunityPrior Community { get; }

    /// <summary>What is known of a person who has not voted yet.</summary>
    public TastePosterior Prior { get; }

    /// <summary>What a style coordinate is multiplied by to be a feature, in a space of this many axes.</summary>
    public static double FeatureScale(int dimension) => Math.Sqrt(3) * 3 / Math.Sqrt(dimension);

    /// <summary>
    /// Learns one comparison by one step of assumed density filtering, in O(d^2): nearly what <see cref="Rebuild"/> gives,
    /// and fast enough for every vote.
    /// </summary>
    public TastePosterior Update(TastePosterior posterior, Comparison comparison)
    {
        var dimension = posterior.Dimension;
        var x = Difference(comparison.Preferred, comparison.Other);
        var (spread, variance) = Spread(posterior, x);
        var p = Sigmoid(Dot(posterior.Mean, x) / Math.Sqrt(1 + (Math.PI * variance / 8)));
        var curvature = comparison.Weight * p * (1 - p);
        var shrink = 1 / (1 + (curvature * variance));

        var mean = posterior.Mean.ToArray();
        var covariance = posterior.Covariance.ToArray();
        for (var row = 0; row < dimension; row++)
        {
            mean[row] += spread[row] * comparison.Weight * (1 - p) * shrink;
            for (var column = 0; column < dimension; column++)
            {
                // The product of the spreads comes first: it commutes exactly, which keeps the matrix symmetric.
                covariance[(row * dimension) + column] -= spread[row] * spread[column] * (curvature * shrink);
            }
        }

        return new(posterior.SpaceVersion, mean, covariance, posterior.Comparisons + 1);
    }

    /// <summary>
    /// Learns all comparisons anew: the Laplace approximation, at the maximum of the log posterior, which is concave and so
    /// has one. The same comparisons in the same order give the same taste to the last bit.
    /// </summary>
    public TastePosterior Rebuild(IReadOnlyList<Comparison> comparisons)
    {
        var evidence = comparisons.Select(comparison => (X: Difference(comparison.Preferred, comparison.Other), comparison.Weight)).ToArray();
        var mean = Community.Mean.ToArray();
        for (var iteration = 0; iteration < MaximumNewtonSteps; iteration++)
        {
            var (gradient, curvature) = Derivatives(mean, evidence);
            var factor = new Cholesky(curvature, mean.Length);
            var step = factor.Solve(gradient);

            // The Newton decrement: twice what the log posterior still has to gain.
            var decrement = Dot(gradient, step);
            if (decrement < 1e-18)
            {
                return new(Community.SpaceVersion, mean, factor.Inverse(), comparisons.Count);
            }

            mean = Advance(mean, step, decrement, evidence);
        }

        throw new InvalidOperationException($"The taste of {comparisons.Count} comparisons was not found in {MaximumNewtonSteps} steps.");
    }

    /// <summary>The probability that the person prefers <paramref name="a"/> to <paramref name="b"/>, the doubt about their taste included.</summary>
    public double Probability(TastePosterior posterior, StyleVector a, StyleVector b)
    {
        var x = Difference(a, b);
        var (_, variance) = Spread(posterior, x);
        return Sigmoid(Dot(posterior.Mean, x) / Math.Sqrt(1 + (Math.PI * variance / 8)));
    }

    /// <summary>
    /// What the answer to this pair is expected to tell about the taste, in nats: the entropy of the answer less what of it
    /// would remain if the taste were known (BALD; Houlsby et al. 2011, "Bayesian Active Learning for Classification and
    /// Preference Learning").
    /// </summary>
    public double Information(TastePosterior posterior, StyleVector a, StyleVector b)
    {
        var x = Difference(a, b);
        var (_, variance) = Spread(posterior, x);
        var z = Dot(posterior.Mean, x);
        var p = Sigmoid(z / Math.Sqrt(1 + (Math.PI * variance / 8)));

        // As there, a Gaussian stands in for the entropy of an answer at known log odds z, ln 2 at 0. Of that height, this
        // is the width with the same area, pi^2/3.
        var width = Math.PI * Math.PI / (3 * Math.Log(2) * Math.Sqrt(2 * Math.PI));
        var total = variance + (width * width);
        var remaining = Math.Log(2) * width / Math.Sqrt(total) * Math.Exp(-z * z / (2 * total));
        return Math.Max(0, Entropy(p) - remaining);
    }

    private static double Entropy(double p) => p is <= 0 or >= 1 ? 0 : -(p * Math.Log(p)) - ((1 - p) * Math.Log(1 - p));

    private static double Sigmoid(double z) => z >= 0 ? 1 / (1 + Math.Exp(-z)) : 1 - (1 / (1 + Math.Exp(z)));

    private static double LogSigmoid(double z) => z >= 0 ? -Math.Log(1 + Math.Exp(-z)) : z - Math.Log(1 + Math.Exp(z));

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <summary>Vx and x'Vx.</summary>
    private static (double[] Spread, double Variance) Spread(TastePosterior posterior, double[] x)
    {
        var dimension = posterior.Dimension;
        var spread = new double[dimension];
        for (var row = 0; row < dimension; row++)
        {
            spread[row] = Dot(posterior.Covariance.Slice(row * dimension, dimension), x);
        }

        return (spread, Dot(spread, x));
    }

    /// <summary>Goes along a Newton step, and only as far as it gains.</summary>
    private double[] Advance(double[] mean, double[] step, double decrement, (double[] X, double Weight)[] evidence)
    {
        // Below this the quadratic model holds, and rounding would hide the gain.
        const double Small = 1e-6;

        var before = decrement < Small ? 0 : LogPosterior(mean, evidence);
        var length = 1.0;
        while (true)
        {
            var next = mean.Select((weight, axis) => weight + (length * step[axis])).ToArray();
            if (decrement < Small || LogPosterior(next, evidence) >= before + (1e-4 * length * decrement))
            {
                return next;
            }

            length /= 2;
        }
    }

    private double LogPosterior(double[] weights, (double[] X, double Weight)[] evidence)
    {
        var deviation = Deviation(weights);
        var sum = -0.5 * Dot(deviation, Precise(deviation));
        foreach (var (x, weight) in evidence)
        {
            sum += weight * LogSigmoid(Dot(weights, x));
        }

        return sum;
    }

    /// <summary>The gradient of the log posterior, and the negative of its Hessian.</summary>
    private (double[] Gradient, double[] Curvature) Derivatives(double[] weights, (double[] X, double Weight)[] evidence)
    {
        var dimension = weights.Length;
        var gradient = Precise(Deviation(weights)).Select(pull => -pull).ToArray();
        var curvature = (double[])_precision.Clone();
        foreach (var (x, weight) in evidence)
        {
            var p = Sigmoid(Dot(weights, x));
            for (var row = 0; row < dimension; row++)
            {
                gradient[row] += weight * (1 - p) * x[row];
                for (var column = 0; column < dimension; column++)
                {
                    curvature[(row * dimension) + column] += x[row] * x[column] * (weight * p * (1 - p));
                }
            }
        }

        return (gradient, curvature);
    }

    private double[] Deviation(double[] weights)
    {
        var deviation = new double[weights.Length];
        for (var axis = 0; axis < weights.Length; axis++)
        {
            deviation[axis] = weights[axis] - Community.Mean[axis];
        }

        return deviation;
    }

    private double[] Precise(double[] deviation)
    {
        var product = new double[deviation.Length];
        for (var row = 0; row < deviation.Length; row++)
        {
            product[row] = Dot(_precision.AsSpan(row * deviation.Length, deviation.Length), deviation);
        }

        return product;
    }

    /// <summary>x = kappa (phi_a - phi_b). A style from an earlier space lacks the last axes, which were neutral then.</summary>
    private double[] Difference(StyleVector a, StyleVector b)
    {
        var x = new double[Community.Dimension];
        for (var axis = 0; axis < x.Length; axis++)
        {
            x[axis] = _slope * (Coordinate(a, axis) - Coordinate(b, axis));
        }

        return x;
    }

    private static double Coordinate(StyleVector style, int axis) => axis < style.Dimension ? style[axis] : 0;
}
