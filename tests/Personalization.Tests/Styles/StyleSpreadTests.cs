using Personalization.Styles;
using Xunit;

namespace Personalization.Tests.Styles;

public sealed class StyleSpreadTests
{
    private const int Count = 8;
    private const int Dimension = 10;

    [Fact]
    public void Every_axis_is_covered_from_end_to_end_with_mean_0()
    {
        for (var prompt = 0; prompt < 64; prompt++)
        {
            var styles = StyleSpread.Spread(prompt, Count, Dimension);
            for (var axis = 0; axis < Dimension; axis++)
            {
                var coordinates = styles.Select(style => style[axis]).Order().ToList();
                Assert.Equal((-1f, 1f), (coordinates[0], coordinates[^1]));
                Assert.Equal(0, coordinates.Average(), 1e-6);
                Assert.All(coordinates.Zip(coordinates.Skip(1)), pair => Assert.Equal(2f / (Count - 1), pair.Second - pair.First, 1e-5));
            }
        }
    }

    [Fact]
    public void Closest_two_are_farther_apart_than_chance_leaves_them()
    {
        var random = new Random(1);
        var (spread, chance) = (0.0, 0.0);
        for (var prompt = 0; prompt < 64; prompt++)
        {
            spread += Closest(StyleSpread.Spread(prompt, Count, Dimension));
            chance += Closest([.. Enumerable.Range(0, Count).Select(_ => new StyleVector([.. Enumerable.Range(0, Dimension).Select(_ => (float)((2 * random.NextDouble()) - 1))]))]);
        }

        Assert.True(spread > chance * 1.5, $"{spread / 64} against {chance / 64}");
    }

    [Fact]
    public void Style_spread_correlates_no_two_axes_over_all_prompts()
    {
        var styles = Enumerable.Range(0, 64).SelectMany(prompt => StyleSpread.Spread(prompt, Count, Dimension)).ToList();
        for (var a = 0; a < Dimension; a++)
        {
            for (var b = a + 1; b < Dimension; b++)
            {
                var together = styles.Average(style => style[a] * style[b]) / styles.Average(style => style[a] * style[a]);
                Assert.InRange(together, -0.15, 0.15);
            }
        }
    }

    [Fact]
    public void Same_prompt_has_the_same_styles_and_another_prompt_others()
    {
        Assert.Equal(StyleSpread.Spread(5, Count, Dimension), StyleSpread.Spread(5, Count, Dimension));
        Assert.NotEqual(StyleSpread.Spread(5, Count, Dimension), StyleSpread.Spread(6, Count, Dimension));
    }

    [Fact]
    public void Single_style_is_the_middle() =>
        Assert.Equal(new StyleVector(0, 0, 0), Assert.Single(StyleSpread.Spread(0, 1, 3)));

    private static double Closest(IReadOnlyList<StyleVector> styles) =>
        (from a in Enumerable.Range(0, styles.Count)
         from b in Enumerable.Range(a + 1, styles.Count - a - 1)
         select Math.Sqrt(Enumerable.Range(0, styles[a].Dimension).Sum(axis => Math.Pow(styles[a][axis] - styles[b][axis], 2)))).Min();
}
