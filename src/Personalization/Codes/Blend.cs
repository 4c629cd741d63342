using System.Buffers.Binary;
using System.Security.Cryptography;
using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Taste;
using Personalization.Taste.Model;

namespace Personalization.Codes;

/// <summary>
/// One taste, or a mix of several. With shares a that sum to 1, the community means and the deviations are averaged, and the
/// variance is the sum of a^2 V. Posteriors are not multiplied: different people are not repeated evidence of one taste.
/// </summary>
public sealed class Blend
{
    private readonly double[] _house;
    private readonly double[] _deviation;
    private readonly double[] _variance;

    private Blend(double[] house, double[] deviation, double[] variance, IReadOnlyList<PictureId> favourites)
    {
        Favourites = favourites;
        _house = house;
        _deviation = deviation;
        _variance = variance;
    }

    /// <summary>The number of axes: that of the newest space among the tastes.</summary>
    public int Dimension => _house.Length;

    /// <summary>The house style: mu as stored in the snapshots, so that a code keeps its meaning after a refit; d weights.</summary>
    public ReadOnlySpan<double> House => _house;

    /// <summary>How the taste differs from <see cref="House"/>, d weights.</summary>
    public ReadOnlySpan<double> Deviation => _deviation;

    /// <summary>The taste's weight on an axis, from 0 to d - 1: house style and deviation together.</summary>
    public double WeightOf(int axis) => _house[axis] + _deviation[axis];

    /// <summary>The variance of each weight, d numbers.</summary>
    public ReadOnlySpan<double> Variance => _variance;

    /// <summary>The pictures liked best, best first; of several tastes in turns, beginning with the largest weight.</summary>
    public IReadOnlyList<PictureId> Favourites { get; }

    /// <summary>The maximum of the negative weights' sum as a share of the positive ones': beyond it shares grow above 2.</summary>
    public const double MaxNegativeShare = 0.5;

    /// <summary>
    /// Mixes tastes in proportion to their weights; a single one stays as it is. Negative weights lead away from a taste. The
    /// order of the parts does not change a bit of the result.
    /// </summary>
    /// <param name="parts">
    /// At least one; the negative weights together at most <see cref="MaxNegativeShare"/> of the positive ones, so that no share
    /// is above 2. A code that appears twice is one taste with the sum of its weights. A taste of an earlier space keeps its meaning
    /// and has weight 0 on later axes.
    /// </param>
    /// <exception cref="ArgumentException">There are no parts, a weight is not finite, or the negative weights are too large.</exception>
    public static Blend Mix(IReadOnlyList<(PersonalizationCode Code, TasteSnapshot Snapshot, double Weight)> parts)
    {
        if (!parts.All(part => double.IsFinite(part.Weight)) || !IsBalanced(parts.Select(part => part.Weight)))
        {
            throw new ArgumentException("A blend needs at least one taste with a positive weight, finite weights, and negative weights that sum to at most half of the positive ones.", nameof(parts));
        }

        // Floating-point sums depend on the order of their terms, so the parts are sorted.
        var dimension = parts.Max(part => part.Snapshot.Mean.Count);
        var sorted = parts
            .GroupBy(part => part.Code)
            .OrderBy(same => same.Key.ToString(), StringComparer.Ordinal)
            .Select(same => (Taste: From(same.First().Snapshot).In(dimension), Weight: same.Select(part => part.Weight).Order().Sum()))
            .ToArray();
        var favourites = sorted.Where(part => part.Weight > 0).OrderByDescending(part => part.Weight).Select(part => part.Taste.Favourites);
        var total = sorted.Sum(part => part.Weight);
        var blend = new Blend(new double[dimension], new double[dimension], new double[dimension], [.. InTurns([.. favourites])]);
        foreach (var (taste, weight) in sorted)
        {
            var share = weight / total;
            for (var axis = 0; axis < dimension; axis++)
            {
                blend._house[axis] += share * taste._house[axis];
                blend._deviation[axis] += share * taste._deviation[axis];
                blend._variance[axis] += share * share * taste._variance[axis];
            }
        }

        return blend;
    }

    /// <summary>A single taste.</summary>
    public static Blend From(TasteSnapshot snapshot) => new(
        [.. snapshot.Mean.Zip(snapshot.Deviation, (mean, deviation) => (double)mean - deviation)],
        [.. snapshot.Deviation.Select(deviation => (double)deviation)],
        [.. snapshot.Variance.Select(variance => (double)variance)],
        snapshot.Favourites);

    /// <summary>Whether some weight is positive, and negative weights sum to at most <see cref="MaxNegativeShare"/> of the positive ones.</summary>
    public static bool IsBalanced(IEnumerable<double> weights)
    {
        var (positive, negative) = (0.0, 0.0);
        foreach (var weight in weights)
        {
            positive += Math.Max(0, weight);
            negative += Math.Max(0, -weight);
        }

        // Tolerates rounding in sums of decimals such as 0.1.
        return positive > 0 && negative <= MaxNegativeShare * positive * (1 + 1e-9);
    }

    /// <summary>
    /// The same taste in a space of more axes, with weight 0 on the added ones. Features are scaled by 1/sqrt(d), so that
    /// weights are multiplied by the square root of the ratio of dimensions and predict the same of two pictures.
    /// </summary>
    /// <param name="dimension">At least <see cref="Dimension"/>; a smaller one changes nothing.</param>
    public Blend In(int dimension)
    {
        if (dimension <= Dimension)
        {
            return this;
        }

        var scale = TasteModel.FeatureScale(Dimension) / TasteModel.FeatureScale(dimension);
        double[] Widened(double[] values, double factor)
        {
            var widened = new double[dimension];
            for (var axis = 0; axis < values.Length; axis++)
            {
                widened[axis] = factor * values[axis];
            }

            return widened;
        }

        return new(Widened(_house, scale), Widened(_deviation, scale), Widened(_variance, scale * scale), Favourites);
    }

    /// <summary>
    /// The community's mean as a deviation from a taste of zero: the house style of a prompt without <c>--p</c>, scaled by
    /// <c>--s</c>. Null while the mean is zero.
    /// </summary>
    public static Blend? FromCommunity(Community community)
    {
        var axes = Enumerable.Range(0, community.Space.StyleDimension).ToArray();
        var (mean, covariance, size) = (community.Prior.Mean.ToArray(), community.Prior.MeanCovariance(), community.Prior.Dimension);
        return Array.TrueForAll(axes, axis => mean[axis] == 0)
            ? null
            : new(new double[axes.Length], [.. axes.Select(axis => mean[axis])], [.. axes.Select(axis => covariance[(axis * size) + axis])], []);
    }

    /// <summary>What the taste says of every axis of a vocabulary, strongest first.</summary>
    public IReadOnlyList<TasteTrait> TraitsOn(StyleVocabulary vocabulary)
    {
        var known = In(vocabulary.Dimension);
        return
        [
            .. vocabulary.Axes
                .Select((axis, i) => TasteTrait.Create(axis, known.WeightOf(i), known.Variance[i]))
                .OrderByDescending(trait => Math.Abs(trait.Weight)),
        ];
    }

    private static IEnumerable<PictureId> InTurns(IReadOnlyList<PictureId>[] lists) =>
        Enumerable.Range(0, lists.Select(list => list.Count).DefaultIfEmpty(0).Max())
            .SelectMany(place => lists.Where(list => list.Count > place).Select(list => list[place]))
            .Distinct();

    /// <summary>A hash of the taste and a seed, to seed random numbers that depend on both.</summary>
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
