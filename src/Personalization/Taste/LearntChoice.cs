using Personalization.Pictures;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>A vote or a like with what was learnt from it.</summary>
/// <param name="Comparisons">None where a picture is gone.</param>
/// <param name="Chosen">Null where it is gone.</param>
/// <param name="PassedOver">What was shown beside it, and is not liked.</param>
internal sealed record LearntChoice(IReadOnlyList<Comparison> Comparisons, Picture? Chosen, IReadOnlyList<Picture> PassedOver)
{
    public bool IsLike { get; private init; }

    /// <summary>The probability that was predicted for a vote; null for a like, and where nothing was predicted.</summary>
    public double? Predicted { get; private init; }

    /// <summary>All choices in order of time.</summary>
    public static IReadOnlyList<LearntChoice> From(IReadOnlyList<Pair> votes, IReadOnlyList<Like> likes, FeatureLookup features)
    {
        var comparisons = new ComparisonBuilder(features);
        var liked = likes.Select(like => like.Picture).ToHashSet();
        var before = new HashSet<PictureId>();
        return
        [
            .. votes.Select(vote => (At: vote.AnsweredAt, Choice: FromVote(vote)))
                .Concat(likes.Select(like => (At: like.LikedAt, Choice: FromLike(like))))
                .OrderBy(one => one.At)
                .Select(one => one.Choice),
        ];

        LearntChoice FromVote(Pair vote) =>
            new([.. comparisons.From(vote)], features.FindChosen(vote)?.Picture, Known([vote.Choice == Choice.Left ? vote.Right : vote.Left])) { Predicted = vote.Predicted };

        // As it was learnt then: what was liked later counts as passed over.
        LearntChoice FromLike(Like like)
        {
            var choice = new LearntChoice([.. comparisons.From(like, before)], features.Find(like.Picture)?.Picture, Known(like.SeenPassedOver.Where(id => !liked.Contains(id)))) { IsLike = true };
            before.Add(like.Picture);
            return choice;
        }

        IReadOnlyList<Picture> Known(IEnumerable<PictureId> ids) => [.. ids.Select(features.Find).OfType<PoolPicture>().Select(member => member.Picture)];
    }
}
