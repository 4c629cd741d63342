using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>
/// Learns tastes from comparisons by hierarchical Bayesian logistic regression on differences of features. Person u prefers
/// picture i to j with probability sigma(U(i) - U(j)), where U(i) = w_u . phi_i + b_i + e_ui: the taste w_u has the community
/// prior, b_i is the item effect, and e_ui ~ N(0, se^2) is the person's own effect of the picture. Immutable.
/// </summary>
public sealed class TasteModel
{
    /// <summary>
    /// <see cref="CommunityPrior.Kappa"/> where nothing is known of the community, of se^2 = 0.53. Estimates of e_ui are in
    /// <see cref="PersonPictureEffects"/>.
    /// </summary>
    public const double Kappa = 0.84;

    // Vectors of up to this many numbers are allocated on the stack.
    private const int MaxOnStack = 128;

    private readonly double[] _precision;

    public TasteModel(CommunityPrior community)
    {
        Community = community;
        Prior = new(community.Mean.ToArray(), community.Covariance.ToArray(), 0, null, community.Lapse);
        _precision = new Cholesky(community.Covariance, community.Dimension).Inverse();
    }

    /// <summary>The prior of each person's taste, and the item effects.</summary>
    public CommunityPrior Community { get; }

    /// <summary>The taste of a person who has not voted yet: the community prior.</summary>
    public TastePosterior Prior { get; }

    /// <summary>
    /// The factor that turns a style coordinate into a feature, in a space of <paramref name="dimension"/> axes: coordinates are
    /// uniform over -1 to 1, with standard deviation 1/sqrt(3).
    /// </summary>
    public static double FeatureScale(int dimension) => Math.Sqrt(3) * PictureFeatures.ScaleOf(dimension);

    /// <summary>
    /// Updates a taste with one comparison by one step of assumed density filtering, in O(d^2): close to the result of
    /// <see cref="Rebuild"/>, and fast enough for each vote. Allocates nothing but the result.
    /// </summary>
    public TastePosterior Update(TastePosterior posterior, in Comparison comparison)
    {
        var dimension = posterior.Dimension;
        var difference = dimension <= MaxOnStack ? stackalloc double[dimension] : new double[dimension];
        var covarianceDifference = dimension <= MaxOnStack ? stackalloc double[dimension] : new double[dimension];
        var (z, variance, _) = Predict(posterior, PersonPictureEffects.Empty, comparison.Preferred, comparison.Other, difference, covarianceDifference);
        var p = Logistic.Average(z, variance);

        // The moments of a mixture: the answer was meant, or it was a lapse and the taste stays as it is.
        var meant = comparison.IsTie ? 1 : LapseRate.Meant(p, posterior.Lapse);
        var curvature = comparison.Weight * p * (1 - p);
        var shrink = 1 / (1 + (curvature * variance));
        var step = comparison.Weight * (comparison.Outcome - p) * shrink;

        var mean = new double[dimension];
        TensorPrimitives.MultiplyAdd(covarianceDifference, meant * step, posterior.Mean, mean);
        var covariance = posterior.Covariance.ToArray();
        SymmetricMatrix.AddOuter(covariance, covarianceDifference, meant * (((1 - meant) * step * step) - (curvature * shrink)));
        return new(mean, covariance, posterior.Comparisons + 1, posterior.PictureEffects, posterior.Lapse, posterior.Change);
    }

    /// <summary>
    /// Learns a taste from all comparisons of a person, by expectation propagation (<see cref="PosteriorFit.Propagate"/>), and
    /// then the person's picture effects. Where the taste has changed, what comes before counts less (<see cref="ChangePoints"/>).
    /// The same comparisons in the same order give the same taste to the last bit.
    /// </summary>
    /// <param name="comparisons">In order of time.</param>
    public TastePosterior Rebuild(IReadOnlyList<Comparison> comparisons) => Learn(comparisons, withPictureEffects: true, followsChanges: true);

    /// <summary>Like <see cref="RebuildConstant"/>, without the person's picture effects.</summary>
    internal TastePosterior RebuildWeights(IReadOnlyList<Comparison> comparisons) => Learn(comparisons, withPictureEffects: false, followsChanges: false);

