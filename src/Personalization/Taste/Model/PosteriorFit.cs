using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>
/// The Gaussian approximation of a taste's posterior after n comparisons: the Laplace approximation, that is the maximum of the
/// log posterior, which is concave, and the curvature there, by Newton's method; then expectation propagation from there.
/// Differences of features are stored feature by feature, d rows of n, so that each sum over comparisons is one long vector
/// operation. What the person alone sees in a picture is one effect in all of their comparisons of it, see
/// <see cref="SharedEffects"/>.
/// </summary>
internal sealed class PosteriorFit : IDisposable
{
    private const int MaxNewtonSteps = 100;

    // About 5 iterations suffice for the usual priors, 20 for priors a thousand times as wide. Expectation propagation can
    // oscillate: it is damped by 0.5 after UndampedIterations.
    private const int MaxIterations = 100;
    private const int UndampedIterations = 25;

    // Rows after those of the features: offsets, outcomes, weights, log odds, probabilities, residuals, scratch, variances, two of
    // the approximate factors, and likelihoods.
    private const int OtherRows = 11;

    // Bounds of the Newton decrement, which is twice the distance of the log posterior from its maximum: to rounding, enough for
    // its value there, and close enough to start expectation propagation.
    private const double ExactDecrement = 1e-18;
    private const double EvidenceDecrement = 0.01;
    private const double RoughDecrement = 0.3;

    // Convergence: relative to the standard deviation of a comparison's log odds, the change of their mean and of that deviation,
    // and the change of the lapse rate. What is left to change is several times less.
    private const double Tolerance = 1e-2;
    private const double LapseTolerance = 1e-3;

    // The least precision of a cavity, relative to the posterior's.
    private const double MinCavity = 1e-6;

    // Scaled features that differ by less are equal up to rounding.
    private const double MinDifference = 1e-6;

    private readonly double[] _priorMean;
    private readonly double[] _priorPrecision;
    private readonly int _dimension;
    private readonly bool _followsChanges;
    private readonly SharedEffects? _shared;
    private readonly double[] _kappas;
    private readonly double _usualLapse;
    private readonly IReadOnlyList<Comparison> _comparisons;
    private readonly int _count;
    private readonly double[] _rented;
    private readonly float[] _workspace;

