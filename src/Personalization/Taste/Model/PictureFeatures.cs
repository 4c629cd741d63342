namespace Personalization.Taste.Model;

/// <summary>
/// A picture as the model sees it: d features, standardised over a pool, clipped at 3 standard deviations and scaled by
/// 3/sqrt(d), so that the length of the difference between two pictures, and with it what the prior says of a vote, does
/// not grow with d.
/// </summary>
public sealed class PictureFeatures
{
    /// <summary>How many standard deviations from the mean count: what lies farther counts as this far.</summary>
    public const double Clip = 3;

    private readonly double[] _values;

    /// <param name="picture">The picture's id, under which its own appeal is known; 0 for a picture known to nobody.</param>
    /// <param name="values">d features.</param>
    public PictureFeatures(long picture, params ReadOnlySpan<double> values)
    {
        Picture = picture;
        _values = values.ToArray();
    }

    /// <summary>The picture's id; 0 for one known to nobody.</summary>
    public long Picture { get; }

    /// <summary>phi: d features.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The number of features, d.</summary>
    public int Dimension => _values.Length;

    /// <summary>What a standardised feature is multiplied by where there are this many of a kind: 3/sqrt(d).</summary>
    public static double ScaleOf(int dimension) => 3 / Math.Sqrt(dimension);
}
