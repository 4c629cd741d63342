namespace Personalization.Taste.Model;

/// <summary>
/// A person's lapse rate: the probability that an answer is given at random, whatever they like. An answer of log odds z is the
/// expected one with probability (1 - lapse) sigma(z) + lapse/2, so that no single answer says much of people whose
/// answers contradict each other. It is estimated together with the taste, from how well each answer is predicted by all
/// others, and is the community's unless the answers tell otherwise.
/// </summary>
internal static class LapseRate
{
    /// <summary>The largest rate, an eighth of the answers the wrong way round: the more lapses are possible, the wider is what remains of the taste of people who answer at random.</summary>
    public const double Max = 0.25;

    // The weight of the community's rate, in answers of which it is known whether they were meant.
    private const double PriorVotes = 5;

    private const int MaxSteps = 30;
    private const double Tolerance = 1e-5;

    /// <summary>
    /// The most probable rate given the factors of all answers: the derivative of the evidence of expectation propagation in it is
    /// the sum of the derivatives of each answer's ln((1 - lapse) likelihood + lapse 2^-weight). Concave. Ties tell nothing of it.
    /// </summary>
    /// <param name="outcomes">y, 1 or 1/2 for a tie.</param>
    /// <param name="weights">The weight of each comparison.</param>
    /// <param name="likelihoods">The probability of each answer given all others, if it was meant, to the power of its weight.</param>
    /// <param name="usual">The community's rate, the mode of the prior lapse^(n usual) (1 - lapse)^(n (1 - usual)).</param>
    /// <param name="start">Where to start, from 0 to <see cref="Max"/>; above 0 where <paramref name="usual"/> is.</param>
    public static double Estimate(ReadOnlySpan<double> outcomes, ReadOnlySpan<double> weights, ReadOnlySpan<double> likelihoods, double usual, double start)
    {
        var (low, high, lapse) = (0.0, Max, start);
        for (var step = 0; step < MaxSteps && high - low > Tolerance; step++)
        {
            var (lapsed, meant) = (usual * PriorVotes, (1 - usual) * PriorVotes);
            var slope = (lapsed > 0 ? lapsed / lapse : 0) - (meant / (1 - lapse));
            var curvature = (lapsed > 0 ? lapsed / (lapse * lapse) : 0) + (meant / ((1 - lapse) * (1 - lapse)));
            for (var i = 0; i < likelihoods.Length; i++)
            {
                if (outcomes[i] == 1)
                {
                    var random = weights[i] == 1 ? 0.5 : Math.Pow(2, -weights[i]);
                    var ratio = (random - likelihoods[i]) / (((1 - lapse) * likelihoods[i]) + (lapse * random));
                    slope += ratio;
                    curvature += ratio * ratio;
                }
            }

            (low, high) = slope > 0 ? (lapse, high) : (low, lapse);
            var next = lapse + (slope / curvature);
            if ((next <= 0 && lapse == 0) || (next >= Max && lapse == Max))
            {
                return lapse;
            }

            // Newton's method, with bisection where a step leaves the bounds within which the slope changes its sign.
            next = next > low && next < high ? next : low == 0 && usual == 0 && next <= 0 ? 0 : high == Max && next >= Max ? Max : 0.5 * (low + high);
            if (Math.Abs(next - lapse) < Tolerance)
            {
                return next;
            }

            lapse = next;
        }

        return lapse;
    }

    /// <summary>The probability of an answer that would have the probability <paramref name="p"/> if it were meant.</summary>
    public static double Apply(double p, double lapse) => lapse == 0 ? p : ((1 - lapse) * p) + (0.5 * lapse);

    /// <summary>The probability that an answer, which was predicted with probability <paramref name="p"/>, was meant.</summary>
    public static double Meant(double p, double lapse) => lapse == 0 ? 1 : (1 - lapse) * p / Apply(p, lapse);
}
