using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>
/// The Gaussian that stands for a taste after n comparisons. The Laplace approximation is the maximum of their log posterior,
/// which is concave and so has one, found by Newton's method, and the curvature there. From there, expectation propagation
/// goes on. Comparisons lie feature by feature, d rows of n, so that every sum over them is one long vector operation.
/// </summary>
internal sealed class PosteriorFit : IDisposable
{
    private const int MaxNewtonSteps = 100;

    // Five or so are enough for priors as wide as people differ, twenty for any a thousand times as wide. Should the turns ever
    // go round in a circle, from some turn on they are halved.
    private const int MaxTurns = 100;
    private const int WholeTurns = 25;

    // So many comparisons' triangular systems are solved together: they stay in the processor's cache.
    private const int AtATime = 32;

    // So many comparisons of every feature, likewise, where they are only read.
    private const int InCache = 256;

    // Rows beside the features: offsets, outcomes, weights, log odds, probabilities, residuals, room, variances, and two of factors.
    private const int OtherRows = 10;

    // Of the Newton decrement, twice what the log posterior still has to gain: the maximum to rounding, or near enough to go on
    // from it.
    private const double Exact = 1e-18;
    private const double Near = 0.3;

    // By how much of its standard deviation a turn may still move what any comparison is expected to be, and by how much of it
    // that deviation.
    private const double Settled = 1e-3;

    // Scaled features that differ by less are rounding.
    private const double Indistinct = 1e-6;

    private readonly double[] _priorMean;
    private readonly double[] _priorPrecision;
    private readonly int _dimension;
    private readonly double _slope;
    private readonly Comparison[] _telling;
    private readonly Comparison[] _others;
    private readonly int _count;
    private readonly double[] _rented;

