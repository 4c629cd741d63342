using System.Numerics.Tensors;
using Personalization.Pictures;
using Personalization.Taste;
using Personalization.Taste.Model;

namespace Personalization.Ranking;

/// <summary>
/// Picks the pair to show next: one prompt in two styles, so that content cancels. The first pairs cover the axes of style;
/// later ones maximize the expected information gain; a share is random from the start, for the community's fit and for an
/// unbiased accuracy. A prompt comes again only when every prompt with pictures not shown yet came as often; a picture only after
/// all ranking pictures, a pair only after all pairs.
/// </summary>
public static class PairPicker
{
    // Beyond a few hundred candidates the best of them hardly improves.
    private const int Candidates = 300;
    private const int CoveringPairs = 20;
    private const double RandomShare = 0.25;

    // From here on an informed pair teaches hardly more than a random one, and random pairs also serve the community's fit.
    private const int InformedPairs = 100;
    private const double LateRandomShare = 0.75;

    // Made pictures add variety; ranking pictures, of known style and shown to many, teach more.
    private const double MadeShare = 0.25;

    /// <summary>Picks a pair that was not shown yet, or any once all were. People are not shown their own pictures, nor those of others that they may not see.</summary>
    /// <param name="viewer">The person the pair is for, where they are.</param>
    /// <param name="isRandom">Whether to draw the pair at random; null decides by the usual shares.</param>
    /// <exception cref="InvalidOperationException">The pool has no prompt with two pictures.</exception>
    public static PickedPair Pick(PicturePool pool, TastePosterior posterior, PairHistory history, Viewer viewer, Random random, bool? isRandom = null)
    {
        if (pool.PairCount == 0)
        {
            throw new InvalidOperationException("The pool needs at least two ranking pictures of one prompt.");
        }

        var candidates = Draw(pool, history, viewer, random);
        var byChance = isRandom ?? random.NextDouble() < (history.Count < InformedPairs ? RandomShare : LateRandomShare);
        var (a, b) = byChance ? candidates[0] : Choose(pool, candidates, posterior, history);

        // The expected choice is on the left as often as on the right and unpredictably so: always pressing one side
        // teaches nothing.
        var expectation = pool.Community.Model.Probability(posterior, a.Features, b.Features);
        var (expected, other) = expectation >= 0.5 ? (a, b) : (b, a);
        var isLeft = history.LeftLead switch { > 0 => false, < 0 => true, _ => random.Next(2) == 0 };
        var chance = Math.Max(expectation, 1 - expectation);
        return isLeft
            ? new(expected.Picture, other.Picture, byChance, chance)
            : new(other.Picture, expected.Picture, byChance, 1 - chance);
    }

    private static (PoolPicture A, PoolPicture B) Choose(PicturePool pool, List<(PoolPicture A, PoolPicture B)> candidates, TastePosterior posterior, PairHistory history)
    {
        var space = pool.Community.Space;
        if (history.Count < CoveringPairs)
        {
            var axis = Enumerable.Range(0, space.StyleDimension).MinBy(history.Coverage);
            return candidates.MaxBy(pair => Contrast(axis, pair.A.Features, pair.B.Features));
        }

        var model = pool.Community.Model;
        return candidates.MaxBy(pair => model.ExpectedInformationGain(posterior, pair.A.Features, pair.B.Features));
    }

    /// <summary>High when the pictures differ widely in the feature and little in all others: an easy question about the feature.</summary>
    private static double Contrast(int feature, PictureFeatures a, PictureFeatures b)
    {
        var difference = a.Values[feature] - b.Values[feature];
        var length = TensorPrimitives.Distance(a.Values, b.Values);
        return length > 0 ? Math.Abs(difference * difference * difference) / (length * length) : 0;
    }

    private static List<(PoolPicture A, PoolPicture B)> Draw(PicturePool pool, PairHistory history, Viewer viewer, Random random)
    {
        // Decided for each pair: among mixed candidates the informed choice would decide it.
        var isMade = pool.MadePrompts.Count > 0 && random.NextDouble() < MadeShare;
        if (isMade && Sample(Others(pool, viewer), history, pool, random) is { Count: > 0 } made)
        {
            return made;
        }

        if (Sample(pool.Prompts, history, pool, random) is { Count: > 0 } fresh)
        {
            return fresh;
        }

        var candidates = LeastShown(pool.Prompts, history, pool);
        if ((isMade || candidates.Pairs.Length == 0) && LeastShown(Others(pool, viewer), history, pool) is { Pairs.Length: > 0 } others
            && (candidates.Pairs.Length == 0 || others.Times <= candidates.Times))
        {
            candidates = others;
        }

        random.Shuffle(candidates.Pairs);
        return candidates.Pairs.Length > 0
            ? [.. candidates.Pairs.Take(Candidates)]
            : [.. Enumerable.Range(0, Candidates).Select(_ => DrawOne(pool.Prompts[random.Next(pool.Prompts.Count)], random))];
    }

