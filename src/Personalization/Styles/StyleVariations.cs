namespace Personalization.Styles;

/// <summary>
/// The styles each ranking prompt is painted in: one base, varied on a few axes. Two styles of a prompt differ widely on two
/// axes or on all that are varied, and are equal on the others, because people cannot see twelve changes at once.
/// </summary>
public static class StyleVariations
{
    /// <summary>Styles that each ranking prompt is painted in.</summary>
    public const int StylesPerPrompt = 6;

    /// <summary>Axes on which the styles of a prompt differ.</summary>
    public const int VariedAxes = 4;

    // Bases stay in the middle of the space, so that a varied axis is what is seen first.
    private const float BaseReach = 0.45f;

    // Bases of so many prompts in a row cover the space evenly.
    private const int BasesTogether = 16;

    // The corners of a cube of four axes with an even number of high ends, each beside its opposite: any two differ on two
    // axes or on all four. One bit an axis.
    private static readonly int[] Corners = [0b0000, 0b1111, 0b0011, 0b1100, 0b0101, 0b1010, 0b0110, 0b1001];

    /// <summary>
    /// The styles of the first prompts. All axes, and all pairs of axes, are varied equally often over the prompts, as far as
    /// their number allows. The same position gets the same styles on every machine, whatever the number of prompts.
    /// </summary>
    /// <param name="prompts">How many prompts, at least 0.</param>
    /// <param name="dimension">How many axes, at least <see cref="VariedAxes"/>.</param>
    /// <returns>By prompt, <see cref="StylesPerPrompt"/> different styles each.</returns>
    public static IReadOnlyList<IReadOnlyList<StyleVector>> Of(int prompts, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prompts);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, VariedAxes);
        var choices = Subsets(dimension);
        var together = new int[dimension, dimension];
        var all = new List<IReadOnlyList<StyleVector>>(prompts);
        IReadOnlyList<StyleVector> bases = [];
        for (var prompt = 0; prompt < prompts; prompt++)
        {
            if (prompt % BasesTogether == 0)
            {
                bases = StyleSpread.Spread(prompt / BasesTogether, BasesTogether, dimension);
            }

            var random = new StableRandom(StableRandom.Mix((ulong)prompt));
            all.Add(Vary(bases[prompt % BasesTogether], LeastVaried(choices, together, random), prompt, random));
        }

        return all;
    }

    private static StyleVector[] Vary(StyleVector middle, int[] axes, int prompt, StableRandom random)
    {
        // Which end counts as high is drawn, so that over all prompts no combination of ends is preferred. One of the four
        // pairs of opposite corners is left out, in turn.
        var flips = random.Below(1 << VariedAxes);
        var omitted = prompt % (Corners.Length / 2);
        return
        [
            .. Corners.Where((_, at) => at / 2 != omitted).Select(corner =>
            {
                var style = middle.Coordinates.ToArray().Select(coordinate => BaseReach * coordinate).ToArray();
                for (var at = 0; at < axes.Length; at++)
                {
                    style[axes[at]] = (((corner ^ flips) >> at) & 1) == 0 ? -1 : 1;
                }

                return new StyleVector(style);
            }),
        ];
    }

    /// <summary>Of the sets of axes that were varied together least often, one at random; counts it.</summary>
    private static int[] LeastVaried(IReadOnlyList<int[]> choices, int[,] together, StableRandom random)
    {
        // A diagonal element counts how often its axis was varied at all.
        int Times(int[] axes) => axes.Sum(a => axes.Sum(b => together[a, b]));
        var least = choices.Min(Times);
        var equal = choices.Where(axes => Times(axes) == least).ToArray();
        var chosen = equal[random.Below(equal.Length)];
        foreach (var a in chosen)
        {
            foreach (var b in chosen)
            {
                together[a, b]++;
            }
        }

        return chosen;
    }

    private static int[][] Subsets(int dimension) =>
    [
        .. from a in Enumerable.Range(0, dimension)
           from b in Enumerable.Range(a + 1, dimension - a - 1)
           from c in Enumerable.Range(b + 1, dimension - b - 1)
           from d in Enumerable.Range(c + 1, dimension - c - 1)
           select new[] { a, b, c, d },
    ];
}
