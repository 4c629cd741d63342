using System.Buffers;
using System.Numerics.Tensors;

namespace Personalization.Taste;

/// <summary>
/// The Gaussian that stands for a taste after n comparisons. The Laplace approximation is the maximum of their log posterior,
/// which is concave and so has one, found by Newton's method, and the curvature there. From there, the variational one is
/// found. Comparisons lie feature by feature, d rows of n, so that every sum over them is one long vector operation.
/// </summary>
internal sealed class LaplaceFit : IDisposable
{
    private const int MaximumNewtonSteps = 100;

    // Enough for any prior up to a thousand times as wide as people differ; beyond that the turns may go round in a circle, any
    // point of which will do.
    private const int MaximumTurns = 100;

    // So many comparisons' triangular systems are solved together: they stay in the processor's cache.
    private const int AtATime = 128;

    // So many comparisons of every feature, likewise, where they are only read.
    private const int InCache = 256;

    // Of the Newton decrement, twice what the log posterior still has to gain: the maximum to rounding, near enough to go on
    // from it, and the mean to a thousandth of its standard deviation.
    private const double Exact = 1e-18;
    private const double Near = 1e-2;
    private const double Settled = 1e-5;

    // By how much doubt may still flatten log odds more or less.
    private const double SettledSlope = 1e-3;

    private readonly double[] _priorMean;
    private readonly double[] _priorPrecision;
    private readonly int _dimension;
    private readonly int _count;
    private readonly double[] _rented;

    /// <param name="priorMean">d weights.</param>
    /// <param name="priorPrecision">The inverse of the prior's covariance, d by d, row by row.</param>
    /// <param name="slope">kappa.</param>
    public LaplaceFit(double[] priorMean, double[] priorPrecision, CommunityPrior community, double slope, IReadOnlyList<Comparison> comparisons)
    {
        _priorMean = priorMean;
        _priorPrecision = priorPrecision;
        _dimension = priorMean.Length;
        _count = comparisons.Count;
        _rented = ArrayPool<double>.Shared.Rent(((_dimension + 8) * _count) + Math.Max(_dimension * AtATime, 2 * InCache));
        for (var i = 0; i < _count; i++)
        {
            var comparison = comparisons[i];
            var preferred = comparison.Preferred.Values;
            var other = comparison.Other.Values;
            for (var feature = 0; feature < _dimension; feature++)
            {
                _rented[(feature * _count) + i] = slope * (preferred[feature] - other[feature]);
            }

            Offsets[i] = slope * (community.AppealOf(comparison.Preferred.Picture).Mean - community.AppealOf(comparison.Other.Picture).Mean);
            Outcomes[i] = comparison.Outcome;
            Weights[i] = comparison.Weight;
        }
    }

    private Span<double> Offsets => Row(_dimension);

    private Span<double> Outcomes => Row(_dimension + 1);

    private Span<double> Weights => Row(_dimension + 2);

    private Span<double> LogOdds => Row(_dimension + 3);

    private Span<double> Probabilities => Row(_dimension + 4);

    private Span<double> Residuals => Row(_dimension + 5);

    private Span<double> Scratch => Row(_dimension + 6);

    /// <summary>By how much doubt flattens the log odds of each comparison; 1 where there is none.</summary>
    private Span<double> Slopes => Row(_dimension + 7);

    /// <summary>The maximum and the factor of the curvature there, whose inverse is the covariance.</summary>
    /// <param name="start">Where to begin: the result differs by no more than rounding.</param>
    /// <exception cref="InvalidOperationException">The maximum was not found.</exception>
    public (double[] Mean, Cholesky Precision) Maximum(ReadOnlySpan<double> start)
    {
        Slopes.Fill(1);
        return Climb(start, Exact);
    }

