using Personalization.Votes;
namespace Personalization.Ranking;

/// <summary>What became of a like.</summary>
public abstract record LikeResult
{
    private LikeResult()
    {
    }

    /// <summary>It is on disk and counts.</summary>
    public sealed record Liked(UnlockProgress Progress) : LikeResult;

    /// <summary>The person had liked that picture before.</summary>
    public sealed record AlreadyLiked : LikeResult;

    /// <summary>The picture is the person's own, which would teach nothing.</summary>
    public sealed record OwnPicture : LikeResult;

    /// <summary>There is no such picture.</summary>
    public sealed record Unknown : LikeResult;
}
