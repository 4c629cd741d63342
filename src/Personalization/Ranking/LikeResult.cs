using Personalization.Votes;

namespace Personalization.Ranking;

/// <summary>The outcome of a like.</summary>
public abstract record LikeResult
{
    private LikeResult()
    {
    }

    /// <summary>The like is stored and counts.</summary>
    public sealed record Liked(UnlockProgress Progress) : LikeResult;

    /// <summary>The person liked that picture before.</summary>
    public sealed record AlreadyLiked : LikeResult;

    /// <summary>The picture is the person's own; liking it would teach nothing.</summary>
    public sealed record OwnPicture : LikeResult;

    /// <summary>The picture does not exist, or may not be shown where the person is.</summary>
    public sealed record Unknown : LikeResult;
}
