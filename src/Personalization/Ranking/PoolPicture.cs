using Personalization.Pictures;
using Personalization.Taste;

namespace Personalization.Ranking;

/// <summary>A picture and what the model sees of it.</summary>
public sealed record PoolPicture(Picture Picture, PictureFeatures Features)
{
    public PictureId Id => Picture.Id;
}
