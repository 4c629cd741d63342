namespace Personalization.Styles;

/// <summary>Few points that cover a space of many axes.</summary>
public static class StyleSpread
{
    // More designs gain little: the best minimum distance grows with about the logarithm of their number.
    private const int Designs = 200;

    /// <summary>
    /// Styles spread evenly over the space: on every axis the coordinates are equally far apart from -1 to 1, so that their
    /// mean is 0 and every axis has both its ends (a Latin hypercube; McKay, Beckman and Conover 1979), and of many such
    /// designs the one whose closest two styles are farthest apart (maximin; Johnson, Moore and Ylvisaker 1990).
    /// The same arguments give the same styles on every machine; another number gives others.
    /// </summary>
    /// <param name="number">Which of many such sets, at least 0.</param>
    /// <param name="count">How many styles; a single one is the space's middle.</param>
    /// <param name="dimension">How many axes, at least 1.</param>
    public static IReadOnlyList<StyleVector> Spread(int number, int count, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (count == 1)
        {
            return [new StyleVector(new float[dimension])];
        }

        var random = new StableRandom((ulong)number * 0xD1B54A32D192ED03UL);
        var best = new int[dimension][];
        var farthest = -1;
        for (var i = 0; i < Designs; i++)
        {
            var design = Enumerable.Range(0, dimension).Select(_ => Shuffled(count, random)).ToArray();
            var closest = ClosestPair(design, count);
            if (closest > farthest)
            {
                (best, farthest) = (design, closest);
            }
        }

        return [.. Enumerable.Range(0, count).Select(style =>
            new StyleVector([.. best.Select(levels => (2f * levels[style] / (count - 1)) - 1)]))];
    }

    private static int ClosestPair(int[][] design, int count)
    {
        var closest = int.MaxValue;
        for (var a = 0; a < count; a++)
        {
            for (var b = a + 1; b < count; b++)
            {
                var distance = 0;
                foreach (var levels in design)
                {
                    distance += (levels[a] - levels[b]) * (levels[a] - levels[b]);
                }

                closest = Math.Min(closest, distance);
            }
        }

        return closest;
    }

    private static int[] Shuffled(int count, StableRandom random)
    {
        var levels = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            var j = (int)(random.Next() % (ulong)(i + 1));
            (levels[i], levels[j]) = (levels[j], levels[i]);
        }

        return levels;
    }
}