    /// <summary>Like <see cref="Rebuild"/>, for a taste that never changes.</summary>
    internal TastePosterior RebuildConstant(IReadOnlyList<Comparison> comparisons) => Learn(comparisons, withPictureEffects: true, followsChanges: false);

    private TastePosterior Learn(IReadOnlyList<Comparison> comparisons, bool withPictureEffects, bool followsChanges)
    {
        if (comparisons.Count == 0)
        {
            return Prior;
        }

        using var fit = new PosteriorFit(Community.Mean.ToArray(), _precision, Community, comparisons, sharesEffects: true, followsChanges);
        var (mean, precision) = fit.Propagate(Community.Mean);
        var effects = withPictureEffects ? PersonPictureEffects.Fit(Community, comparisons, fit.Predictions(mean, precision), fit.Lapse) : null;
        return new(mean, precision.Inverse(), comparisons.Count, effects, fit.Lapse, fit.Change);
    }

    /// <summary>
    /// The predictive probability that the person prefers <paramref name="a"/> to <paramref name="b"/>, averaged over the
    /// uncertainty of their taste and of the picture effects.
    /// </summary>
    public double Probability(TastePosterior posterior, PictureFeatures a, PictureFeatures b)
    {
        var (z, variance, effectVariance) = Predict(posterior, a, b);
        return LapseRate.Apply(Logistic.Average(z, variance + effectVariance), posterior.Lapse);
    }

    /// <summary>
    /// The expected share of answers to this pair, 0.5 to 1, that the more probable answer predicts correctly.
    /// </summary>
    /// <returns>
    /// Now: under the present posterior. Known: if the taste were known, its expectation over the posterior by Gauss-Hermite
    /// quadrature with three points.
    /// </returns>
    public (double Now, double Known) PredictedAccuracy(TastePosterior posterior, PictureFeatures a, PictureFeatures b)
    {
        static double Accuracy(double p) => Math.Max(p, 1 - p);

        var (z, variance, effectVariance) = Predict(posterior, a, b);
        var scale = Logistic.ProbitScale(effectVariance);
        var node = Math.Sqrt(3 * variance);
        double At(double logOdds) => Accuracy(LapseRate.Apply(Logistic.Sigmoid(scale * logOdds), posterior.Lapse));
        return (Accuracy(Probability(posterior, a, b)), ((4 * At(z)) + At(z - node) + At(z + node)) / 6);
    }

    /// <summary>
    /// The expected information gain of showing this pair, in nats: <see cref="MutualInformation(TastePosterior, PictureFeatures, PictureFeatures)"/>
    /// times the probability that the pair is not skipped.
    /// </summary>
    public double ExpectedInformationGain(TastePosterior posterior, PictureFeatures a, PictureFeatures b)
    {
        var (z, variance, effectVariance) = Predict(posterior, a, b);
        return (1 - SkipProbability(z, variance, effectVariance)) * MutualInformation(z, variance, effectVariance);
    }

    /// <summary>
    /// The mutual information of the answer to this pair and the taste, in nats: the entropy of the answer minus its expected
    /// entropy if the taste were known (BALD; Houlsby et al. 2011, "Bayesian Active Learning for Classification and Preference
    /// Learning").
    /// </summary>
    internal double MutualInformation(TastePosterior posterior, PictureFeatures a, PictureFeatures b)
    {
        var (z, variance, effectVariance) = Predict(posterior, a, b);
        return MutualInformation(z, variance, effectVariance);
    }

    /// <summary>
    /// The probability of a skip by Davidson's model, nu / (nu + 2 cosh(z/2)) at log odds z; see <see cref="CommunityPrior.TieOdds"/>.
    /// </summary>
    internal double SkipProbability(TastePosterior posterior, PictureFeatures a, PictureFeatures b)
    {
        var (z, variance, effectVariance) = Predict(posterior, a, b);
        return SkipProbability(z, variance, effectVariance);
    }

