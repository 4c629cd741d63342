using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Personalization.Pictures;
using Personalization.Taste;
using Personalization.Taste.Model;

namespace Personalization.Lab.Simulation;

/// <summary>
/// Tastes along directions of all that the extractor finds in a picture: the measures and the principal components of the
/// embedding, standardised over a pool, all of which is painted for it.
/// </summary>
internal sealed class ExtractedTaste
{
    // The standard deviation of utilities over the pool, in log odds: that of a taste on the axes.
    private const double Spread = 3;

    private readonly LabPool _lab;
    private readonly FeatureMap.Standardization _standardization;
    private readonly double[][] _pool;

    public ExtractedTaste(LabPool lab, IReadOnlyList<PoolPicture> pictures, CancellationToken cancellationToken)
    {
        _lab = lab;
        var extracted = pictures.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(member =>
        {
            // The query itself checks the token only every 64 pictures.
            cancellationToken.ThrowIfCancellationRequested();
            return lab.Extracted(member.Picture);
        }).ToArray();
        var raw = Matrix<double>.Build.Dense(extracted.Length, extracted[0].Length, (row, column) => extracted[row][column]);
        _standardization = FeatureMap.Standardization.Fit(raw, lab.MeasureCount, FeatureSpace.EmbeddingComponents);
        _pool = Array.ConvertAll(extracted, numbers => _standardization.Apply(numbers));
    }

    /// <summary>The number of measures and components.</summary>
    public int Dimension => _pool[0].Length;

    /// <summary>The utility of a picture, in log odds, for a taste of this direction.</summary>
    /// <param name="weights">One for each measure and component.</param>
    public Func<Picture, double> Along(double[] weights)
    {
        double Of(double[] numbers) => TensorPrimitives.Dot<double>(weights, numbers);

        var utilities = Array.ConvertAll(_pool, Of);
        var mean = utilities.Average();
        var scale = Spread / Math.Sqrt(utilities.Average(utility => (utility - mean) * (utility - mean)));
        return picture => scale * (Of(_standardization.Apply(_lab.Extracted(picture))) - mean);
    }
}
