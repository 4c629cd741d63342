using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Taste;

namespace Personalization.Ranking;

/// <summary>
/// Chooses the pair to show next: one prompt in two styles, so that content cancels. The first pairs cover the axes; later
/// ones are those whose answer tells most; some are random, which keeps the evidence unbiased.
/// </summary>
public sealed class PairPicker(TasteModel model)
{
    // Beyond a few hundred candidates the best of them hardly improves.
    private const int Candidates = 300;
    private const int CoveringPairs = 20;
    private const double RandomShare = 0.25;

    // By then an informed choice teaches no more than a random one, and the random pairs serve everyone.
    private const int InformedPairs = 100;
    private const double LateRandomShare = 0.75;

    /// <summary>Chooses a pair the person has not been shown; once they have seen all, any.</summary>
    /// <exception cref="InvalidOperationException">The pool has no prompt with two pictures.</exception>
    public (Picture Left, Picture Right) Pick(PicturePool pool, TastePosterior posterior, PairHistory history, Random random)
    {
        if (pool.PairCount == 0)
        {
            throw new InvalidOperationException("There are no two ranking pictures of one prompt to choose between.");
        }

        var candidates = Draw(pool, history, random);
        var (a, b) = Choose(candidates, posterior, history, random);
        return random.Next(2) == 0 ? (a, b) : (b, a);
    }

    /// <summary>How much of the difference between two styles lies on one axis: 0 to 1, in all 1 unless they are equal.</summary>
    internal static double ShareOf(int axis, StyleVector left, StyleVector right)
    {
        var length = 0.0;
        for (var i = 0; i < Math.Min(left.Dimension, right.Dimension); i++)
        {
            length += Square(left[i] - right[i]);
        }

        return length > 0 ? Square(left[axis] - right[axis]) / length : 0;
    }

    private (Picture A, Picture B) Choose(List<(Picture A, Picture B)> candidates, TastePosterior posterior, PairHistory history, Random random)
    {
        var randomShare = history.Count < InformedPairs ? RandomShare : LateRandomShare;
        if (random.NextDouble() < randomShare)
        {
            return candidates[0];
        }

        if (history.Count < CoveringPairs)
        {
            var axis = Enumerable.Range(0, posterior.Dimension).MinBy(history.Coverage);
            return candidates.MaxBy(pair => Contrast(axis, pair.A.Style, pair.B.Style) / Staleness(pair, history));
        }

        return candidates.MaxBy(pair => model.Information(posterior, pair.A.Style, pair.B.Style) / Staleness(pair, history));
    }

    /// <summary>What holds the most telling pictures back, so that they are not shown over and over.</summary>
    private static double Staleness((Picture A, Picture B) pair, PairHistory history) =>
        1 + (0.5 * (history.TimesSeen(pair.A) + history.TimesSeen(pair.B)));

    /// <summary>A wide difference on the axis, and little on all others, makes an easy question about it.</summary>
    private static double Contrast(int axis, StyleVector left, StyleVector right) =>
        axis < Math.Min(left.Dimension, right.Dimension) ? ShareOf(axis, left, right) * Math.Abs(left[axis] - right[axis]) : 0;

    private static List<(Picture A, Picture B)> Draw(PicturePool pool, PairHistory history, Random random)
    {
        var drawn = new List<(Picture A, Picture B)>(Candidates);
        for (var i = 0; i < Candidates; i++)
        {
            var pair = DrawOne(pool, random);
            if (!history.Contains(pair.A, pair.B))
            {
                drawn.Add(pair);
            }
        }

        return drawn switch
        {
            { Count: > 0 } => drawn,
            _ when Unseen(pool, history) is { Count: > 0 } unseen => Shuffled(unseen, random),
            _ => [.. Enumerable.Range(0, Candidates).Select(_ => DrawOne(pool, random))],
        };
    }

    private static (Picture A, Picture B) DrawOne(PicturePool pool, Random random)
    {
        var prompt = pool.Prompts[random.Next(pool.Prompts.Count)];
        var a = random.Next(prompt.Count);
        var b = random.Next(prompt.Count - 1);
        return (prompt[a], prompt[b < a ? b : b + 1]);
    }

    private static List<(Picture A, Picture B)> Unseen(PicturePool pool, PairHistory history)
    {
        var unseen =
            from prompt in pool.Prompts
            from a in Enumerable.Range(0, prompt.Count)
            from b in Enumerable.Range(0, a)
            where !history.Contains(prompt[a], prompt[b])
            select (prompt[a], prompt[b]);
        return [.. unseen];
    }

    private static List<(Picture A, Picture B)> Shuffled(List<(Picture A, Picture B)> pairs, Random random)
    {
        var shuffled = pairs.ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled];
    }

    private static double Square(double value) => value * value;
}
