using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>
/// The d features of a picture: standardised over a pool, clipped at 3 standard deviations and scaled by 3/sqrt(d), so that the
/// distance between two pictures, and with it the prior variance of a vote's log odds, does not depend on d.
/// </summary>
public sealed class PictureFeatures
{
    /// <summary>The number of standard deviations at which features are clipped.</summary>
    public const double Clip = 3;

    // In scaled features: on twelve axes, a third of a coordinate in all.
    private const double MinContrast = 0.5;

    private readonly double[] _values;

    /// <param name="picture">The picture's id, under which its item effect is known; 0 for a picture without one.</param>
    /// <param name="values">d features.</param>
    public PictureFeatures(long picture, params ReadOnlySpan<double> values)
    {
        Picture = picture;
        _values = values.ToArray();
    }

    /// <summary>The picture's id; 0 for a picture without one.</summary>
    public long Picture { get; }

    /// <summary>phi: d features.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The number of features, d.</summary>
    public int Dimension => _values.Length;

    /// <summary>Whether the pictures differ enough in style for a choice between them to be about style.</summary>
    /// <param name="axes">The number of style axes, which are the first features.</param>
    public bool DiffersInStyle(PictureFeatures other, int axes) => TensorPrimitives.Distance(Values[..axes], other.Values[..axes]) >= MinContrast;

    /// <summary>The factor 3/sqrt(d) of each standardised feature in a group of d.</summary>
    /// <param name="dimension">d, at least 1.</param>
    public static double ScaleOf(int dimension) => 3 / Math.Sqrt(dimension);
}