    /// <param name="priorMean">d weights.</param>
    /// <param name="priorPrecision">The inverse of the prior's covariance, d by d, row by row.</param>
    /// <param name="slope">kappa.</param>
    public PosteriorFit(double[] priorMean, double[] priorPrecision, CommunityPrior community, double slope, IReadOnlyList<Comparison> comparisons)
    {
        _priorMean = priorMean;
        _priorPrecision = priorPrecision;
        _dimension = priorMean.Length;
        _slope = slope;
        var tells = comparisons.ToLookup(IsTelling);
        (_telling, _others) = ([.. tells[true]], [.. tells[false]]);
        _count = _telling.Length;
        _rented = ArrayPool<double>.Shared.Rent(((_dimension + OtherRows) * _count) + Math.Max(_dimension * AtATime, 2 * InCache));
        for (var i = 0; i < _count; i++)
        {
            var comparison = _telling[i];
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

    /// <summary>How doubtful the log odds are.</summary>
    private Span<double> Variances => Row(_dimension + 7);

    /// <summary>Each comparison's factor of the posterior is exp(-precision z^2/2 + shift z) in its log odds z.</summary>
    private Span<double> Precisions => Row(_dimension + 8);

    private Span<double> Shifts => Row(_dimension + 9);

    /// <summary>The Laplace approximation: the maximum and the factor of the curvature there, whose inverse is the covariance.</summary>
    /// <param name="start">Where to begin: the result differs by no more than rounding.</param>
    /// <exception cref="InvalidOperationException">The maximum was not found.</exception>
    public (double[] Mean, Cholesky Precision) Laplace(ReadOnlySpan<double> start) => Climb(start, Exact);

    /// <summary>
    /// The mean and the factor of the precision by expectation propagation (Minka 2001, "Expectation propagation for
    /// approximate Bayesian inference"), all comparisons at a time: each is replaced by the Gaussian factor that, beside all
    /// the others, gives its log odds the mean and variance that it gives itself. The posterior leans away from the prior, so
    /// that its maximum lies nearer to the prior than its mean, and predictions from there are too unsure, the more so the
    /// fewer comparisons there are for each weight; expectation propagation is close to sampling (Kuss and Rasmussen 2005,
    /// "Assessing approximate inference for binary Gaussian process classification"), and does not mistake for strong taste
    /// what comparisons only leave open.
    /// </summary>
    /// <param name="start">Where to begin: the result differs by some thousandths of its standard deviation.</param>
    /// <exception cref="InvalidOperationException">The maximum to begin from was not found.</exception>
    public (double[] Mean, Cholesky Precision) Propagate(ReadOnlySpan<double> start)
    {
        if (_count == 0)
        {
            return ([.. _priorMean], new Cholesky(_priorPrecision, _dimension));
        }

        var (mean, precision) = Climb(start, Near);

        // What the maximum makes of every comparison: h = weight p (1 - p), and what is left, weight (y - p).
        SetLogOdds(mean, LogOdds);
        SetResiduals();
        Probabilities.CopyTo(Precisions);
        TensorPrimitives.MultiplyAdd(Precisions, LogOdds, Residuals, Shifts);
        Variances.Clear();
        for (var turn = 0; turn < MaxTurns && !Expect(mean, precision); turn++)
        {
            SetFactors(turn < WholeTurns ? 1 : 0.5);
            (mean, precision) = Multiply();
        }

        return (mean, precision);
    }

    /// <summary>After <see cref="Propagate"/>, each comparison with the mean and variance of the liking w.x behind it, x the difference of features.</summary>
    public IEnumerable<(Comparison Comparison, double Liking, double Variance)> Predictions()
    {
        for (var i = 0; i < _count; i++)
        {
            yield return (_telling[i], (LogOdds[i] - Offsets[i]) / _slope, Variances[i] / (_slope * _slope));
        }

        foreach (var comparison in _others)
        {
            yield return (comparison, 0, 0);
        }
    }

    public void Dispose() => ArrayPool<double>.Shared.Return(_rented);

    /// <summary>Whether the features tell the two pictures apart: where they do not, a choice says nothing of the taste, and its log odds have no doubt to learn from.</summary>
    private static bool IsTelling(Comparison comparison)
    {
        var preferred = comparison.Preferred.Values;
        var other = comparison.Other.Values;
        for (var feature = 0; feature < preferred.Length; feature++)
        {
            if (Math.Abs(preferred[feature] - other[feature]) > Indistinct)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes up the log posterior until no more than this is left of the Newton decrement.</summary>
    private (double[] Mean, Cholesky Precision) Climb(ReadOnlySpan<double> start, double enough)
    {
        var mean = start.ToArray();
        var gradient = new double[_dimension];
        var curvature = new double[_dimension * _dimension];
        var value = double.NaN;
        for (var iteration = 0; iteration < MaxNewtonSteps; iteration++)
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

        throw new InvalidOperationException($"The taste of {_count} comparisons was not found in {MaxNewtonSteps} steps.");
    }

    /// <summary>One feature's difference in every comparison, or one of the rows after the features.</summary>
    private Span<double> Row(int row) => _rented.AsSpan(row * _count, _count);

    /// <summary>Room to work in.</summary>
    private Span<double> Working => _rented.AsSpan((_dimension + OtherRows) * _count);

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

    /// <summary>The log posterior, whose derivatives <see cref="Derivatives"/> gives.</summary>
    private double LogPosterior(double[] weights)
    {
        var (deviation, pull) = Pull(weights);
        var sum = -0.5 * TensorPrimitives.Dot<double>(deviation, pull);
        SetLogOdds(weights, LogOdds);
        var logOdds = LogOdds;
        var outcomes = Outcomes;
        var evidence = Weights;

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
        return sum + TensorPrimitives.Dot<double>(each, evidence);
    }

    /// <summary>What the Gaussian expects of every comparison's log odds: their mean, and their variance |L^-1 x|^2.</summary>
    /// <returns>Whether that is what it was before.</returns>
    private bool Expect(double[] mean, Cholesky precision)
    {
        Variances.CopyTo(Residuals);
        LogOdds.CopyTo(Probabilities);
        SetLogOdds(mean, LogOdds);
        for (var first = 0; first < _count; first += AtATime)
        {
            var count = Math.Min(AtATime, _count - first);
            BlockedProducts.SumSquaresOfSolved(precision, _rented.AsSpan(first), _count, Working, Variances.Slice(first, count), _dimension);
        }

        var before = Probabilities;
        var wasDoubtful = Residuals;
        var now = LogOdds;
        var doubtful = Variances;
        for (var i = 0; i < _count; i++)
        {
            if (Math.Abs(now[i] - before[i]) > Settled * Math.Sqrt(doubtful[i]) || Math.Abs(doubtful[i] - wasDoubtful[i]) > 2 * Settled * doubtful[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Each comparison's factor anew, from what is expected of its log odds without it.</summary>
    /// <param name="share">How far to go, 0 to 1.</param>
    private void SetFactors(double share)
    {
        for (var first = 0; first < _count; first += Vector<double>.Count)
        {
            var (factor, shift) = (Several(Precisions, first), Several(Shifts, first));

            // Rounding aside, the rest is never less than nothing: every factor is at least flat.
            var precision = Vector<double>.One / Several(Variances, first);
            var rest = Vector.Max(precision - factor, 1e-9 * precision);
            var restShift = (Several(LogOdds, first) * precision) - shift;
            var (mean, variance) = TiltedMoments.Moments(restShift / rest, Vector<double>.One / rest, Several(Outcomes, first), Several(Weights, first));
            factor += share * (Vector.Max((Vector<double>.One / variance) - rest, Vector<double>.Zero) - factor);
            shift += share * ((mean / variance) - restShift - shift);
            Put(factor, Precisions, first);
            Put(shift, Shifts, first);
        }
    }

    /// <summary>As many of a row as a vector holds; after the last, the last again.</summary>
    private static Vector<double> Several(ReadOnlySpan<double> row, int first)
    {
        var rest = row[first..];
        if (rest.Length >= Vector<double>.Count)
        {
            return new(rest);
        }

        Span<double> padded = stackalloc double[Vector<double>.Count];
        padded.Fill(rest[^1]);
        rest.CopyTo(padded);
        return new(padded);
    }

    private static void Put(Vector<double> values, Span<double> row, int first)
    {
        var rest = row[first..];
        if (!values.TryCopyTo(rest))
        {
            for (var lane = 0; lane < rest.Length; lane++)
            {
                rest[lane] = values[lane];
            }
        }
    }

    /// <summary>The prior times all factors.</summary>
    private (double[] Mean, Cholesky Precision) Multiply()
    {
        // About the prior's mean, under which the log odds are z_0, a factor pulls with shift - precision z_0.
        SetLogOdds(_priorMean, Residuals);
        TensorPrimitives.Multiply(Residuals, Precisions, Residuals);
        TensorPrimitives.Subtract(Shifts, Residuals, Residuals);
        var pull = new double[_dimension];
        for (var row = 0; row < _dimension; row++)
        {
            pull[row] = TensorPrimitives.Dot<double>(Row(row), Residuals);
        }

        var curvature = new double[_dimension * _dimension];
        SetCurvature(Precisions, curvature);
        var precision = new Cholesky(curvature, _dimension);
        var mean = precision.Solve(pull);
        TensorPrimitives.Add(mean, _priorMean, mean);
        return (mean, precision);
    }

    /// <summary>
    /// The gradient of the log posterior, and the lower triangle of the negative of its Hessian.
    /// </summary>
    private void Derivatives(double[] weights, double[] gradient, double[] curvature)
    {
        SetLogOdds(weights, LogOdds);
        SetResiduals();
        var (_, pull) = Pull(weights);
        for (var row = 0; row < _dimension; row++)
        {
            gradient[row] = TensorPrimitives.Dot<double>(Row(row), Residuals) - pull[row];
        }

        SetCurvature(Probabilities, curvature);
    }

    /// <summary>From the log odds: what is left of each outcome, weight (y - p), and in the place of p, h = weight p (1 - p).</summary>
    private void SetResiduals()
    {
        TensorPrimitives.Sigmoid<double>(LogOdds, Probabilities);
        TensorPrimitives.Subtract<double>(Outcomes, Probabilities, Residuals);
        TensorPrimitives.Multiply<double>(Residuals, Weights, Residuals);

        TensorPrimitives.Multiply<double>(Probabilities, Probabilities, Scratch);
        TensorPrimitives.Subtract<double>(Probabilities, Scratch, Probabilities);
        TensorPrimitives.Multiply<double>(Probabilities, Weights, Probabilities);
    }

    /// <summary>The lower triangle of the prior's precision and what each comparison adds to it.</summary>
    private void SetCurvature(ReadOnlySpan<double> each, double[] curvature)
    {
        _priorPrecision.CopyTo(curvature, 0);
        for (var first = 0; first < _count; first += InCache)
        {
            var count = Math.Min(InCache, _count - first);
            BlockedProducts.AddGram(_rented.AsSpan(first), _count, each.Slice(first, count), Working, curvature, _dimension);
        }
    }

    /// <summary>w - mu, and how the prior pulls it back.</summary>
    private (double[] Deviation, double[] Pull) Pull(double[] weights)
    {
        var deviation = new double[_dimension];
        TensorPrimitives.Subtract(weights, _priorMean, deviation);
        var pull = new double[_dimension];
        SymmetricMatrix.Multiply(_priorPrecision, deviation, pull);
        return (deviation, pull);
    }

    /// <summary>The log odds that the weights give each comparison.</summary>
    private void SetLogOdds(double[] weights, Span<double> logOdds)
    {
        Offsets.CopyTo(logOdds);
        for (var feature = 0; feature < _dimension; feature++)
        {
            TensorPrimitives.MultiplyAdd(Row(feature), weights[feature], logOdds, logOdds);
        }
    }
}
