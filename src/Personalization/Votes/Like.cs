using Personalization.Pictures;

namespace Personalization.Votes;

/// <summary>A liked picture, and the pictures shown beside it that were not liked.</summary>
public sealed record Like(ProfileId Profile, PictureId Picture, IReadOnlyList<PictureId> PassedOver)
{
    /// <summary>When it was stored; null before.</summary>
    public DateTimeOffset? LikedAt { get; init; }
}
