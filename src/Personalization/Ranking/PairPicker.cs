using System.Numerics.Tensors;
using Personalization.Taste;
using Personalization.Taste.Model;

namespace Personalization.Ranking;

/// <summary>
/// Chooses the pair to show next: one prompt in two styles, so that content cancels. The first pairs cover the axes of style;
/// later ones are those whose answer is expected to tell most; a share is random from the start, which serves the community
/// and measures each taste without bias. Until all ranking pictures have been shown, no picture is shown twice, and no pair
/// until all pairs have been.
/// </summary>
public static class PairPicker
{
    // Beyond a few hundred candidates the best of them hardly improves.
    private const int Candidates = 300;
    private const int CoveringPairs = 20;
    private const double RandomShare = 0.25;

    // By then an informed choice teaches little more than a random one, and the random pairs serve everyone.
    private const int InformedPairs = 100;
    private const double LateRandomShare = 0.75;

    // What people make keeps the pool fresh; the ranking pictures, of known style and met by many, teach more.
    private const double MadeShare = 0.25;

    // How far apart in style, as the model scales it, two pictures of one request must be to be about style: on twelve axes,
    // 0.6 of a coordinate in all.
    private const double LeastContrast = 0.5;

    /// <summary>Chooses a pair the person has not been shown; once they have seen all, any. Nobody is shown what they made.</summary>
    /// <param name="person">Who is asked.</param>
    /// <param name="isRandom">Whether chance alone chooses; null leaves that to chance, too, in the shares that are usual.</param>
    /// <exception cref="InvalidOperationException">The pool has no prompt with two pictures.</exception>
    public static PickedPair Pick(PicturePool pool, TastePosterior posterior, PairHistory history, PersonId person, Random random, bool? isRandom = null)
    {
        if (pool.PairCount == 0)
        {
            throw new InvalidOperationException("There are no two ranking pictures of one prompt to choose between.");
        }

        var candidates = Draw(pool, history, person, random);
        var byChance = isRandom ?? random.NextDouble() < (history.Count < InformedPairs ? RandomShare : LateRandomShare);
        var (a, b) = byChance ? candidates[0] : Choose(pool, candidates, posterior, history);

        // The expected choice stands left as often as right, and which way round nobody can tell: a press on one side
        // without looking teaches nothing.
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
            return candidates.MaxBy(pair => Contrast(axis, pair.A.Features, pair.B.Features) / Staleness(pair, history));
        }

        var model = pool.Community.Model;
        return candidates.MaxBy(pair => model.ExpectedInformationGain(posterior, pair.A.Features, pair.B.Features) / Staleness(pair, history));
    }

    /// <summary>What holds the most telling prompts back, so that they are not shown over and over.</summary>
    private static double Staleness((PoolPicture A, PoolPicture B) pair, PairHistory history) => 1 + (0.5 * history.TimesAsked(pair.A));

    /// <summary>A wide difference in the feature, and little in all others, makes an easy question about it.</summary>
    private static double Contrast(int feature, PictureFeatures a, PictureFeatures b)
    {
        var difference = a.Values[feature] - b.Values[feature];
        var length = TensorPrimitives.Distance(a.Values, b.Values);
        return length > 0 ? Math.Abs(difference * difference * difference) / (length * length) : 0;
    }

    private static List<(PoolPicture A, PoolPicture B)> Draw(PicturePool pool, PairHistory history, PersonId person, Random random)
    {
        // A share of the pairs and not of the candidates, among which the informed choice would settle it.
        var isMade = pool.MadePrompts.Count > 0 && random.NextDouble() < MadeShare;
        var axes = pool.Community.Space.StyleDimension;
        if (isMade && Sample(pool.MadePrompts, history, person, axes, random) is { Count: > 0 } made)
        {
            return made;
        }

        if (Sample(pool.Prompts, history, person, axes, random) is { Count: > 0 } fresh)
        {
            return fresh;
        }

        var candidates = LeastSeen(pool.Prompts, history, person, axes);
        if ((isMade || candidates.Pairs.Length == 0) && LeastSeen(pool.MadePrompts, history, person, axes) is { Pairs.Length: > 0 } others
            && (candidates.Pairs.Length == 0 || others.Times <= candidates.Times))
        {
            candidates = others;
        }

        random.Shuffle(candidates.Pairs);
        return candidates.Pairs.Length > 0
            ? [.. candidates.Pairs.Take(Candidates)]
            : [.. Enumerable.Range(0, Candidates).Select(_ => DrawOne(pool.Prompts[random.Next(pool.Prompts.Count)], random))];
    }

    /// <summary>Pairs of these that were not shown, of the pictures that were shown least, and how often that is.</summary>
    private static (int Times, (PoolPicture A, PoolPicture B)[] Pairs) LeastSeen(IReadOnlyList<IReadOnlyList<PoolPicture>> prompts, PairHistory history, PersonId person, int axes)
    {
        var unseen = Unseen(prompts, history, person, axes).ToArray();
        if (unseen.Length == 0)
        {
            return (0, []);
        }

        var least = unseen.Min(pair => TimesSeen(pair, history));
        return (least, [.. unseen.Where(pair => TimesSeen(pair, history) == least)]);
    }

    /// <summary>Pairs of pictures that were never shown.</summary>
    private static List<(PoolPicture A, PoolPicture B)> Sample(IReadOnlyList<IReadOnlyList<PoolPicture>> prompts, PairHistory history, PersonId person, int axes, Random random)
    {
        var drawn = new List<(PoolPicture A, PoolPicture B)>(Candidates);
        for (var i = 0; i < Candidates && prompts.Count > 0; i++)
        {
            var pair = DrawOne(prompts[random.Next(prompts.Count)], random);
            if (history.TimesSeen(pair.A) == 0 && history.TimesSeen(pair.B) == 0 && IsFor(person, pair, axes))
            {
                drawn.Add(pair);
            }
        }

        return drawn;
    }

    private static (PoolPicture A, PoolPicture B) DrawOne(IReadOnlyList<PoolPicture> prompt, Random random)
    {
        var a = random.Next(prompt.Count);
        var b = random.Next(prompt.Count - 1);
        return (prompt[a], prompt[b < a ? b : b + 1]);
    }

    private static int TimesSeen((PoolPicture A, PoolPicture B) pair, PairHistory history) =>
        Math.Max(history.TimesSeen(pair.A), history.TimesSeen(pair.B));

    private static IEnumerable<(PoolPicture A, PoolPicture B)> Unseen(IReadOnlyList<IReadOnlyList<PoolPicture>> prompts, PairHistory history, PersonId person, int axes) =>
        from prompt in prompts
        from a in Enumerable.Range(0, prompt.Count)
        from b in Enumerable.Range(0, a)
        where !history.Contains(prompt[a], prompt[b]) && IsFor(person, (prompt[a], prompt[b]), axes)
        select (prompt[a], prompt[b]);

    /// <summary>Whether the pictures are nobody's, or somebody else's and different enough in style to ask about.</summary>
    private static bool IsFor(PersonId person, (PoolPicture A, PoolPicture B) pair, int axes) =>
        pair.A.Picture.Author is null
        || (pair.A.Picture.Author != person
            && pair.B.Picture.Author != person
            && TensorPrimitives.Distance(pair.A.Features.Values[..axes], pair.B.Features.Values[..axes]) >= LeastContrast);
}