    private static double MutualInformation(double z, double variance, double effectVariance)
    {
        // Uncertainty of the picture effects would remain if the taste were known: it is noise of the answer.
        var scale = Logistic.ProbitScale(effectVariance);
        (z, variance) = (z * scale, variance * scale * scale);

        // As in that paper, the entropy of an answer at known log odds z is approximated by ln 2 exp(-z^2/(2 width^2)); this width
        // gives it the same integral, pi^2/3.
        var width = Math.PI * Math.PI / (3 * Math.Log(2) * Math.Sqrt(2 * Math.PI));
        var total = variance + (width * width);
        var remaining = Math.Log(2) * width / Math.Sqrt(total) * Math.Exp(-z * z / (2 * total));
        return Math.Max(0, Logistic.Entropy(Logistic.Sigmoid(z * Logistic.ProbitScale(variance))) - remaining);
    }

    private double SkipProbability(double z, double variance, double effectVariance)
    {
        var scaled = z * Logistic.ProbitScale(variance + effectVariance);
        return Community.TieOdds / (Community.TieOdds + (2 * Math.Cosh(scaled / 2)));
    }

    /// <summary>
    /// How much one comparison changed each weight, d numbers: the influence V x (y - p) of the posterior mean, times the
    /// comparison's weight (Cook 1977, "Detection of influential observation in linear regression", for one Newton step).
    /// </summary>
    /// <param name="posterior">The taste that was learnt from comparisons including this one.</param>
    public double[] Influence(TastePosterior posterior, in Comparison comparison)
    {
        var difference = new double[posterior.Dimension];
        var covarianceDifference = new double[posterior.Dimension];
        var (z, variance, _) = Predict(posterior, PersonPictureEffects.Empty, comparison.Preferred, comparison.Other, difference, covarianceDifference);
        var p = Logistic.Average(z, variance);
        var meant = comparison.IsTie ? 1 : LapseRate.Meant(p, posterior.Lapse);
        TensorPrimitives.Multiply(covarianceDifference, comparison.Weight * meant * (comparison.Outcome - p), covarianceDifference);
        return covarianceDifference;
    }

    private (double Z, double Variance, double EffectVariance) Predict(TastePosterior posterior, PictureFeatures a, PictureFeatures b)
    {
        var dimension = posterior.Dimension;
        var difference = dimension <= MaxOnStack ? stackalloc double[dimension] : new double[dimension];
        var covarianceDifference = dimension <= MaxOnStack ? stackalloc double[dimension] : new double[dimension];
        return Predict(posterior, posterior.PictureEffects, a, b, difference, covarianceDifference);
    }

    /// <summary>
    /// The mean Z of the log odds that a is preferred, their variance due to the taste, and their variance due to the item
    /// effects. Writes x = kappa (phi_a - phi_b) and Vx. The part of each picture effect's variance up to se^2 is in kappa, so that
    /// kappa increases towards 1 for pictures whose e_ui was learnt.
    /// </summary>
    /// <param name="effects">The person's picture effects; <see cref="PersonPictureEffects.Empty"/> to learn weights, for which all of e_ui is in kappa.</param>
    /// <param name="difference">x, d numbers, overwritten.</param>
    /// <param name="covarianceDifference">Vx, d numbers, overwritten.</param>
    private (double Z, double Variance, double EffectVariance) Predict(TastePosterior posterior, PersonPictureEffects effects, PictureFeatures a, PictureFeatures b, Span<double> difference, Span<double> covarianceDifference)
    {
        var (one, other) = (effects.EffectOf(Community, a), effects.EffectOf(Community, b));
        var kappa = Logistic.ProbitScale(Math.Min(one.Variance, Community.PictureEffectVariance) + Math.Min(other.Variance, Community.PictureEffectVariance));
        TensorPrimitives.Subtract(a.Values, b.Values, difference);
        TensorPrimitives.Multiply(difference, kappa, difference);
        SymmetricMatrix.Multiply(posterior.Covariance, difference, covarianceDifference);
        var effectVariance = Math.Max(0, one.Variance - Community.PictureEffectVariance) + Math.Max(0, other.Variance - Community.PictureEffectVariance);
        return (
            TensorPrimitives.Dot(posterior.Mean, difference) + (kappa * (one.Mean - other.Mean)),
            TensorPrimitives.Dot<double>(difference, covarianceDifference),
            kappa * kappa * effectVariance);
    }
}
