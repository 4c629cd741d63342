using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>
/// Where a person's answers may have ceased to follow one taste, in order of time. From some answer on they may follow another
/// taste, as if it were another person's, drawn from the prior; or none, as if a coin had given them. Both are improbable before any
/// answer. An answer weighs by the probability that it was given with the taste that the person has now: those before a
/// change, and those of the coin, were not.
/// </summary>
internal sealed class ChangePoints
{
    // The probability, between one answer and the next, of a change of taste, and that a coin gives the answers from there on: of 2
    // and 18 % in 200. People grow tired, or hand over their telephone, more often than they change their taste.
    private const double ChangeHazard = 1e-4;
    private const double RandomHazard = 1e-3;

    // By how many nats the answers before random ones must follow a taste rather than the coin themselves: otherwise all are random,
    // which the lapse rate is for.
    private const double MinTasteEvidence = 3;

    // The least weight of the answers before and after such a point, that of a vote being 1, and after a change: fewer cannot tell
    // another taste from a coin. The weights after two points that are considered differ by a factor.
    private const double MinWeight = 10;
    private const double MinChangeWeight = 20;
    private const double Step = 1.26;

    // How many points between two of those are then considered at most, around the most probable ones.
    private const int Refined = 32;

    // Less probable points are none.
    private const double MinProbability = 0.02;

    private readonly Dictionary<ChangeKind, double[]> _logBayesFactors;
    private readonly int[] _cuts;
    private readonly double[] _spans;
    private readonly double[] _after;

    /// <param name="cuts">The points, by the number of answers before them.</param>
    private ChangePoints(int[] cuts, ReadOnlySpan<double> weights)
    {
        (_cuts, _spans, _after) = (cuts, new double[cuts.Length], new double[cuts.Length]);
        for (var i = 0; i < cuts.Length; i++)
        {
            _spans[i] = TensorPrimitives.Sum(weights[(i == 0 ? 0 : cuts[i - 1])..cuts[i]]);
            _after[i] = TensorPrimitives.Sum(weights[cuts[i]..]);
        }

        _logBayesFactors = Enum.GetValues<ChangeKind>().ToDictionary(kind => kind, _ => new double[cuts.Length]);
    }

    /// <summary>Whether signs of any point are left.</summary>
    public bool IsProbable => Probability(ChangeKind.OtherTaste) + Probability(ChangeKind.Random) >= MinProbability;

    /// <summary>The more probable kind.</summary>
    public ChangeKind Kind => Probability(ChangeKind.OtherTaste) >= Probability(ChangeKind.Random) ? ChangeKind.OtherTaste : ChangeKind.Random;

    /// <summary>
    /// Finds points by the evidence of the answers before and after each. The side with the larger weight is expanded to second order
    /// at the maximum of one taste for all, the other at the prior mean: at a strong taste, answers that are predicted surely have
    /// little curvature, so that any other taste is overestimated there.
    /// </summary>
    /// <param name="x">The differences of features, d rows of n numbers.</param>
    /// <param name="atMaximum">The log likelihoods at the maximum.</param>
    /// <param name="atPrior">The same at the prior mean.</param>
    /// <param name="weights">Of the answers, n.</param>
    /// <param name="evidence">The log evidence of one taste for all answers.</param>
    /// <param name="priorPrecision">P, d by d, row by row.</param>
    /// <param name="workspace">Of <see cref="BlockedProducts.WorkspaceLength"/>.</param>
    /// <returns>Null without signs of any.</returns>
    public static ChangePoints? Find(ReadOnlySpan<double> x, LikelihoodExpansion atMaximum, LikelihoodExpansion atPrior, ReadOnlySpan<double> weights, double evidence, double[] priorPrecision, float[] workspace)
    {
        var cuts = Cuts(weights);
        if (cuts.Length == 0 || At(cuts, x, atMaximum, atPrior, weights, evidence, priorPrecision, workspace) is not { IsProbable: true } rough)
        {
            return null;
        }

        var points = At(rough.Refine(), x, atMaximum, atPrior, weights, evidence, priorPrecision, workspace);
        return points.IsProbable ? points : null;
    }

    private static ChangePoints At(int[] cuts, ReadOnlySpan<double> x, LikelihoodExpansion atMaximum, LikelihoodExpansion atPrior, ReadOnlySpan<double> weights, double evidence, double[] priorPrecision, float[] workspace)
    {
        var points = new ChangePoints(cuts, weights);
        var half = TensorPrimitives.Sum(weights) / 2;
        var (earlier, later) = (new double[cuts.Length], new double[cuts.Length]);
        points.SetSides(x, atMaximum, i => points._after[i] < half, earlier, i => points._after[i] >= half, later, priorPrecision, workspace);
        points.SetSides(x, atPrior, i => points._after[i] >= half, earlier, i => points._after[i] < half, later, priorPrecision, workspace);
        for (var i = 0; i < cuts.Length; i++)
        {
            var (before, after) = (earlier[i], later[i]);
            points._logBayesFactors[ChangeKind.OtherTaste][i] = before + after - evidence;
            points._logBayesFactors[ChangeKind.Random][i] = before < CoinEvidence(weights[..points._cuts[i]]) + MinTasteEvidence
                ? double.NegativeInfinity
                : before + CoinEvidence(weights[points._cuts[i]..]) - evidence;
        }

        return points;
    }

