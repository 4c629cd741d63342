using Personalization.Pictures;
using Personalization.Taste;

namespace Personalization.Lab.Simulation;

/// <summary>Tastes on the measures of <see cref="LabPool.Measures"/>, standardised over a pool, all of which is painted for it.</summary>
internal sealed class PixelTaste
{
    /// <summary>The number of measures.</summary>
    public const int Dimension = 3;

    private readonly LabPool _lab;
    private readonly double[] _means;
    private readonly double[] _deviations;

    public PixelTaste(LabPool lab, IReadOnlyList<PoolPicture> pictures, CancellationToken cancellationToken)
    {
        _lab = lab;
        var measured = pictures.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(member =>
        {
            // The query itself checks the token only every 64 pictures.
            cancellationToken.ThrowIfCancellationRequested();
            return lab.Measures(member.Picture);
        }).ToArray();
        _means = [.. Enumerable.Range(0, Dimension).Select(i => measured.Average(measures => measures[i]))];
        _deviations = [.. _means.Select((mean, i) => Math.Sqrt(measured.Average(measures => Math.Pow(measures[i] - mean, 2))))];
    }

    /// <summary>The utility of a picture, in log odds, scaled as that of a taste on the axes.</summary>
    /// <param name="weights">One for each measure.</param>
    public double Utility(double[] weights, Picture picture) =>
        TasteSimulation.Dot(weights, [.. _lab.Measures(picture).Select((measure, i) => 3 / Math.Sqrt(Dimension) * (measure - _means[i]) / _deviations[i])]);
}
