using Personalization.Votes;

namespace Personalization.Storage.Ranking;

internal sealed class LikeRow
{
    public long Id { get; set; }

    public required ulong ProfileId { get; init; }

    public required long PictureId { get; init; }

    public required byte[] PassedOver { get; init; }

    public byte[]? Drawn { get; init; }

    public required DateTimeOffset LikedAt { get; init; }

    public Like ToLike() => new(new(ProfileId), new(PictureId), Packed.Ids(PassedOver), Drawn is null ? null : Packed.Ids(Drawn)) { LikedAt = LikedAt };
}