    /// <summary>
    /// The mean and the factor of the precision of the Gaussian nearest to the posterior: where the gradient and the curvature
    /// of the log posterior vanish and are the precision when averaged over the Gaussian itself, instead of taken at the
    /// maximum (Opper and Archambeau 2009, "The variational Gaussian approximation revisited"). The posterior leans away from
    /// the prior, so that its maximum lies nearer to the prior than its mean, and predictions from there are too unsure, the
    /// more so the fewer comparisons there are for each weight (Kuss and Rasmussen 2005, "Assessing approximate inference for
    /// binary Gaussian process classification").
    /// </summary>
    /// <param name="start">Where to begin: the result differs by some thousandths of its standard deviation.</param>
    /// <exception cref="InvalidOperationException">A maximum on the way was not found.</exception>
    public (double[] Mean, Cholesky Precision) Solve(ReadOnlySpan<double> start)
    {
        // Doubt and mean answer each other. With the doubt held, the mean is the maximum of a concave function again; a few
        // turns settle both.
        Slopes.Fill(1);
        var (mean, precision) = Climb(start, Near);
        var moved = double.MaxValue;
        for (var turn = 0; turn < MaximumTurns && moved > SettledSlope; turn++)
        {
            moved = SetSlopes(precision);
            (mean, precision) = Climb(mean, Settled);
        }

        return (mean, precision);
    }

    public void Dispose() => ArrayPool<double>.Shared.Return(_rented);

    /// <summary>Goes up the log posterior, for the slopes as they are, until no more than this is left of the Newton decrement.</summary>
    private (double[] Mean, Cholesky Precision) Climb(ReadOnlySpan<double> start, double enough)
    {
        var mean = start.ToArray();
        var gradient = new double[_dimension];
        var curvature = new double[_dimension * _dimension];
        var value = double.NaN;
        for (var iteration = 0; iteration < MaximumNewtonSteps; iteration++)
        {
            Derivatives(mean, gradient, curvature);
            var factor = new Cholesky(curvature, _dimension);
            var step = factor.Solve(gradient);

            var decrement = TensorPrimitives.Dot<double>(gradient, step);
            if (decrement < enough)
            {
                return (mean, factor);
            }

            mean = Advance(mean, step, decrement, ref value);
        }

        throw new InvalidOperationException($"The taste of {_count} comparisons was not found in {MaximumNewtonSteps} steps.");
    }

    /// <summary>One feature's difference in every comparison, or one of the rows after the features.</summary>
    private Span<double> Row(int row) => _rented.AsSpan(row * _count, _count);

    /// <summary>Room to work in.</summary>
    private Span<double> Working => _rented.AsSpan((_dimension + 8) * _count);

    /// <summary>Goes along a Newton step, and only as far as it gains.</summary>
    /// <param name="value">The log posterior at the mean, and then at the result; not a number where nobody has asked.</param>
    private double[] Advance(double[] mean, double[] step, double decrement, ref double value)
    {
        // Below this the quadratic model holds, and rounding would hide the gain.
        const double Small = 1e-6;

        var next = new double[_dimension];
        TensorPrimitives.Add(mean, step, next);
        if (decrement < Small)
        {
            return next;
        }

        var before = double.IsNaN(value) ? LogPosterior(mean) : value;
        var length = 1.0;
        while ((value = LogPosterior(next)) < before + (1e-4 * length * decrement))
        {
            length /= 2;
            TensorPrimitives.MultiplyAdd(step, length, mean, next);
        }

        return next;
    }

