using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>
/// Where a person's taste may have changed between two of their answers, in order of time: as if the taste before and the one after
/// were two people's, each drawn from the prior. A change is improbable before any answer, and each answer gets as its weight
/// the posterior probability that it was given with the present taste.
/// </summary>
internal sealed class ChangePoints
{
    // The probability of a change between one answer and the next, of 2 % in 200. Of 1e-5, 1e-4 and 1e-3, each follows changes of
    // simulated people as well; the last one makes those pay a little who answer the wrong way round now and then.
    private const double Hazard = 1e-4;

    // The fewest answers before and after a change, and the ratio of the numbers after two change points that are considered.
    private const int MinAnswers = 10;
    private const double Step = 1.26;

    // A less probable change is none.
    private const double MinProbability = 0.02;

    private readonly int _count;
    private readonly List<int> _cuts = [];
    private readonly List<double> _logBayesFactors = [];
    private readonly List<double> _logPriors = [];

    private ChangePoints(int count) => _count = count;

    /// <summary>The most probable change point: how many answers come before it.</summary>
    public int Best => _cuts[BestIndex];

    private int BestIndex
    {
        get
        {
            var logs = LogOdds();
            return logs.IndexOf(logs.Max());
        }
    }

    /// <summary>
    /// Finds change points. The evidence of the answers on either side is approximated to second order at the maximum m without a change, as a score test does (Rao
    /// 1948, "Large sample tests of statistical hypotheses concerning several parameters"). With P the prior precision, A the curvature of
    /// the answers on one side and h their gradient less P (m - mu), that side adds h'(P + A)^-1 h/2 - ln det(P + A)/2 to the log
    /// Bayes factor of the change, and the whole takes (m - mu)'P(m - mu)/2 - ln det(P + A)/2 - ln det(P)/2 from it.
    /// </summary>
    /// <param name="x">The differences of features, d rows of n numbers.</param>
    /// <param name="residuals">y - p at the maximum, times the weight of the answer, n.</param>
    /// <param name="curvatures">p (1 - p) times the weight, n.</param>
    /// <param name="deviation">m - mu, d.</param>
    /// <param name="priorPrecision">P, d by d.</param>
    /// <param name="precision">The Cholesky factor of P + A of all answers.</param>
    /// <param name="workspace">Of <see cref="BlockedProducts.WorkspaceLength"/>.</param>
    /// <returns>Null without signs of a change.</returns>
    public static ChangePoints? Find(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> residuals,
        ReadOnlySpan<double> curvatures,
        ReadOnlySpan<double> deviation,
        double[] priorPrecision,
        Cholesky precision,
        Span<float> workspace)
    {
        var (count, dimension) = (residuals.Length, deviation.Length);
        if (count < 2 * MinAnswers)
        {
            return null;
        }

        var whole = Product(precision, dimension);
        var pull = new double[dimension];
        SymmetricMatrix.Multiply(priorPrecision, deviation, pull);
        var without = 0.5 * (TensorPrimitives.Dot(deviation, pull) - precision.LogDeterminant() - new Cholesky(priorPrecision, dimension).LogDeterminant());

        var (gradient, before, after) = (new double[dimension], (double[])priorPrecision.Clone(), new double[whole.Length]);
        var points = new ChangePoints(count);
        var (previous, side) = (0, new double[dimension]);
        foreach (var cut in Cuts(count))
        {
            var length = cut - previous;
            for (var feature = 0; feature < dimension; feature++)
            {
                gradient[feature] += TensorPrimitives.Dot(x.Slice((feature * count) + previous, length), residuals.Slice(previous, length));
            }

            BlockedProducts.AddGram(x[previous..], count, curvatures.Slice(previous, length), workspace, before, dimension);

            // Of all answers, gradients sum to P (m - mu).
            TensorPrimitives.Subtract(gradient, pull, side);
            var log = SideEvidence(before, side) - without;
            TensorPrimitives.Negate<double>(gradient, side);
            TensorPrimitives.Subtract(whole, before, after);
            TensorPrimitives.Add(after, priorPrecision, after);
            log += SideEvidence(after, side);

            points._cuts.Add(cut);
            points._logBayesFactors.Add(log);
            points._logPriors.Add(Math.Log(Hazard * length));
            previous = cut;
        }

        return points.Probability() < MinProbability ? null : points;
    }

    /// <summary>
    /// Corrects the log Bayes factors of all change points by the error of the approximation at <see cref="Best"/>. At a strong taste it
    /// overestimates them: where answers are predicted surely they have little curvature, and more of it at any weaker taste.
    /// </summary>
    /// <param name="logBayesFactor">That of <see cref="Best"/>.</param>
    /// <returns>Whether signs of a change are left.</returns>
    public bool Correct(double logBayesFactor)
    {
        var error = _logBayesFactors[BestIndex] - logBayesFactor;
        for (var i = 0; i < _cuts.Count; i++)
        {
            _logBayesFactors[i] -= error;
        }

        return Probability() >= MinProbability;
    }

    /// <summary>The probability of a change.</summary>
    public double Probability() => 1 - Presence(0);

    /// <summary>The probability that an answer was given with the present taste.</summary>
    /// <param name="index">How many come before it.</param>
    public double Presence(int index)
    {
        var logs = LogOdds();
        var top = Math.Max(0, logs.Max());
        var (present, total) = (Math.Exp(-top), Math.Exp(-top));
        for (var i = 0; i < logs.Count; i++)
        {
            var odds = Math.Exp(logs[i] - top);
            total += odds;
            present += _cuts[i] <= index ? odds : 0;
        }

        return present / total;
    }

    /// <summary>The logarithms of the posterior odds against no change.</summary>
    private List<double> LogOdds() => [.. _logBayesFactors.Zip(_logPriors, (factor, prior) => factor + prior)];

    /// <summary>The change points that are considered, by the number of answers before them: the more answers follow, the further apart.</summary>
    private static IEnumerable<int> Cuts(int count)
    {
        var after = new List<int>();
        for (double rest = MinAnswers; rest <= count - MinAnswers; rest *= Step)
        {
            after.Add((int)rest);
        }

        return after.Distinct().OrderDescending().Select(rest => count - rest);
    }

    /// <param name="precision">P + A.</param>
    /// <param name="gradient">h.</param>
    private static double SideEvidence(double[] precision, double[] gradient)
    {
        var factor = new Cholesky(precision, gradient.Length);
        return 0.5 * (TensorPrimitives.Dot<double>(gradient, factor.Solve(gradient)) - factor.LogDeterminant());
    }

    /// <summary>The lower triangle of LL'.</summary>
    private static double[] Product(Cholesky factor, int dimension)
    {
        var product = new double[dimension * dimension];
        for (var row = 0; row < dimension; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                product[(row * dimension) + column] = TensorPrimitives.Dot(factor.Row(row)[..(column + 1)], factor.Row(column));
            }
        }

        return product;
    }
}
