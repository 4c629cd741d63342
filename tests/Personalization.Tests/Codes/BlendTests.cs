using CsCheck;
using Personalization.Codes;
using Personalization.Taste.Model;
using Xunit;

namespace Personalization.Tests.Codes;

public sealed class BlendTests
{
    private static readonly PersonalizationCode A = PersonalizationCode.FromNumber(1);
    private static readonly PersonalizationCode B = PersonalizationCode.FromNumber(2);

    [Fact]
    public void Blend_of_one_code_is_its_taste_whatever_its_weight()
    {
        var snapshot = Snapshot([0.1f, -0.7f], [0.3f, 0.2f]);

        var blend = Blend.Mix([(A, snapshot, 3)]);

        Assert.Equal([0.1f, -0.7f], blend.Deviation.ToArray());
        Assert.Equal([0.3f, 0.2f], blend.Variance.ToArray());
        Assert.Equal([0, 0], blend.House.ToArray());
    }

    [Fact]
    public void Deviations_are_averaged_by_weight_and_variances_by_its_square()
    {
        var blend = Blend.Mix([(A, Snapshot([4, 0], [1, 1]), 3), (B, Snapshot([0, 8], [1, 2]), 1)]);

        Assert.Equal([3, 2], blend.Deviation.ToArray());
        Assert.Equal([0.625, (9 + 2) / 16.0], blend.Variance.ToArray());
    }

    [Fact]
    public void Community_mean_each_taste_was_learnt_under_stays_apart_from_it()
    {
        var snapshot = new TasteSnapshot(new(1), 1, 1, 7, [1.5f], [0.5f], [1], 200, 0);

        var blend = Blend.Mix([(A, snapshot, 1)]);

        Assert.Equal([1], blend.House.ToArray());
        Assert.Equal([0.5], blend.Deviation.ToArray());
    }

    [Fact]
    public void Opposite_tastes_cancel()
    {
        var blend = Blend.Mix([(A, Snapshot([2, -1], [1, 1]), 1), (B, Snapshot([-2, 1], [1, 1]), 1)]);

        Assert.Equal([0, 0], blend.Deviation.ToArray());
    }

    [Fact]
    public void Order_of_codes_does_not_matter_to_the_last_bit()
    {
        var part = Gen.Select(
            Gen.ULong[0, 5],
            Gen.Float[-5, 5].Array[3],
            Gen.Double[0.01, 100],
            (number, mean, weight) => (PersonalizationCode.FromNumber(number), Snapshot(mean, [0.1f, 0.2f, 0.3f], number), weight));

        // One code is one taste.
        var parts = part.Array[1, 5].Select(array => array.DistinctBy(each => each.Item1).ToArray());

        Gen.Select(parts, Gen.Int).Sample((given, seed) =>
        {
            var shuffled = given.ToArray();
            new Random(seed).Shuffle(shuffled);
            return Blend.Mix(given).Deviation.SequenceEqual(Blend.Mix(shuffled).Deviation)
                && Blend.Mix(given).Variance.SequenceEqual(Blend.Mix(shuffled).Variance);
        });
    }

    [Fact]
    public void Code_given_twice_is_one_taste_of_both_weights()
    {
        var (a, b) = (Snapshot([4, 0], [1, 1]), Snapshot([0, 8], [1, 2]));

        var twice = Blend.Mix([(A, a, 1), (B, b, 1), (A, a, 2)]);
        var once = Blend.Mix([(A, a, 3), (B, b, 1)]);

        Assert.Equal(once.Deviation.ToArray(), twice.Deviation.ToArray());
        Assert.Equal(once.Variance.ToArray(), twice.Variance.ToArray());
    }

    [Fact]
    public void Taste_of_an_older_space_has_weight_0_on_later_axes()
    {
        // Of two axes instead of one, features are shorter by sqrt(2), and weights as much longer.
        var blend = Blend.Mix([(A, Snapshot([4], [1]), 1), (B, Snapshot([0, 8], [1, 2]), 1)]);

        Assert.Equal([2 * Math.Sqrt(2), 4], blend.Deviation.ToArray(), Near);
        Assert.Equal([0.75, 0.5], blend.Variance.ToArray(), Near);
    }