    /// <summary>The log posterior for the slopes as they are, whose derivatives <see cref="Derivatives"/> gives.</summary>
    private double LogPosterior(double[] weights)
    {
        var (deviation, pull) = Pull(weights);
        var sum = -0.5 * TensorPrimitives.Dot<double>(deviation, pull);
        SetLogOdds(weights);
        var logOdds = LogOdds;
        var outcomes = Outcomes;
        var evidence = Weights;
        var slopes = Slopes;

        // ln sigma(z) - (1 - y) z, where ln sigma(z) = min(z, 0) - ln(1 + e^-|z|).
        var each = Residuals;
        TensorPrimitives.Abs<double>(logOdds, each);
        TensorPrimitives.Negate<double>(each, each);
        TensorPrimitives.Exp<double>(each, each);
        TensorPrimitives.LogP1<double>(each, each);
        TensorPrimitives.Min<double>(logOdds, 0, Scratch);
        TensorPrimitives.Subtract<double>(Scratch, each, each);
        TensorPrimitives.Subtract<double>(1, outcomes, Scratch);
        TensorPrimitives.Multiply<double>(Scratch, logOdds, Scratch);
        TensorPrimitives.Subtract<double>(each, Scratch, each);
        TensorPrimitives.Divide<double>(each, slopes, each);
        return sum + TensorPrimitives.Dot<double>(each, evidence);
    }

    /// <summary>From the precision LL' of the weights, how doubtful every comparison's log odds are: |L^-1 x|^2.</summary>
    /// <returns>By how much the slope of any comparison has changed at most.</returns>
    private double SetSlopes(Cholesky precision)
    {
        var moved = 0.0;
        for (var first = 0; first < _count; first += AtATime)
        {
            var count = Math.Min(AtATime, _count - first);
            var variances = Scratch[..count];
            Tiles.SumSquaresOfSolved(precision, _rented.AsSpan(first), _count, Working, variances, _dimension);
            var slopes = Slopes.Slice(first, count);
            for (var i = 0; i < count; i++)
            {
                var slope = Logistic.Slope(variances[i]);
                moved = Math.Max(moved, Math.Abs(slope - slopes[i]));
                slopes[i] = slope;
            }
        }

        return moved;
    }

    /// <summary>
    /// The gradient of the log posterior, and the lower triangle of the negative of its Hessian, both averaged over the doubt
    /// that the slopes stand for.
    /// </summary>
    private void Derivatives(double[] weights, double[] gradient, double[] curvature)
    {
        SetLogOdds(weights);
        TensorPrimitives.Sigmoid<double>(LogOdds, Probabilities);
        TensorPrimitives.Subtract<double>(Outcomes, Probabilities, Residuals);
        TensorPrimitives.Multiply<double>(Residuals, Weights, Residuals);

        // h = weight slope p (1 - p) takes the place of p.
        TensorPrimitives.Multiply<double>(Probabilities, Probabilities, Scratch);
        TensorPrimitives.Subtract<double>(Probabilities, Scratch, Probabilities);
        TensorPrimitives.Multiply<double>(Probabilities, Weights, Probabilities);
        TensorPrimitives.Multiply<double>(Probabilities, Slopes, Probabilities);

        var (_, pull) = Pull(weights);
        for (var row = 0; row < _dimension; row++)
        {
            gradient[row] = TensorPrimitives.Dot<double>(Row(row), Residuals) - pull[row];
        }

        _priorPrecision.CopyTo(curvature, 0);
        for (var first = 0; first < _count; first += InCache)
        {
            var count = Math.Min(InCache, _count - first);
            Tiles.AddGram(_rented.AsSpan(first), _count, Probabilities.Slice(first, count), Working, curvature, _dimension);
        }
    }

    /// <summary>w - mu, and how the prior pulls it back.</summary>
    private (double[] Deviation, double[] Pull) Pull(double[] weights)
    {
        var deviation = new double[_dimension];
        TensorPrimitives.Subtract(weights, _priorMean, deviation);
        var pull = new double[_dimension];
        Matrix.Multiply(_priorPrecision, deviation, pull);
        return (deviation, pull);
    }

    /// <summary>The log odds that the weights give each comparison, flattened by its slope.</summary>
    private void SetLogOdds(double[] weights)
    {
        var logOdds = LogOdds;
        Offsets.CopyTo(logOdds);
        for (var feature = 0; feature < _dimension; feature++)
        {
            TensorPrimitives.MultiplyAdd(Row(feature), weights[feature], logOdds, logOdds);
        }

        TensorPrimitives.Multiply(logOdds, Slopes, logOdds);
    }
}
