using Personalization.Pictures;
using Personalization.Taste.Model;

namespace Personalization.Taste;

/// <summary>A picture and what the model sees of it.</summary>
public sealed record PoolPicture(Picture Picture, PictureFeatures Features)
{
    public PictureId Id => Picture.Id;
}
