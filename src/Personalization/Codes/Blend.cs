using System.Buffers.Binary;
using System.Security.Cryptography;
using Personalization.Taste;

namespace Personalization.Codes;

/// <summary>
/// One taste or several mixed. With weights a that sum to 1, the community mean and the deviations are averaged, and the
/// variance is the sum of a^2 V: different people are no repeated evidence, so that their posteriors are never multiplied.
/// </summary>
public sealed class Blend
{
    private readonly double[] _house;
    private readonly double[] _deviation;
    private readonly double[] _variance;

    private Blend(double[] house, double[] deviation, double[] variance)
    {
        _house = house;
        _deviation = deviation;
        _variance = variance;
    }

    /// <summary>The number of axes: that of the newest space among the tastes.</summary>
    public int Dimension => _house.Length;

    /// <summary>mu as the snapshots knew it, so that a code keeps its meaning when the community moves; d weights.</summary>
    public ReadOnlySpan<double> House => _house;

    /// <summary>How the taste differs from <see cref="House"/>, d weights.</summary>
    public ReadOnlySpan<double> Deviation => _deviation;

    /// <summary>The variance of each weight, d numbers.</summary>
    public ReadOnlySpan<double> Variance => _variance;

    /// <summary>Mixes tastes in proportion to their weights; one alone stays as it is. Their order does not matter, to the last bit.</summary>
    /// <param name="parts">
    /// At least one; weights positive. A code given twice is one taste of both weights. A taste from an earlier space has no
    /// opinion on later axes.
    /// </param>
    /// <exception cref="ArgumentException">There are no parts, or a weight is not positive and finite.</exception>
    public static Blend Of(IReadOnlyList<(PersonalizationCode Code, TasteSnapshot Snapshot, double Weight)> parts)
    {
        if (parts.Count == 0 || parts.Any(part => !(part.Weight > 0 && double.IsFinite(part.Weight))))
        {
            throw new ArgumentException("A blend needs at least one taste, and positive weights.", nameof(parts));
        }

        // Sums of floating point numbers depend on their order, so there is one order.
        var sorted = parts
            .GroupBy(part => part.Code)
            .OrderBy(same => same.Key.ToString(), StringComparer.Ordinal)
            .Select(same => (same.First().Snapshot, Weight: same.Select(part => part.Weight).Order().Sum()))
            .ToArray();
        var total = sorted.Sum(part => part.Weight);
        var dimension = sorted.Max(part => part.Snapshot.Mean.Count);
        var house = new double[dimension];
        var deviation = new double[dimension];
        var variance = new double[dimension];
        foreach (var (snapshot, weight) in sorted)
        {
            var share = weight / total;
            for (var axis = 0; axis < snapshot.Mean.Count; axis++)
            {
                house[axis] += share * ((double)snapshot.Mean[axis] - snapshot.Deviation[axis]);
                deviation[axis] += share * snapshot.Deviation[axis];
                variance[axis] += share * share * snapshot.Variance[axis];
            }
        }

        return new(house, deviation, variance);
    }

    /// <summary>
    /// What everybody likes, as a taste of its own that deviates from having none: the house style of a prompt without
    /// <c>--p</c>, which <c>--s</c> turns up and down. Null while the community prefers nothing.
    /// </summary>
    public static Blend? OfEverybody(Community community)
    {
        var axes = Enumerable.Range(0, community.Space.StyleDimension).ToArray();
        var (mean, doubt, size) = (community.Prior.Mean.ToArray(), community.Prior.Doubt(), community.Prior.Dimension);
        return Array.TrueForAll(axes, axis => mean[axis] == 0)
            ? null
            : new(new double[axes.Length], [.. axes.Select(axis => mean[axis])], [.. axes.Select(axis => doubt[(axis * size) + axis])]);
    }

    /// <summary>A number made from the taste and a seed, for chance that both decide.</summary>
    internal ulong Seed(uint seed)
    {
        var bytes = new byte[sizeof(uint) + (3 * Dimension * sizeof(double))];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, seed);
        var rest = bytes.AsSpan(sizeof(uint));
        foreach (var number in (double[])[.. _house, .. _deviation, .. _variance])
        {
            BinaryPrimitives.WriteDoubleLittleEndian(rest, number);
            rest = rest[sizeof(double)..];
        }

        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(bytes));
    }
}
