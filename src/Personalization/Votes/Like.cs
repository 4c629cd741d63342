using Personalization.Pictures;

namespace Personalization.Votes;

/// <summary>A picture somebody liked, and those shown beside it that they passed over.</summary>
public sealed record Like(PersonId Person, PictureId Picture, IReadOnlyList<PictureId> PassedOver)
{
    /// <summary>When it was stored; null before.</summary>
    public DateTimeOffset? LikedAt { get; init; }
}
