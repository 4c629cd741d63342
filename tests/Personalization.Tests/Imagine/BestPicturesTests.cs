using CsCheck;
using Personalization.Imagine.Jobs;
using Xunit;

namespace Personalization.Tests.Imagine;

public sealed class BestPicturesTests
{
    [Fact]
    public void Those_that_please_most_are_kept_best_first()
    {
        double[][] styles = [[0.1, 0], [0.9, 0.3], [-0.8, 0], [0.5, -0.4], [0.7, 0.9]];

        Assert.Equal([1, 4, 3], BestPictures.Choose(styles, [1, 0], 3));
    }

    [Fact]
    public void Copy_of_one_that_is_kept_gives_way_to_another_that_pleases_nearly_as_much()
    {
        double[][] styles = [[0.8, 0.8], [0.8, 0.8], [0.7, -0.8], [-0.9, 0]];

        Assert.Equal([0, 2], BestPictures.Choose(styles, [1, 0], 2));
    }

    [Fact]
    public void Best_pictures_exclude_a_disliked_one_however_different()
    {
        double[][] styles = [[0.8, 0.5], [0.75, 0.5], [0.78, 0.45], [-1, -1], [0.7, 0.55]];

        Assert.DoesNotContain(3, BestPictures.Choose(styles, [1, 0], 4));
    }

    [Fact]
    public void Spread_costs_at_most_half_a_standard_deviation_of_how_well_they_please() => Gen.Double[-1, 1].Array[3].Array[5, 16].Sample(styles =>
    {
        double[] values = [.. styles.Select(style => style[0] - (0.5 * style[1]))];
        var deviation = Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2)));

        var kept = BestPictures.Choose(styles, [1, -0.5, 0], 4);

        var left = Enumerable.Range(0, styles.Length).Except(kept);
        return left.Max(i => values[i]) - kept.Min(i => values[i]) <= (0.5 * deviation) + 1e-9;
    });

    [Fact]
    public void Pictures_of_which_nothing_is_known_come_last_and_in_order()
    {
        Assert.Equal([2, 0, 1], BestPictures.Choose([null, null, [-1.0], null], [1], 3));
        Assert.Equal([0, 1], BestPictures.Choose([null, null, null], [], 2));
    }

    [Fact]
    public void As_many_as_asked_for_are_kept_each_once_and_always_the_same() => Gen.Double[-1, 1].Array[3].Array[4, 16].Sample(styles =>
    {
        var kept = BestPictures.Choose(styles, [1, -0.5, 0.2], 4);
        return kept.Count == 4 && kept.Distinct().Count() == 4 && kept.SequenceEqual(BestPictures.Choose(styles, [1, -0.5, 0.2], 4));
    });
}
