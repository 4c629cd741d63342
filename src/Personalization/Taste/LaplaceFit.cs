using System.Buffers;
using System.Numerics.Tensors;

namespace Personalization.Taste;

/// <summary>
/// The Laplace approximation to a taste: the maximum of the log posterior of n comparisons, which is concave and so has one,
/// found by Newton's method, and the curvature there. Comparisons lie feature by feature, d rows of n, so that every
/// sum over them is one long vector operation.
/// </summary>
internal sealed class LaplaceFit : IDisposable
{
    private const int MaximumNewtonSteps = 100;

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
        _rented = ArrayPool<double>.Shared.Rent((_dimension + 7) * _count);
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

    /// <summary>The maximum and the factor of the curvature there, whose inverse is the covariance.</summary>
    /// <param name="start">Where to begin: the result differs by no more than rounding.</param>
    /// <exception cref="InvalidOperationException">The maximum was not found.</exception>
    public (double[] Mean, Cholesky Precision) Solve(ReadOnlySpan<double> start)
    {
        var mean = start.ToArray();
        var gradient = new double[_dimension];
        var curvature = new double[_dimension * _dimension];
        for (var iteration = 0; iteration < MaximumNewtonSteps; iteration++)
        {
            Derivatives(mean, gradient, curvature);
            var factor = new Cholesky(curvature, _dimension);
            var step = factor.Solve(gradient);

            // The Newton decrement: twice what the log posterior still has to gain.
            var decrement = TensorPrimitives.Dot<double>(gradient, step);
            if (decrement < 1e-18)
            {
                return (mean, factor);
            }

            mean = Advance(mean, step, decrement);
        }

        throw new InvalidOperationException($"The taste of {_count} comparisons was not found in {MaximumNewtonSteps} steps.");
    }

    public void Dispose() => ArrayPool<double>.Shared.Return(_rented);

    /// <summary>One feature's difference in every comparison, or one of the rows after the features.</summary>
    private Span<double> Row(int row) => _rented.AsSpan(row * _count, _count);

    /// <summary>Goes along a Newton step, and only as far as it gains.</summary>
    private double[] Advance(double[] mean, double[] step, double decrement)
    {
        // Below this the quadratic model holds, and rounding would hide the gain.
        const double Small = 1e-6;

        var before = decrement < Small ? 0 : LogPosterior(mean);
        var length = 1.0;
        var next = new double[_dimension];
        while (true)
        {
            TensorPrimitives.MultiplyAdd(step, length, mean, next);
            if (decrement < Small || LogPosterior(next) >= before + (1e-4 * length * decrement))
            {
                return next;
            }

            length /= 2;
        }
    }

    private double LogPosterior(double[] weights)
    {
        var (deviation, pull) = Pull(weights);
        var sum = -0.5 * TensorPrimitives.Dot<double>(deviation, pull);
        SetLogOdds(weights);
        var logOdds = LogOdds;
        var outcomes = Outcomes;
        var evidence = Weights;
        for (var i = 0; i < _count; i++)
        {
            sum += evidence[i] * (Logistic.LogSigmoid(logOdds[i]) - ((1 - outcomes[i]) * logOdds[i]));
        }

        return sum;
    }

    /// <summary>The gradient of the log posterior, and the lower triangle of the negative of its Hessian.</summary>
    private void Derivatives(double[] weights, double[] gradient, double[] curvature)
    {
        SetLogOdds(weights);
        TensorPrimitives.Sigmoid<double>(LogOdds, Probabilities);
        TensorPrimitives.Subtract<double>(Outcomes, Probabilities, Residuals);
        TensorPrimitives.Multiply<double>(Residuals, Weights, Residuals);

        // h = weight p (1 - p) takes the place of p.
        TensorPrimitives.Multiply<double>(Probabilities, Probabilities, Scratch);
        TensorPrimitives.Subtract<double>(Probabilities, Scratch, Probabilities);
        TensorPrimitives.Multiply<double>(Probabilities, Weights, Probabilities);

        var (_, pull) = Pull(weights);
        for (var row = 0; row < _dimension; row++)
        {
            gradient[row] = TensorPrimitives.Dot<double>(Row(row), Residuals) - pull[row];
            TensorPrimitives.Multiply<double>(Row(row), Probabilities, Scratch);
            for (var column = 0; column <= row; column++)
            {
                curvature[(row * _dimension) + column] = _priorPrecision[(row * _dimension) + column]
                    + TensorPrimitives.Dot<double>(Scratch, Row(column));
            }
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

    private void SetLogOdds(double[] weights)
    {
        var logOdds = LogOdds;
        Offsets.CopyTo(logOdds);
        for (var feature = 0; feature < _dimension; feature++)
        {
            TensorPrimitives.MultiplyAdd(Row(feature), weights[feature], logOdds, logOdds);
        }
    }
}
