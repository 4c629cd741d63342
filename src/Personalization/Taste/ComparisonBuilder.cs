using Personalization.Pictures;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>Turns answered pairs and likes into the comparisons that the model learns from, in the space of one community.</summary>
/// <param name="features">Holds the pictures of every pair and like that is converted.</param>
internal sealed class ComparisonBuilder(FeatureLookup features)
{
    // Pictures to compare a like with when nothing was shown beside it: together they carry the weight of about one vote.
    private const int RandomOpponents = 8;

    /// <summary>One comparison for a vote, a tie for a skip; none for an open or withdrawn pair, or one with an unknown picture.</summary>
    public IEnumerable<Comparison> From(Pair pair)
    {
        if (pair.Choice is null || pair.IsWithdrawn || features.Find(pair.Left) is not { } left || features.Find(pair.Right) is not { } right)
        {
            return [];
        }

        return
        [
            pair.Choice switch
            {
                Choice.Left => new(left.Features, right.Features, 1),
                Choice.Right => new(right.Features, left.Features, 1),
                _ => Comparison.Skipped(left.Features, right.Features),
            },
        ];
    }

    /// <summary>One comparison with each picture passed over; their weights sum to 1, that of one vote. None for an unknown picture.</summary>
    public IEnumerable<Comparison> From(Like like)
    {
        if (features.Find(like.Picture) is not { } liked)
        {
            return [];
        }

        var others = like.PassedOver.Select(features.Find).OfType<PoolPicture>().ToArray();
        if (others.Length == 0)
        {
            others = DrawOpponents(like.Picture);
        }

        return others.Select(other => new Comparison(liked.Features, other.Features, 1.0 / others.Length));
    }

    /// <summary>Pictures drawn from the pool, seeded by the liked one: rebuilding a taste draws the same again.</summary>
    private PoolPicture[] DrawOpponents(PictureId liked)
    {
        var random = new StableRandom((ulong)liked.Value);
        var candidates = features.Pool.Pictures.Where(member => member.Id != liked).ToArray();
        var count = Math.Min(RandomOpponents, candidates.Length);
        for (var i = 0; i < count; i++)
        {
            var drawn = i + random.Below(candidates.Length - i);
            (candidates[i], candidates[drawn]) = (candidates[drawn], candidates[i]);
        }

        return candidates[..count];
    }
}
