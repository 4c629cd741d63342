using System.Buffers.Binary;
using System.Security.Cryptography;
using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Taste;
using Personalization.Taste.Model;

namespace Personalization.Codes;

/// <summary>
/// One taste or several mixed. With shares a that sum to 1, the community mean and the deviations are averaged, and the
/// variance is the sum of a^2 V: different people are no repeated evidence, so that their posteriors are never multiplied.
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

    /// <summary>mu as the snapshots knew it, so that a code keeps its meaning when the community moves; d weights.</summary>
    public ReadOnlySpan<double> House => _house;

    /// <summary>How the taste differs from <see cref="House"/>, d weights.</summary>
    public ReadOnlySpan<double> Deviation => _deviation;

    /// <summary>The variance of each weight, d numbers.</summary>
    public ReadOnlySpan<double> Variance => _variance;

    /// <summary>The pictures that are liked best, best first: of several tastes the heavier one's first, in turns.</summary>
    public IReadOnlyList<PictureId> Favourites { get; }

    /// <summary>How much of what positive weights give, negative ones may take back: beyond it tastes would be blown up, not blended.</summary>
    public const double MostTakenBack = 0.5;

    /// <summary>
    /// Mixes tastes in proportion to their weights; one alone stays as it is. Negative weights lead away from a taste. Their
    /// order does not matter, to the last bit.
    /// </summary>
    /// <param name="parts">
    /// At least one; the negative weights together at most <see cref="MostTakenBack"/> of the positive ones, so that no share
    /// is above 2. A code given twice is one taste of both weights. A taste of an earlier space means there what it meant, and
    /// has no opinion on later axes.
    /// </param>
    /// <exception cref="ArgumentException">There are no parts, a weight is not finite, or too much is taken back.</exception>
    public static Blend Of(IReadOnlyList<(PersonalizationCode Code, TasteSnapshot Snapshot, double Weight)> parts)
    {
        if (!parts.All(part => double.IsFinite(part.Weight)) || !IsBalanced(parts.Select(part => part.Weight)))
        {
            throw new ArgumentException("A blend needs at least one taste, and negative weights that take back at most half of the positive ones.", nameof(parts));
        }

        // Sums of floating point numbers depend on their order, so there is one order.
        var dimension = parts.Max(part => part.Snapshot.Mean.Count);
        var sorted = parts
            .GroupBy(part => part.Code)
            .OrderBy(same => same.Key.ToString(), StringComparer.Ordinal)
            .Select(same => (Taste: Of(same.First().Snapshot).In(dimension), Weight: same.Select(part => part.Weight).Order().Sum()))
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

    /// <summary>One taste by itself.</summary>
    public static Blend Of(TasteSnapshot snapshot) => new(
        [.. snapshot.Mean.Zip(snapshot.Deviation, (mean, deviation) => (double)mean - deviation)],
        [.. snapshot.Deviation.Select(deviation => (double)deviation)],
        [.. snapshot.Variance.Select(variance => (double)variance)],
        snapshot.Favourites);

    /// <summary>Whether there is something positive, and negative weights take back at most <see cref="MostTakenBack"/> of it.</summary>
    public static bool IsBalanced(IEnumerable<double> weights)
    {
        var (given, taken) = (0.0, 0.0);
        foreach (var weight in weights)
        {
            given += Math.Max(0, weight);
            taken += Math.Max(0, -weight);
        }

        // Sums of decimals such as 0.1 are off by a last bit.
        return given > 0 && taken <= MostTakenBack * given * (1 + 1e-9);
    }

    /// <summary>
    /// The same taste in a space of more axes, none of which it has an opinion on. Features are scaled by 1/sqrt(d), so that
    /// weights grow by the root of how many more axes there are and still say the same of two pictures.
    /// </summary>
    /// <param name="dimension">At least <see cref="Dimension"/>; where it is smaller, nothing changes.</param>
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
    /// What everybody likes, as a taste of its own that deviates from having none: the house style of a prompt without
    /// <c>--p</c>, which <c>--s</c> turns up and down. Null while the community prefers nothing.
    /// </summary>
    public static Blend? OfEverybody(Community community)
    {
        var axes = Enumerable.Range(0, community.Space.StyleDimension).ToArray();
        var (mean, doubt, size) = (community.Prior.Mean.ToArray(), community.Prior.MeanCovariance(), community.Prior.Dimension);
        return Array.TrueForAll(axes, axis => mean[axis] == 0)
            ? null
            : new(new double[axes.Length], [.. axes.Select(axis => mean[axis])], [.. axes.Select(axis => doubt[(axis * size) + axis])], []);
    }

    /// <summary>What the taste says of every axis of a vocabulary, strongest first.</summary>
    public IReadOnlyList<TasteTrait> TraitsOn(StyleVocabulary vocabulary)
    {
        var known = In(vocabulary.Dimension);
        return
        [
            .. vocabulary.Axes
                .Select((axis, i) => TasteTrait.Of(axis, known.House[i] + known.Deviation[i], known.Variance[i]))
                .OrderByDescending(trait => Math.Abs(trait.Weight)),
        ];
    }

    private static IEnumerable<PictureId> InTurns(IReadOnlyList<PictureId>[] lists) =>
        Enumerable.Range(0, lists.Select(list => list.Count).DefaultIfEmpty(0).Max())
            .SelectMany(place => lists.Where(list => list.Count > place).Select(list => list[place]))
            .Distinct();

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
