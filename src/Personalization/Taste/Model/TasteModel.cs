using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>
/// Votes to taste: hierarchical Bayesian logistic regression on differences of features. Person u prefers picture i to j
/// with probability sigma(U(i) - U(j)), where U(i) = w . phi_i + b_i + e_ui; the taste w has the community as its prior,
/// b_i is the picture's own appeal, and e_ui ~ N(0, se^2) is what this person sees in it beyond all that.
/// </summary>
public sealed class TasteModel
{
    /// <summary>
    /// kappa = 1/sqrt(1 + pi/8 * 2 se^2): how much e_ui flattens the log odds while it is not known. 0.84 is that of
    /// se^2 = 0.53, found among people who rated the same photographs. What is learnt of e_ui is in <see cref="PersonPictureEffects"/>.
    /// </summary>
    public const double Kappa = 0.84;

    // Vectors up to here lie on the stack.
    private const int MaxOnStack = 128;

    private readonly double[] _precision;

    public TasteModel(CommunityPrior community)
    {
        Community = community;
        Prior = new(community.Mean, community.Covariance, 0);
        _precision = new Cholesky(community.Covariance, community.Dimension).Inverse();
    }

    /// <summary>What every person's taste starts from.</summary>
    public CommunityPrior Community { get; }

    /// <summary>What is known of a person who has not voted yet.</summary>
    public TastePosterior Prior { get; }

    /// <summary>
    /// What a style coordinate is multiplied by to be a feature, in a space of this many axes: coordinates fill -1 to 1
    /// evenly, with standard deviation 1/sqrt(3).
    /// </summary>
    public static double FeatureScale(int dimension) => Math.Sqrt(3) * PictureFeatures.ScaleOf(dimension);

    /// <summary>
    /// Learns one comparison by one step of assumed density filtering, in O(d^2): nearly what <see cref="Rebuild"/> gives,
    /// and fast enough for every vote. Allocates the result alone.
    /// </summary>
    public TastePosterior Update(TastePosterior posterior, in Comparison comparison)
    {
        var dimension = posterior.Dimension;
        var difference = dimension <= MaxOnStack ? stackalloc double[dimension] : new double[dimension];
        var spread = dimension <= MaxOnStack ? stackalloc double[dimension] : new double[dimension];
        var (z, variance, _) = Predict(posterior, PersonPictureEffects.Empty, comparison.Preferred, comparison.Other, difference, spread);
        var p = Logistic.Average(z, variance);
        var curvature = comparison.Weight * p * (1 - p);
        var shrink = 1 / (1 + (curvature * variance));

        var mean = new double[dimension];
        TensorPrimitives.MultiplyAdd(spread, comparison.Weight * (comparison.Outcome - p) * shrink, posterior.Mean, mean);
        var covariance = posterior.Covariance.ToArray();
        SymmetricMatrix.AddOuter(covariance, spread, -curvature * shrink);
        return new(mean, covariance, posterior.Comparisons + 1, posterior.PictureEffects);
    }

    /// <summary>
    /// Learns all comparisons anew, by expectation propagation (<see cref="PosteriorFit.Propagate"/>), and what the person
    /// sees in the pictures. The same comparisons in the same order give the same taste to the last bit.
    /// </summary>
    public TastePosterior Rebuild(IReadOnlyList<Comparison> comparisons) => Learn(comparisons, withSights: true);

    /// <summary>The same as far as features tell, and as everybody else sees the pictures.</summary>
    internal TastePosterior RebuildWeights(IReadOnlyList<Comparison> comparisons) => Learn(comparisons, withSights: false);

    private TastePosterior Learn(IReadOnlyList<Comparison> comparisons, bool withSights)
    {
        if (comparisons.Count == 0)
        {
            return Prior;
        }

        using var fit = new PosteriorFit(Community.Mean.ToArray(), _precision, Community, Kappa, comparisons);
        var (mean, precision) = fit.Propagate(Community.Mean);
        return new(mean, precision.Inverse(), comparisons.Count, withSights ? PersonPictureEffects.Fit(Community, fit.Predictions()) : null);
    }

    /// <summary>
    /// The taste after time has gone by, in which it may have changed: V grows by q S for each week.
    /// </summary>
    /// <param name="weeks">At least 0.</param>
    /// <param name="rate">q, at least 0; 0 leaves the taste as it is.</param>
    public TastePosterior Drift(TastePosterior posterior, double weeks, double rate)
    {
        if (weeks * rate == 0)
        {
            return posterior;
        }

        var covariance = new double[posterior.Covariance.Length];
        TensorPrimitives.MultiplyAdd(Community.PopulationCovariance, weeks * rate, posterior.Covariance, covariance);
        return new(posterior.Mean.ToArray(), covariance, posterior.Comparisons, posterior.PictureEffects);
    }

    /// <summary>
    /// The probability that the person prefers <paramref name="a"/> to <paramref name="b"/>, the doubt about their taste and
    /// about what they see in both pictures included.
    /// </summary>
    public double Probability(TastePosterior posterior, PictureFeatures a, PictureFeatures b)
    {
        var (z, variance, doubt) = Predict(posterior, a, b);
        return Logistic.Average(z, variance + doubt);
    }

    /// <summary>
    /// The share of answers to this pair, 0.5 to 1, that the likelier guess foretells: now, and were the taste known, by
    /// quadrature over the doubt about it with three points.
    /// </summary>
    public (double Now, double Known) PredictedAccuracy(TastePosterior posterior, PictureFeatures a, PictureFeatures b)
    {
        static double Likelier(double p) => Math.Max(p, 1 - p);

        var (z, variance, doubt) = Predict(posterior, a, b);
        var slope = Logistic.ProbitScale(doubt);
        var reach = Math.Sqrt(3 * variance);
        double At(double logOdds) => Likelier(Logistic.Sigmoid(slope * logOdds));
        return (Likelier(Probability(posterior, a, b)), ((4 * At(z)) + At(z - reach) + At(z + reach)) / 6);
    }

