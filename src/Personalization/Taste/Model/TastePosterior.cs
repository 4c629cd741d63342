namespace Personalization.Taste.Model;

/// <summary>
/// The posterior of one person's taste, a Gaussian over the weights of their utility, w ~ N(mean, covariance). The utility of a
/// picture is w . phi, with phi its <see cref="PictureFeatures"/>. Immutable.
/// </summary>
public sealed class TastePosterior
{
    private readonly double[] _mean;
    private readonly double[] _covariance;

    /// <param name="mean">d weights.</param>
    /// <param name="covariance">d by d, row by row, symmetric and positive definite.</param>
    /// <param name="comparisons">The number of comparisons it was learnt from.</param>
    /// <exception cref="ArgumentException">The covariance is not d by d.</exception>
    public TastePosterior(ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance, int comparisons)
        : this(mean.ToArray(), covariance.ToArray(), comparisons)
    {
        if (covariance.Length != mean.Length * mean.Length)
        {
            throw new ArgumentException($"The covariance of {mean.Length} weights has {mean.Length * mean.Length} entries, not {covariance.Length}.", nameof(covariance));
        }
    }

    /// <summary>Keeps the arrays without a copy: the caller must not change them.</summary>
    internal TastePosterior(double[] mean, double[] covariance, int comparisons, PersonPictureEffects? pictureEffects = null, double lapse = 0, ChangePoint? change = null)
    {
        (Lapse, Change) = (lapse, change);
        _mean = mean;
        _covariance = covariance;
        Comparisons = comparisons;
        PictureEffects = pictureEffects ?? PersonPictureEffects.Empty;
    }

    /// <summary>The number of features, d.</summary>
    public int Dimension => _mean.Length;

    /// <summary>The expected weights, d of them.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>The covariance, d by d, row by row.</summary>
    public ReadOnlySpan<double> Covariance => _covariance;

    /// <summary>The number of comparisons it was learnt from.</summary>
    public int Comparisons { get; }

    /// <summary>The probability that an answer of this person is random (<see cref="LapseRate"/>), as of the last <see cref="TasteModel.Rebuild"/>.</summary>
    public double Lapse { get; }

    /// <summary>Where the person's answers most probably ceased to follow one taste, as of the last <see cref="TasteModel.Rebuild"/>; null without signs of it.</summary>
    public ChangePoint? Change { get; }

    /// <summary>The person's effects of the pictures they have compared, as of the last <see cref="TasteModel.Rebuild"/>.</summary>
    internal PersonPictureEffects PictureEffects { get; }

    /// <summary>The variance of one weight.</summary>
    public double Variance(int feature) => _covariance[(feature * Dimension) + feature];
}
