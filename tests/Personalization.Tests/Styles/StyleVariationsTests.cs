using Personalization.Styles;
using Xunit;

namespace Personalization.Tests.Styles;

public sealed class StyleVariationsTests
{
    private const int Dimension = 12;
    private const int Prompts = 128;

    private static readonly IReadOnlyList<IReadOnlyList<StyleVector>> All = StyleVariations.Of(Prompts, Dimension);

    [Fact]
    public void Two_styles_of_a_prompt_differ_widely_on_two_to_four_axes_and_are_equal_on_the_others() =>
        Assert.All(All, styles => Assert.All(Pairs(styles), pair =>
        {
            var differences = Enumerable.Range(0, Dimension).Select(axis => Math.Abs(pair.A[axis] - pair.B[axis])).Where(difference => difference > 0).ToArray();
            Assert.InRange(differences.Length, 2, 4);
            Assert.All(differences, difference => Assert.Equal(2, difference));
        }));

    [Fact]
    public void Prompt_varies_four_axes_about_a_base_in_the_middle_of_the_space() =>
        Assert.All(All, styles =>
        {
            Assert.Equal(StyleVariations.StylesPerPrompt, styles.Distinct().Count());
            Assert.Equal(4, Varied(styles).Count);
            Assert.All(Enumerable.Range(0, Dimension).Except(Varied(styles)), axis => Assert.InRange(styles[0][axis], -0.5f, 0.5f));
        });

    [Fact]
    public void Catalogue_varies_every_axis_and_every_two_axes_together_equally_often()
    {
        var varied = All.Select(styles => Varied(styles).ToHashSet()).ToArray();

        // 128 prompts are 512 axes varied, of twelve, and 768 pairs of them, of 66.
        Assert.All(Enumerable.Range(0, Dimension), axis => Assert.InRange(varied.Count(axes => axes.Contains(axis)), 41, 44));
        Assert.All(
            from a in Enumerable.Range(0, Dimension) from b in Enumerable.Range(a + 1, Dimension - a - 1) select varied.Count(axes => axes.Contains(a) && axes.Contains(b)),
            together => Assert.InRange(together, 10, 14));
    }

    [Fact]
    public void Every_axis_has_both_ends_equally_often_in_each_prompt_that_varies_it() =>
        Assert.All(All, styles => Assert.All(Varied(styles), axis => Assert.Equal(0, styles.Sum(style => style[axis]))));

    [Fact]
    public void Style_variations_correlate_no_two_axes_over_all_prompts()
    {
        var styles = All.SelectMany(prompt => prompt).ToArray();
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
    public void Styles_of_a_prompt_stay_when_prompts_are_added() =>
        Assert.Equal(All.Take(70), StyleVariations.Of(70, Dimension));

    [Fact]
    public void Space_of_fewer_axes_than_are_varied_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StyleVariations.Of(1, 3));

    private static List<int> Varied(IReadOnlyList<StyleVector> styles) =>
        [.. Enumerable.Range(0, Dimension).Where(axis => styles.Any(style => style[axis] != styles[0][axis]))];

    private static IEnumerable<(StyleVector A, StyleVector B)> Pairs(IReadOnlyList<StyleVector> styles) =>
        from a in Enumerable.Range(0, styles.Count)
        from b in Enumerable.Range(0, a)
        select (styles[a], styles[b]);
}
