using Personalization.Pictures;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>Turns answered pairs and likes into the comparisons that the model learns from, in the space of one community.</summary>
/// <param name="features">Holds the pictures of every pair and like that is converted.</param>
internal sealed class ComparisonBuilder(FeatureLookup features)
{
    private readonly int _axes = features.Pool.Community.Space.StyleDimension;

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

    /// <summary>The comparisons of all of a person's likes; see <see cref="From(Like, IReadOnlySet{PictureId})"/>.</summary>
    public IEnumerable<Comparison> From(IReadOnlyCollection<Like> likes)
    {
        var liked = likes.Select(like => like.Picture).ToHashSet();
        return likes.SelectMany(like => From(like, liked));
    }

    /// <summary>
    /// A like as choices of the picture over those of its page, half of its weight, and over those drawn from the pool, the
    /// other half, each of which the person has not liked too and which differ in style; all, where one kind is missing. They
    /// show many subjects, so that a like teaches style alone. Their weights sum to 1, that of one vote. None for an unknown
    /// picture, and where nothing is left to compare it with.
    /// </summary>
    /// <param name="liked">All that the person likes.</param>
    public IEnumerable<Comparison> From(Like like, IReadOnlySet<PictureId> liked)
    {
        if (features.Find(like.Picture) is not { } picture)
        {
            return [];
        }

        var (page, drawn) = (Others(like.SeenPassedOver), Others(like.Drawn ?? LikeDraw.FromRanking(features.Pool, like.Profile, picture.Picture, picture.Features)));
        var share = page.Length > 0 && drawn.Length > 0 ? 0.5 : 1;
        return [.. Over(page), .. Over(drawn)];

        PoolPicture[] Others(IReadOnlyList<PictureId> ids) =>
        [
            .. ids.Where(id => !liked.Contains(id))
                .Select(features.Find)
                .OfType<PoolPicture>()
                .Where(other => picture.Features.DiffersInStyle(other.Features, _axes)),
        ];

        IEnumerable<Comparison> Over(PoolPicture[] others) =>
            others.Select(other => new Comparison(picture.StyleAlone(_axes), other.StyleAlone(_axes), share / others.Length));
    }
}