    /// <summary>
    /// What asking this pair is expected to tell about the taste, in nats: that of its answer, where the person
    /// decides.
    /// </summary>
    public double ExpectedInformationGain(TastePosterior posterior, PictureFeatures a, PictureFeatures b)
    {
        var (z, variance, doubt) = Predict(posterior, a, b);
        return (1 - SkipProbability(z, variance, doubt)) * MutualInformation(z, variance, doubt);
    }

    /// <summary>
    /// What the answer to this pair is expected to tell about the taste, in nats: the entropy of the answer less what of it
    /// would remain if the taste were known (BALD; Houlsby et al. 2011, "Bayesian Active Learning for Classification and
    /// Preference Learning").
    /// </summary>
    internal double MutualInformation(TastePosterior posterior, PictureFeatures a, PictureFeatures b)
    {
        var (z, variance, doubt) = Predict(posterior, a, b);
        return MutualInformation(z, variance, doubt);
    }

    /// <summary>
    /// The probability that the person will not decide, by Davidson's model: nu / (nu + 2 cosh(z/2)) at log odds z.
    /// </summary>
    internal double SkipProbability(TastePosterior posterior, PictureFeatures a, PictureFeatures b)
    {
        var (z, variance, doubt) = Predict(posterior, a, b);
        return SkipProbability(z, variance, doubt);
    }

    private static double MutualInformation(double z, double variance, double appealDoubt)
    {
        // Doubt about the appeals would remain if the taste were known: it flattens the answer, and tells nothing.
        var slope = Logistic.ProbitScale(appealDoubt);
        (z, variance) = (z * slope, variance * slope * slope);

        // As there, a Gaussian stands in for the entropy of an answer at known log odds z, ln 2 at 0. Of that height, this
        // is the width with the same area, pi^2/3.
        var width = Math.PI * Math.PI / (3 * Math.Log(2) * Math.Sqrt(2 * Math.PI));
        var total = variance + (width * width);
        var remaining = Math.Log(2) * width / Math.Sqrt(total) * Math.Exp(-z * z / (2 * total));
        return Math.Max(0, Logistic.Entropy(Logistic.Sigmoid(z * Logistic.ProbitScale(variance))) - remaining);
    }

    private double SkipProbability(double z, double variance, double appealDoubt)
    {
        var flattened = z * Logistic.ProbitScale(variance + appealDoubt);
        return Community.TieOdds / (Community.TieOdds + (2 * Math.Cosh(flattened / 2)));
    }

    /// <summary>
    /// How far one comparison has moved each weight, d numbers: the influence function of the mean, V x (y - p) times the
    /// comparison's weight (Cook 1977, "Detection of influential observation in linear regression", for one Newton step).
    /// </summary>
    /// <param name="posterior">The taste learnt with the comparison.</param>
    public double[] Influence(TastePosterior posterior, in Comparison comparison)
    {
        var difference = new double[posterior.Dimension];
        var spread = new double[posterior.Dimension];
        var (z, variance, _) = Predict(posterior, PersonPictureEffects.Empty, comparison.Preferred, comparison.Other, difference, spread);
        TensorPrimitives.Multiply(spread, comparison.Weight * (comparison.Outcome - Logistic.Average(z, variance)), spread);
        return spread;
    }

    private (double Z, double Variance, double Doubt) Predict(TastePosterior posterior, PictureFeatures a, PictureFeatures b)
    {
        var dimension = posterior.Dimension;
        var difference = dimension <= MaxOnStack ? stackalloc double[dimension] : new double[dimension];
        var spread = dimension <= MaxOnStack ? stackalloc double[dimension] : new double[dimension];
        return Predict(posterior, posterior.PictureEffects, a, b, difference, spread);
    }

    /// <summary>
    /// The log odds that a is preferred, their variance for want of knowing the taste, and the doubt about the pictures' appeal
    /// beside it; fills x = kappa (phi_a - phi_b) and Vx. Of pictures the person has met, kappa is that of what is not known of
    /// e_ui yet.
    /// </summary>
    /// <param name="sights">What the person is taken to see in the pictures. None where weights are learnt: these have it in kappa.</param>
    private (double Z, double Variance, double Doubt) Predict(TastePosterior posterior, PersonPictureEffects sights, PictureFeatures a, PictureFeatures b, Span<double> difference, Span<double> spread)
    {
        var (one, other) = (sights.EffectOf(Community, a), sights.EffectOf(Community, b));
        var kappa = Logistic.ProbitScale(Math.Min(one.Variance, PersonPictureEffects.Variance) + Math.Min(other.Variance, PersonPictureEffects.Variance));
        TensorPrimitives.Subtract(a.Values, b.Values, difference);
        TensorPrimitives.Multiply(difference, kappa, difference);
        SymmetricMatrix.Multiply(posterior.Covariance, difference, spread);
        var appeal = Math.Max(0, one.Variance - PersonPictureEffects.Variance) + Math.Max(0, other.Variance - PersonPictureEffects.Variance);
        return (
            TensorPrimitives.Dot(posterior.Mean, difference) + (kappa * (one.Mean - other.Mean)),
            TensorPrimitives.Dot<double>(difference, spread),
            kappa * kappa * appeal);
    }
}
