using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>
/// The prior of a person's taste before their first vote, w ~ N(mu, S + C), and of each picture's item effect,
/// b ~ N(0, sb^2). mu is the mean taste of all people, S the covariance between people, and C the covariance of mu's own
/// estimate. Immutable.
/// </summary>
public sealed class CommunityPrior
{
    /// <summary>se^2 before any vote: it gives a kappa of 0.84, and was estimated from people who rated the same photographs.</summary>
    public const double UsualPictureEffectVariance = ((1 / (TasteModel.Kappa * TasteModel.Kappa)) - 1) * 4 / Math.PI;

    private readonly double[] _mean;
    private readonly double[] _populationCovariance;
    private readonly double[] _covariance;
    private readonly IReadOnlyDictionary<long, Appeal> _appeals;

    /// <param name="version">Increases with each fit; 0 for the prior before any vote.</param>
    /// <param name="mean">mu, d weights.</param>
    /// <param name="populationCovariance">S, d by d, row by row, positive definite.</param>
    /// <param name="meanCovariance">C, d by d, row by row, positive semidefinite.</param>
    /// <param name="appealVariance">sb^2, at least 0.</param>
    /// <param name="appeals">The posterior of each judged picture's item effect, by picture id.</param>
    /// <param name="tieOdds">nu of Davidson's model: see <see cref="TieOdds"/>.</param>
    /// <param name="pictureEffectVariance">se^2, above 0.</param>
    /// <param name="lapse">The usual <see cref="LapseRate"/>, 0 to <see cref="LapseRate.Max"/>.</param>
    /// <exception cref="ArgumentException">A matrix is not d by d.</exception>
    public CommunityPrior(
        int version,
        ReadOnlySpan<double> mean,
        ReadOnlySpan<double> populationCovariance,
        ReadOnlySpan<double> meanCovariance,
        double appealVariance,
        IReadOnlyDictionary<long, Appeal> appeals,
        double tieOdds,
        double pictureEffectVariance = UsualPictureEffectVariance,
        double lapse = 0)
    {
        if (populationCovariance.Length != mean.Length * mean.Length || meanCovariance.Length != populationCovariance.Length)
        {
            throw new ArgumentException($"The covariances of {mean.Length} weights have {mean.Length * mean.Length} entries, not {populationCovariance.Length} and {meanCovariance.Length}.", nameof(populationCovariance));
        }

        Version = version;
        _mean = mean.ToArray();
        _populationCovariance = populationCovariance.ToArray();
        _covariance = new double[populationCovariance.Length];
        TensorPrimitives.Add(populationCovariance, meanCovariance, _covariance);
        AppealVariance = appealVariance;
        _appeals = appeals;
        TieOdds = tieOdds;
        PictureEffectVariance = pictureEffectVariance;
        Lapse = lapse;
    }

    /// <summary>Increases with each fit; 0 for the prior before any vote.</summary>
    public int Version { get; }

    /// <summary>The number of features, d.</summary>
    public int Dimension => _mean.Length;

    /// <summary>mu, d weights.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>S, d by d, row by row: the covariance of tastes between people.</summary>
    public ReadOnlySpan<double> PopulationCovariance => _populationCovariance;

    /// <summary>S + C, d by d, row by row: the covariance of one person's prior.</summary>
    public ReadOnlySpan<double> Covariance => _covariance;

    /// <summary>sb^2, the variance of the item effects.</summary>
    public double AppealVariance { get; }

    /// <summary>
    /// nu: at even odds a pair is skipped with odds nu to 2 (Davidson 1970, "On extending the Bradley-Terry model to
    /// accommodate ties in paired comparison experiments"). At least 0.
    /// </summary>
    public double TieOdds { get; }

    /// <summary>se^2, the variance of what one person sees in a picture beyond their taste and the item effect.</summary>
    public double PictureEffectVariance { get; }

    /// <summary>The probability that an answer of a person of whom nothing is known is random, see <see cref="LapseRate"/>.</summary>
    public double Lapse { get; }

    /// <summary>kappa = 1/sqrt(1 + pi/8 * 2 se^2), the scale of the log odds after integrating out the unknown effects of both pictures.</summary>
    public double Kappa => Logistic.ProbitScale(2 * PictureEffectVariance);

    /// <summary>The item effects of the pictures that were judged, by picture id.</summary>
    public IReadOnlyDictionary<long, Appeal> Appeals => _appeals;

    /// <summary>A copy with another version.</summary>
    public CommunityPrior WithVersion(int version) =>
        new(version, _mean, _populationCovariance, MeanCovariance(), AppealVariance, _appeals, TieOdds, PictureEffectVariance, Lapse);

    /// <summary>The marginal prior of the first <paramref name="dimension"/> weights.</summary>
    public CommunityPrior Truncated(int dimension)
    {
        var (populationCovariance, meanCovariance, all) = (new double[dimension * dimension], new double[dimension * dimension], MeanCovariance());
        for (var row = 0; row < dimension; row++)
        {
            PopulationCovariance.Slice(row * Dimension, dimension).CopyTo(populationCovariance.AsSpan(row * dimension));
            all.AsSpan(row * Dimension, dimension).CopyTo(meanCovariance.AsSpan(row * dimension));
        }

        return new(Version, Mean[..dimension], populationCovariance, meanCovariance, AppealVariance, _appeals, TieOdds, PictureEffectVariance, Lapse);
    }

    /// <summary>C, d by d, row by row: the covariance of the estimate of mu. Each call allocates it.</summary>
    public double[] MeanCovariance()
    {
        var meanCovariance = new double[_covariance.Length];
        TensorPrimitives.Subtract(_covariance, _populationCovariance, meanCovariance);
        return meanCovariance;
    }

    /// <summary>The item effect of a picture: its posterior, or N(0, sb^2) for a picture that was not judged.</summary>
    public Appeal AppealOf(long picture) => _appeals.TryGetValue(picture, out var appeal) ? appeal : new(0, AppealVariance);

    /// <summary>
    /// The prior of a community without votes: no feature is preferred, and item effects are 0.
    /// </summary>
    /// <param name="variances">The variance of each weight. 1 makes votes as consistent as those of people, see <see cref="Initial(int)"/>.</param>
    public static CommunityPrior Initial(params ReadOnlySpan<double> variances)
    {
        var dimension = variances.Length;
        var populationCovariance = new double[dimension * dimension];
        for (var feature = 0; feature < dimension; feature++)
        {
            populationCovariance[(feature * dimension) + feature] = variances[feature];
        }

        // At even odds 1 pair in 11 is skipped: nu/(nu + 2).
        const double UsualTieOdds = 0.2;
        return new(0, new double[dimension], populationCovariance, new double[dimension * dimension], 0, new Dictionary<long, Appeal>(), UsualTieOdds);
    }

    /// <summary>The prior of d weights that are independent with variance 1.</summary>
    public static CommunityPrior Initial(int dimension)
    {
        // The features of two random pictures differ by a vector of squared length 18, so that a weight variance of 1 gives the
        // log odds of a vote a standard deviation of 0.84 * sqrt(18) = 3.6. A person who is asked twice then gives the same
        // answer with probability E[p^2 + (1 - p)^2] = 80%; for artworks, people do in 81% of cases.
        var variances = new double[dimension];
        variances.AsSpan().Fill(1);
        return Initial(variances);
    }
}