    /// <param name="priorMean">d weights.</param>
    /// <param name="priorPrecision">The inverse of the prior's covariance, d by d, row by row.</param>
    /// <param name="community">Gives the item effects, and the variance se^2 of the person's own.</param>
    /// <param name="comparisons">In order of time, where changes are followed.</param>
    /// <param name="sharesEffects">Whether the person's effect of a picture is the same in all comparisons of it; otherwise it is a new one in each.</param>
    /// <param name="followsChanges">Whether comparisons before a change of taste count less, see <see cref="ChangePoints"/>.</param>
    public PosteriorFit(double[] priorMean, double[] priorPrecision, CommunityPrior community, IReadOnlyList<Comparison> comparisons, bool sharesEffects, bool followsChanges = false)
    {
        _followsChanges = followsChanges;
        _priorMean = priorMean;
        _priorPrecision = priorPrecision;
        _dimension = priorMean.Length;
        Lapse = _usualLapse = community.Lapse;
        _comparisons = comparisons;
        Comparison[] informative = [.. comparisons.Where(IsInformative)];
        _count = informative.Length;
        _rented = ArrayPool<double>.Shared.Rent((_dimension + OtherRows) * _count);
        _workspace = ArrayPool<float>.Shared.Rent(BlockedProducts.WorkspaceLength(_dimension));
        if (sharesEffects)
        {
            var shared = SharedEffects.Of(informative, _dimension, community.PictureEffectVariance);
            (_shared, _kappas) = (shared.Stride > _count ? shared : null, shared.Kappas);
        }
        else
        {
            _kappas = new double[_count];
            Array.Fill(_kappas, community.Kappa);
        }

        for (var i = 0; i < _count; i++)
        {
            var comparison = informative[i];
            var kappa = _kappas[i];
            var preferred = comparison.Preferred.Values;
            var other = comparison.Other.Values;
            for (var feature = 0; feature < _dimension; feature++)
            {
                _rented[(feature * _count) + i] = kappa * (preferred[feature] - other[feature]);
            }

            Offsets[i] = kappa * (community.AppealOf(comparison.Preferred.Picture).Mean - community.AppealOf(comparison.Other.Picture).Mean);
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

    /// <summary>The variances of the log odds.</summary>
    private Span<double> Variances => Row(_dimension + 7);

    /// <summary>Each comparison's likelihood is approximated by the factor exp(-precision z^2/2 + shift z) of its log odds z.</summary>
    private Span<double> Precisions => Row(_dimension + 8);

    private Span<double> Shifts => Row(_dimension + 9);

    /// <summary>The probability of each answer given all others, if it was meant.</summary>
    private Span<double> Likelihoods => Row(_dimension + 10);

    /// <summary>After <see cref="Propagate"/>, the person's <see cref="Model.LapseRate"/>.</summary>
    public double Lapse { get; private set; }

    /// <summary>After <see cref="Propagate"/>, where the comparisons most probably ceased to follow one taste; null without signs of it.</summary>
    public ChangePoint? Change { get; private set; }

    /// <summary>The Laplace approximation: the maximum, and the Cholesky factor of the precision, which is the negative Hessian there.</summary>
    /// <param name="start">Where Newton's method starts, d weights; it changes the result by rounding only.</param>
    /// <exception cref="InvalidOperationException">The maximum was not found.</exception>
    public (double[] Mean, Cholesky Precision) Laplace(ReadOnlySpan<double> start) => Maximize(start, ExactDecrement);

    /// <summary>
    /// The mean and the Cholesky factor of the precision by expectation propagation (Minka 2001, "Expectation propagation for
    /// approximate Bayesian inference") with parallel updates. The likelihood of each comparison is replaced by the Gaussian
    /// factor with which the log odds have the mean and variance of the tilted distribution. The posterior is skewed away from
    /// the prior: its maximum is closer to the prior than its mean, so that Laplace predictions are underconfident, the more so
    /// the fewer comparisons there are for each weight. Expectation propagation is close to sampling (Kuss and Rasmussen 2005,
    /// "Assessing approximate inference for binary Gaussian process classification").
    /// </summary>
    /// <param name="start">Where to start, d weights; it changes the result by some thousandths of a standard deviation.</param>
    /// <exception cref="InvalidOperationException">The maximum from which to start was not found.</exception>
    public (double[] Mean, Cholesky Precision) Propagate(ReadOnlySpan<double> start)
    {
        if (_count == 0)
        {
            return Prior();
        }

        var (mean, precision) = Maximize(start, RoughDecrement);
        if (_followsChanges && FindChanges(mean, precision) is { } points)
        {
            Change = new(points.Kind, points.Probability(points.Kind), IndexOfInformative(points.Best(points.Kind)));
            TensorPrimitives.Multiply(Weights, points.Presence(_count), Weights);
            (mean, precision) = Maximize(mean, RoughDecrement);
        }

        // Initial factors are those of the Laplace approximation: precision h = weight p (1 - p), shift h z + weight (y - p).
        SetLogOdds(mean, LogOdds);
        SetResiduals();
        Probabilities.CopyTo(Precisions);
        TensorPrimitives.MultiplyAdd(Precisions, LogOdds, Residuals, Shifts);
        return Iterate(_shared is null ? (mean, precision) : Multiply());
    }

    /// <summary><see cref="Propagate"/>, from the <see cref="Factors"/> of an earlier fit to the same comparisons, under another prior.</summary>
    public (double[] Mean, Cholesky Precision) Resume(PosteriorFactors start)
    {
        if (_count == 0)
        {
            return Prior();
        }

        start.Precisions.CopyTo(Precisions);
        start.Shifts.CopyTo(Shifts);
        Lapse = start.Lapse;
        return Iterate(Multiply());
    }

    /// <summary>After <see cref="Propagate"/>, where it ended.</summary>
    public PosteriorFactors Factors() => new(Precisions.ToArray(), Shifts.ToArray(), Lapse);

    private (double[] Mean, Cholesky Precision) Prior() => ([.. _priorMean], new Cholesky(_priorPrecision, _dimension));

    /// <summary>Updates the factors until they have converged.</summary>
    private (double[] Mean, Cholesky Precision) Iterate((double[] Mean, Cholesky Precision) start)
    {
        Variances.Clear();
        var (mean, precision) = start;
        var isSettled = true;
        for (var iteration = 0; iteration < MaxIterations && !(Expect(mean, precision) && isSettled); iteration++)
        {
            SetFactors(iteration < UndampedIterations ? 1 : 0.5);
            var lapse = LapseRate.Estimate(Outcomes, Weights, Likelihoods, _usualLapse, Lapse);
            (isSettled, Lapse) = (Math.Abs(lapse - Lapse) < LapseTolerance, lapse);
            (mean, precision) = Multiply();
        }

        return (mean, precision);
    }

    /// <summary>The mean and variance of w.x for each comparison in its order, x the difference of features, under the result of <see cref="Propagate"/>.</summary>
    public Prediction[] Predictions(double[] mean, Cholesky precision)
    {
        if (_shared is not null)
        {
            // They are of w.x and the effects together.
            SetLogOdds(mean, LogOdds);
            SetVariances(precision, _rented, _count, Variances);
        }

        var predictions = new Prediction[_comparisons.Count];
        var next = 0;
        for (var i = 0; i < predictions.Length; i++)
        {
            if (IsInformative(_comparisons[i]))
            {
                predictions[i] = new((LogOdds[next] - Offsets[next]) / _kappas[next], Variances[next] / (_kappas[next] * _kappas[next]), Weights[next]);
                next++;
            }
            else
            {
                predictions[i] = new(0, 0, _comparisons[i].Weight);
            }
        }

        return predictions;
    }

    /// <summary>After <see cref="Propagate"/>, what the comparisons tell of se^2, see <see cref="SharedEffects.Evidence"/>; nothing where no picture recurs.</summary>
    public (double Squares, double Determined) EffectEvidence(double[] mean, Cholesky precision)
    {
        if (_shared is null)
        {
            return (0, 0);
        }

        var variances = new double[_shared.Stride - _count];
        SetVariances(precision, _shared.Reduced[_count..], _shared.Stride, variances);
        return _shared.Evidence(DeviationOf(mean), variances);
    }

    public void Dispose()
    {
        _shared?.Dispose();
        ArrayPool<double>.Shared.Return(_rented);
        ArrayPool<float>.Shared.Return(_workspace);
    }

    /// <summary>Whether the features of the two pictures differ: if not, the choice tells of the weights at most by way of shared effects, which is left out, and the variance of its log odds may be 0.</summary>
    private static bool IsInformative(Comparison comparison)
    {
        var preferred = comparison.Preferred.Values;
        var other = comparison.Other.Values;
        for (var feature = 0; feature < preferred.Length; feature++)
        {
            if (Math.Abs(preferred[feature] - other[feature]) > MinDifference)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the comparisons cease to follow one taste; null without signs of it.</summary>
    /// <param name="mean">The maximum for all comparisons, and <paramref name="precision"/> there.</param>
    private ChangePoints? FindChanges(double[] mean, Cholesky precision)
    {
        var (weights, halfPrior) = (Weights.ToArray(), 0.5 * new Cholesky(_priorPrecision, _dimension).LogDeterminant());
        var without = LogPosterior(mean) + halfPrior - (0.5 * precision.LogDeterminant());
        var points = ChangePoints.Find(_rented.AsSpan(0, _dimension * _count), Expand(mean), Expand(_priorMean), weights, without, _priorPrecision, _workspace);
        if (points is null)
        {
            return null;
        }

        without = Evidence(0, _count);
        var change = points.Best(ChangeKind.OtherTaste);
        points.Correct(ChangeKind.OtherTaste, Evidence(0, change) + Evidence(change, _count) - without);
        var random = points.Best(ChangeKind.Random);
        points.Correct(ChangeKind.Random, Evidence(0, random) + ChangePoints.CoinEvidence(weights.AsSpan(random)) - without);
        return points.IsProbable ? points : null;

        LikelihoodExpansion Expand(double[] weightsThere)
        {
            SetLogOdds(weightsThere, LogOdds);
            SetLogLikelihoods(Variances);
            SetResiduals();
            return new(Variances.ToArray(), Residuals.ToArray(), Probabilities.ToArray(), DeviationOf(weightsThere));
        }

        // The log evidence of some comparisons, by Laplace's approximation.
        double Evidence(int first, int end)
        {
            Weights[..first].Clear();
            Weights[end..].Clear();
            var (maximum, curvature) = Maximize(mean, EvidenceDecrement);
            var evidence = LogPosterior(maximum) + halfPrior - (0.5 * curvature.LogDeterminant());
            weights.CopyTo(Weights);
            return evidence;
        }
    }

    /// <summary>The place among all comparisons of one of those that are informative.</summary>
    private int IndexOfInformative(int index) =>
        Enumerable.Range(0, _comparisons.Count).Where(i => IsInformative(_comparisons[i])).ElementAt(index);

    /// <summary>Maximises the log posterior by Newton's method until the Newton decrement is below <paramref name="tolerance"/>.</summary>
    private (double[] Mean, Cholesky Precision) Maximize(ReadOnlySpan<double> start, double tolerance)
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
            if (decrement < tolerance)
            {
                return (mean, factor);
            }

            mean = Advance(mean, step, decrement, ref value);
        }

        throw new InvalidOperationException($"The posterior maximum of {_count} comparisons was not found in {MaxNewtonSteps} Newton steps.");
    }

    /// <summary>One feature's difference in each comparison, times kappa, or one of the rows after the features.</summary>
    private Span<double> Row(int row) => _rented.AsSpan(row * _count, _count);

    /// <summary>Takes a Newton step, shortened by backtracking until the log posterior increases enough (Armijo 1966).</summary>
    /// <param name="value">The log posterior at the mean, or NaN if unknown; on return, at the result.</param>
    private double[] Advance(double[] mean, double[] step, double decrement, ref double value)
    {
        // Below this the quadratic model is exact enough, and rounding would hide the increase.
        const double SmallDecrement = 1e-6;

        var next = new double[_dimension];
        TensorPrimitives.Add(mean, step, next);
        if (decrement < SmallDecrement)
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

    /// <summary>The log posterior without its constant; see <see cref="Derivatives"/>.</summary>
    private double LogPosterior(double[] weights)
    {
        var (deviation, pull) = Pull(weights);
        var sum = -0.5 * TensorPrimitives.Dot<double>(deviation, pull);
        SetLogOdds(weights, LogOdds);
        SetLogLikelihoods(Residuals);
        return sum + TensorPrimitives.Sum<double>(Residuals);
    }

    /// <summary>Sets a row to weight times ln sigma(z) - (1 - y) z, from the log odds z; ln sigma(z) = min(z, 0) - ln(1 + e^-|z|).</summary>
    private void SetLogLikelihoods(Span<double> each)
    {
        var logOdds = LogOdds;
        TensorPrimitives.Abs<double>(logOdds, each);
        TensorPrimitives.Negate<double>(each, each);
        TensorPrimitives.Exp<double>(each, each);
        TensorPrimitives.LogP1<double>(each, each);
        TensorPrimitives.Min<double>(logOdds, 0, Scratch);
        TensorPrimitives.Subtract<double>(Scratch, each, each);
        TensorPrimitives.Subtract<double>(1, Outcomes, Scratch);
        TensorPrimitives.Multiply<double>(Scratch, logOdds, Scratch);
        TensorPrimitives.Subtract<double>(each, Scratch, each);
        TensorPrimitives.Multiply<double>(each, Weights, each);
    }

    /// <summary>The variance |L^-1 x|^2 of each column of a matrix under a Gaussian with precision LL'.</summary>
    /// <param name="stride">The distance between rows of the matrix.</param>
    private void SetVariances(Cholesky precision, ReadOnlySpan<double> x, int stride, Span<double> variances) =>
        BlockedProducts.SetQuadraticForms(precision, x, stride, _workspace, variances, _dimension);

    private double[] DeviationOf(double[] mean)
    {
        var deviation = new double[_dimension];
        TensorPrimitives.Subtract(mean, _priorMean, deviation);
        return deviation;
    }

    /// <summary>Computes the mean and the variance |L^-1 x|^2 of each comparison's log odds under a Gaussian with precision LL'.</summary>
    /// <returns>Whether they have converged: they changed by less than <see cref="Tolerance"/>.</returns>
    private bool Expect(double[] mean, Cholesky precision)
    {
        Variances.CopyTo(Residuals);
        LogOdds.CopyTo(Probabilities);
        SetLogOdds(mean, LogOdds);
        if (_shared is null)
        {
            SetVariances(precision, _rented, _count, Variances);
        }
        else
        {
            _shared.AddMeans(DeviationOf(mean), LogOdds);
            SetVariances(precision, _shared.Reduced, _shared.Stride, Variances);
            _shared.AddVariances(Variances);
        }

        var before = Probabilities;
        var previousVariances = Residuals;
        var now = LogOdds;
        var variances = Variances;
        for (var i = 0; i < _count; i++)
        {
            if (Math.Abs(now[i] - before[i]) > Tolerance * Math.Sqrt(variances[i]) || Math.Abs(variances[i] - previousVariances[i]) > 2 * Tolerance * variances[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Updates each comparison's factor from its cavity distribution, the log odds without that factor.</summary>
    /// <param name="damping">The step size, above 0 and at most 1.</param>
    private void SetFactors(double damping)
    {
        for (var first = 0; first < _count; first += Vector<double>.Count)
        {
            var (factor, shift) = (Load(Precisions, first), Load(Shifts, first));

            // With exact variances the cavity precision is above 0, because no factor has a negative precision. Those of shared
            // effects are approximate where comparisons form cycles: a factor that would leave too little stays as it is.
            var precision = Vector<double>.One / Load(Variances, first);
            var usable = Vector.GreaterThan(precision - factor, MinCavity * precision);
            var cavity = Vector.ConditionalSelect(usable, precision - factor, precision);
            var cavityShift = (Load(LogOdds, first) * precision) - shift;
            var outcome = Load(Outcomes, first);
            var lapse = Vector.ConditionalSelect(Vector.Equals(outcome, Vector<double>.One), new Vector<double>(Lapse), Vector<double>.Zero);
            var (mean, variance, likelihood) = TiltedMoments.Moments(cavityShift / cavity, Vector<double>.One / cavity, outcome, Load(Weights, first), lapse);

            // An answer that is probably a lapse would have a negative precision: where it is cut to 0, the shift keeps the mean.
            var next = Vector.Max((Vector<double>.One / variance) - cavity, Vector<double>.Zero);
            factor += Vector.ConditionalSelect(usable, damping * (next - factor), Vector<double>.Zero);
            shift += Vector.ConditionalSelect(usable, damping * ((mean * (cavity + next)) - cavityShift - shift), Vector<double>.Zero);
            Store(likelihood, Likelihoods, first);
            Store(factor, Precisions, first);
            Store(shift, Shifts, first);
        }
    }

    /// <summary>A vector of consecutive numbers of a row; past its end, the last number is repeated.</summary>
    private static Vector<double> Load(ReadOnlySpan<double> row, int first)
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

    private static void Store(Vector<double> values, Span<double> row, int first)
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

    /// <summary>The Gaussian that is the product of the prior and all factors.</summary>
    private (double[] Mean, Cholesky Precision) Multiply()
    {
        // Relative to the prior mean, where the log odds are z_0, the gradient of a factor is shift - precision z_0.
        SetLogOdds(_priorMean, Residuals);
        TensorPrimitives.Multiply(Residuals, Precisions, Residuals);
        TensorPrimitives.Subtract(Shifts, Residuals, Residuals);
        _shared?.Eliminate(_rented, _count, Precisions, Residuals);
        var pull = new double[_dimension];
        for (var row = 0; row < _dimension; row++)
        {
            pull[row] = TensorPrimitives.Dot<double>(Row(row), Residuals);
        }

        var curvature = new double[_dimension * _dimension];
        if (_shared is null)
        {
            SetCurvature(_rented, Precisions, curvature);
        }
        else
        {
            SetCurvature(_shared.Reduced, _shared.Weights, curvature);
        }

        var precision = new Cholesky(curvature, _dimension);
        var mean = precision.Solve(pull);
        TensorPrimitives.Add(mean, _priorMean, mean);
        return (mean, precision);
    }

    /// <summary>The gradient of the log posterior, and the lower triangle of its negative Hessian.</summary>
    private void Derivatives(double[] weights, double[] gradient, double[] curvature)
    {
        SetLogOdds(weights, LogOdds);
        SetResiduals();
        var (_, pull) = Pull(weights);
        for (var row = 0; row < _dimension; row++)
        {
            gradient[row] = TensorPrimitives.Dot<double>(Row(row), Residuals) - pull[row];
        }

        SetCurvature(_rented, Probabilities, curvature);
    }

    /// <summary>Sets <see cref="Residuals"/> to weight (y - p) and <see cref="Probabilities"/> to h = weight p (1 - p), from the log odds.</summary>
    private void SetResiduals()
    {
        TensorPrimitives.Sigmoid<double>(LogOdds, Probabilities);
        TensorPrimitives.Subtract<double>(Outcomes, Probabilities, Residuals);
        TensorPrimitives.Multiply<double>(Residuals, Weights, Residuals);

        TensorPrimitives.Multiply<double>(Probabilities, Probabilities, Scratch);
        TensorPrimitives.Subtract<double>(Probabilities, Scratch, Probabilities);
        TensorPrimitives.Multiply<double>(Probabilities, Weights, Probabilities);
    }

    /// <summary>The lower triangle of the prior precision + X' diag(h) X, with X of as many columns as there are <paramref name="weights"/> h.</summary>
    private void SetCurvature(ReadOnlySpan<double> x, ReadOnlySpan<double> weights, double[] curvature)
    {
        _priorPrecision.CopyTo(curvature, 0);
        BlockedProducts.AddGram(x, weights.Length, weights, _workspace, curvature, _dimension);
    }

    /// <summary>w - mu, and the prior precision times it.</summary>
    private (double[] Deviation, double[] Pull) Pull(double[] weights)
    {
        var deviation = DeviationOf(weights);
        var pull = new double[_dimension];
        SymmetricMatrix.Multiply(_priorPrecision, deviation, pull);
        return (deviation, pull);
    }

    /// <summary>The log odds of each comparison under given weights.</summary>
    private void SetLogOdds(double[] weights, Span<double> logOdds)
    {
        Offsets.CopyTo(logOdds);
        for (var feature = 0; feature < _dimension; feature++)
        {
            TensorPrimitives.MultiplyAdd(Row(feature), weights[feature], logOdds, logOdds);
        }
    }
}