    /// <summary>The log evidence of answers by a coin.</summary>
    public static double CoinEvidence(ReadOnlySpan<double> weights) => -Math.Log(2) * TensorPrimitives.Sum(weights);

    /// <summary>The most probable point of a kind: how many answers come before it.</summary>
    public int Best(ChangeKind kind) => _cuts[BestIndex(kind)];

    /// <summary>
    /// Corrects the log Bayes factors of one kind by the error of the approximation at <see cref="Best"/>. At a strong taste it
    /// overestimates them: where answers are predicted surely they have little curvature, and more of it at any weaker taste.
    /// </summary>
    /// <param name="logBayesFactor">That of <see cref="Best"/>.</param>
    public void Correct(ChangeKind kind, double logBayesFactor)
    {
        var factors = _logBayesFactors[kind];
        if (factors[BestIndex(kind)] is var approximation && double.IsFinite(approximation))
        {
            TensorPrimitives.Add(factors, logBayesFactor - approximation, factors);
        }
    }

    /// <summary>The probability that there is a point of one kind.</summary>
    public double Probability(ChangeKind kind) => Probabilities(kind).Sum();

    /// <summary>The probability that each answer was given with the present taste.</summary>
    /// <param name="count">n.</param>
    public double[] Presence(int count)
    {
        var presence = new double[count];
        Array.Fill(presence, 1);
        foreach (var (kind, isBefore) in new[] { (ChangeKind.OtherTaste, true), (ChangeKind.Random, false) })
        {
            foreach (var (cut, probability) in _cuts.Zip(Probabilities(kind)))
            {
                var absent = isBefore ? presence.AsSpan(0, cut) : presence.AsSpan(cut);
                TensorPrimitives.Subtract(absent, probability, absent);
            }
        }

        // Of rounding, less than nothing may be left.
        TensorPrimitives.Max<double>(presence, 0, presence);
        return presence;
    }

    private int BestIndex(ChangeKind kind)
    {
        var logs = LogOdds(kind);
        return Array.IndexOf(logs, logs.Max());
    }

    private double[] Probabilities(ChangeKind kind)
    {
        double[][] all = [.. Enum.GetValues<ChangeKind>().Select(LogOdds)];
        var top = Math.Max(0, all.Max(logs => logs.Max()));
        var total = Math.Exp(-top) + all.Sum(logs => logs.Sum(log => Math.Exp(log - top)));
        return [.. LogOdds(kind).Select(log => Math.Exp(log - top) / total)];
    }

    /// <summary>The logarithms of the posterior odds against one taste for all answers.</summary>
    private double[] LogOdds(ChangeKind kind) =>
    [
        .. _logBayesFactors[kind].Select((factor, i) => kind == ChangeKind.Random ? factor + Math.Log(RandomHazard * _spans[i])
            : _after[i] < MinChangeWeight ? double.NegativeInfinity
            : factor + Math.Log(ChangeHazard * _spans[i])),
    ];

    /// <summary>Sets the log evidence of the answers before some points, and of those after others, by one expansion.</summary>
    private void SetSides(ReadOnlySpan<double> x, LikelihoodExpansion expansion, Predicate<int> isBefore, double[] before, Predicate<int> isAfter, double[] after, double[] priorPrecision, float[] workspace)
    {
        var side = new LikelihoodExpansion.Side(expansion, priorPrecision, workspace);
        for (var i = 0; i < _cuts.Length; i++)
        {
            side.Add(x, i == 0 ? 0 : _cuts[i - 1], _cuts[i]);
            before[i] = isBefore(i) ? side.Evidence() : before[i];
        }

        side = new(expansion, priorPrecision, workspace);
        for (var i = _cuts.Length - 1; i >= 0; i--)
        {
            side.Add(x, _cuts[i], i == _cuts.Length - 1 ? expansion.Count : _cuts[i + 1]);
            after[i] = isAfter(i) ? side.Evidence() : after[i];
        }
    }

    /// <summary>These points, and some between the most probable of each kind and those beside it.</summary>
    private int[] Refine()
    {
        var cuts = new SortedSet<int>(_cuts);
        foreach (var best in Enum.GetValues<ChangeKind>().Select(BestIndex))
        {
            var (first, last) = (_cuts[Math.Max(0, best - 1)], _cuts[Math.Min(_cuts.Length - 1, best + 1)]);
            for (var cut = first; cut < last; cut += 1 + ((last - first) / Refined))
            {
                cuts.Add(cut);
            }
        }

        return [.. cuts];
    }

    /// <summary>The points that are considered, by the number of answers before them: the more weight follows, the further apart.</summary>
    private static int[] Cuts(ReadOnlySpan<double> weights)
    {
        var cuts = new List<int>();
        var (rest, next, total) = (0.0, MinWeight, TensorPrimitives.Sum(weights));
        for (var i = weights.Length - 1; i > 0; i--)
        {
            rest += weights[i];
            if (rest >= next && total - rest >= MinWeight)
            {
                cuts.Insert(0, i);
                next = rest * Step;
            }
        }

        return [.. cuts];
    }
}