    /// <summary>The pictures by other people that the person may see, of each prompt that has two of them.</summary>
    private static IReadOnlyList<IReadOnlyList<PoolPicture>> Others(PicturePool pool, Viewer viewer) =>
    [
        .. pool.MadePrompts
            .Select(prompt => prompt.Where(member => member.Picture.Author != viewer.Person && viewer.IsOpen(member.Picture)).ToArray())
            .Where(prompt => prompt.Length > 1),
    ];

    /// <summary>The pairs not shown yet whose pictures, and of those whose prompts, were shown least often, and how often the pictures were.</summary>
    private static (int Times, (PoolPicture A, PoolPicture B)[] Pairs) LeastShown(IReadOnlyList<IReadOnlyList<PoolPicture>> prompts, PairHistory history, PicturePool pool)
    {
        var unseen = Unseen(prompts, history, pool).ToArray();
        if (unseen.Length == 0)
        {
            return (0, []);
        }

        var least = unseen.Min(pair => TimesSeen(pair, history));
        var pairs = unseen.Where(pair => TimesSeen(pair, history) == least).ToArray();
        var asked = pairs.Min(pair => history.TimesAsked(pair.A));
        return (least, [.. pairs.Where(pair => history.TimesAsked(pair.A) == asked)]);
    }

    /// <summary>Random pairs of pictures that were never shown, of the prompts that came least often.</summary>
    private static List<(PoolPicture A, PoolPicture B)> Sample(IReadOnlyList<IReadOnlyList<PoolPicture>> prompts, PairHistory history, PicturePool pool, Random random)
    {
        var next = LeastAsked(prompts, history);
        var drawn = new List<(PoolPicture A, PoolPicture B)>(Candidates);
        for (var i = 0; i < Candidates && next.Count > 0; i++)
        {
            var pair = DrawOne(next[random.Next(next.Count)], random);
            if (history.TimesSeen(pair.A) == 0 && history.TimesSeen(pair.B) == 0 && IsSuitable(pair, pool))
            {
                drawn.Add(pair);
            }
        }

        return drawn;
    }

    /// <summary>Of the prompts with two pictures that were never shown, those that came least often.</summary>
    private static List<IReadOnlyList<PoolPicture>> LeastAsked(IReadOnlyList<IReadOnlyList<PoolPicture>> prompts, PairHistory history)
    {
        var least = int.MaxValue;
        var found = new List<IReadOnlyList<PoolPicture>>();
        foreach (var prompt in prompts)
        {
            var asked = history.TimesAsked(prompt[0]);
            if (asked > least || prompt.Count(picture => history.TimesSeen(picture) == 0) < 2)
            {
                continue;
            }

            if (asked < least)
            {
                least = asked;
                found.Clear();
            }

            found.Add(prompt);
        }

        return found;
    }

    private static (PoolPicture A, PoolPicture B) DrawOne(IReadOnlyList<PoolPicture> prompt, Random random)
    {
        var a = random.Next(prompt.Count);
        var b = random.Next(prompt.Count - 1);
        return (prompt[a], prompt[b < a ? b : b + 1]);
    }

    private static int TimesSeen((PoolPicture A, PoolPicture B) pair, PairHistory history) =>
        Math.Max(history.TimesSeen(pair.A), history.TimesSeen(pair.B));

    private static IEnumerable<(PoolPicture A, PoolPicture B)> Unseen(IReadOnlyList<IReadOnlyList<PoolPicture>> prompts, PairHistory history, PicturePool pool) =>
        from prompt in prompts
        from a in Enumerable.Range(0, prompt.Count)
        from b in Enumerable.Range(0, a)
        where !history.Contains(prompt[a], prompt[b]) && IsSuitable((prompt[a], prompt[b]), pool)
        select (prompt[a], prompt[b]);

    /// <summary>Whether they are ranking pictures, or made by people and different enough, in style and to the eye.</summary>
    private static bool IsSuitable((PoolPicture A, PoolPicture B) pair, PicturePool pool) =>
        pair.A.Picture.Author is null
        || (pair.A.Features.DiffersInStyle(pair.B.Features, pool.Community.Space.StyleDimension) && !pool.AreCopies(pair.A, pair.B));
}
