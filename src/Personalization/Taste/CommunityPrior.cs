using Personalization.Styles;

namespace Personalization.Taste;

/// <summary>
/// What is believed of a person's taste before their first vote: weights w ~ N(mu, S), where mu is what people like on
/// average and S how they differ.
/// </summary>
public sealed class CommunityPrior
{
    private readonly double[] _mean;
    private readonly double[] _covariance;

    private CommunityPrior(int version, int spaceVersion, double[] mean, double[] covariance)
    {
        Version = version;
        SpaceVersion = spaceVersion;
        _mean = mean;
        _covariance = covariance;
    }

    /// <summary>Grows with each fit; 0 for the one no votes have gone into.</summary>
    public int Version { get; }

    /// <summary>The version of the style space the weights are about.</summary>
    public int SpaceVersion { get; }

    /// <summary>The number of axes, d.</summary>
    public int Dimension => _mean.Length;

    /// <summary>mu, d weights.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>S, d by d, row by row.</summary>
    public ReadOnlySpan<double> Covariance => _covariance;

    /// <summary>
    /// The prior of a community nobody has voted in: nothing is liked more than anything else, and all axes divide people
    /// alike, each weight with variance 1.
    /// </summary>
    public static CommunityPrior Initial(StyleVocabulary vocabulary)
    {
        // Two pictures of random style differ by a vector of squared length 18 in the features of TasteModel, so that a
        // weight variance of 1 gives the log odds of a vote a standard deviation of 0.84 * sqrt(18) = 3.6. Someone asked
        // twice then answers alike E[p^2 + (1 - p)^2] = 80% of the time, as people do about artworks (81%).
        const double WeightVariance = 1;

        var dimension = vocabulary.Dimension;
        var covariance = new double[dimension * dimension];
        for (var axis = 0; axis < dimension; axis++)
        {
            covariance[(axis * dimension) + axis] = WeightVariance;
        }

        return new(0, vocabulary.Version, new double[dimension], covariance);
    }
}