    [Fact]
    public void Taste_of_an_older_space_predicts_the_same_in_a_newer_one() => Gen.Select(Gen.Float[-5, 5].Array[10], Gen.Float[-1, 1].Array[10], Gen.Float[-1, 1].Array[10]).Sample((mean, a, b) =>
    {
        var old = Blend.From(Snapshot(mean, [.. Enumerable.Repeat(1f, 10)]));
        return Math.Abs(Liking(old, a, b) - Liking(old.In(12), [.. a, 0.7f, -1], [.. b, -0.3f, 1])) < 1e-9;
    });

    [Fact]
    public void Negative_weight_leads_away_from_a_taste()
    {
        var blend = Blend.Mix([(A, Snapshot([4, 1], [1, 1]), 2), (B, Snapshot([2, 0], [1, 1]), -1)]);

        // Shares 2 and -1.
        Assert.Equal([6, 2], blend.Deviation.ToArray());
        Assert.Equal([5, 5], blend.Variance.ToArray());
    }

    [Fact]
    public void House_style_is_the_same_with_negative_weights()
    {
        var (a, b) = (new TasteSnapshot(new(1), 1, 1, 7, [1.5f], [0.5f], [1], 200, 0), new TasteSnapshot(new(2), 1, 1, 7, [3f], [2f], [1], 200, 0));

        Assert.Equal([1], Blend.Mix([(A, a, 1), (B, b, -0.5)]).House.ToArray());
    }

    [Fact]
    public void Share_of_a_taste_is_at_most_two() => Gen.Double[0.01, 100].Array[1, 4].Sample(weights =>
    {
        var taken = 0.5 * weights.Sum();
        var parts = weights.Select((weight, i) => (PersonalizationCode.FromNumber((ulong)i + 1), Snapshot([1], [1]), weight))
            .Append((PersonalizationCode.FromNumber(99), Snapshot([0], [1]), -taken))
            .ToArray();
        return Math.Abs(Blend.Mix(parts).Deviation[0] - 2) < 1e-9;
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Blend_rejects_weights_that_are_not_finite_or_not_balanced(double weight)
    {
        Assert.Throws<ArgumentException>(() => Blend.Mix([(A, Snapshot([1], [1]), weight)]));
        Assert.Throws<ArgumentException>(() => Blend.Mix((IReadOnlyList<(PersonalizationCode, TasteSnapshot, double)>)[]));
        Assert.Throws<ArgumentException>(() => Blend.Mix([(A, Snapshot([1], [1]), 1), (B, Snapshot([1], [1]), -0.51)]));
    }

    [Fact]
    public void Favourites_come_in_turns_the_heavier_tastes_first_and_none_of_negative_weights()
    {
        var blend = Blend.Mix(
        [
            (A, Snapshot([1], [1]) with { Favourites = [new(1), new(2), new(3)] }, 1),
            (B, Snapshot([1], [1]) with { Favourites = [new(4), new(2)] }, 2),
            (PersonalizationCode.FromNumber(99), Snapshot([1], [1]) with { Favourites = [new(5)] }, -0.5),
        ]);

        Assert.Equal([4, 1, 2, 3], blend.Favourites.Select(picture => picture.Value));
        Assert.Equal([4, 1, 2, 3], blend.In(7).Favourites.Select(picture => picture.Value));
    }

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 1e-9;

    /// <summary>By how much a taste prefers one style to another, in log odds.</summary>
    private static double Liking(Blend taste, float[] a, float[] b) =>
        a.Select((coordinate, axis) => TasteModel.FeatureScale(a.Length) * (coordinate - b[axis]) * (taste.House[axis] + taste.Deviation[axis])).Sum();

    private static TasteSnapshot Snapshot(float[] mean, float[] variance, ulong owner = 1) =>
        new(new(owner), 1, 1, 0, mean, mean, variance, 200, 0);
}
