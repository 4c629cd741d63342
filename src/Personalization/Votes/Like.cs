using Personalization.Pictures;

namespace Personalization.Votes;

/// <summary>A liked picture, and the pictures that the like is a choice over.</summary>
/// <param name="PassedOver">The other pictures of the page it was shown on; empty where it was shown without one.</param>
/// <param name="Drawn">
/// Pictures of the pool as it was then, drawn at random, by which a like teaches wherever it was given. Null for a like of an
/// earlier version, whose <paramref name="PassedOver"/> are pictures of the same grid: these differ too little to teach.
/// </param>
public sealed record Like(ProfileId Profile, PictureId Picture, IReadOnlyList<PictureId> PassedOver, IReadOnlyList<PictureId>? Drawn = null)
{
    /// <summary>What was passed over on its page; nothing for a like of an earlier version.</summary>
    public IReadOnlyList<PictureId> SeenPassedOver => Drawn is null ? [] : PassedOver;

    /// <summary>When it was stored; null before.</summary>
    public DateTimeOffset? LikedAt { get; init; }
}
