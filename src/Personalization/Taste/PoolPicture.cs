using Personalization.Pictures;
using Personalization.Taste.Model;

namespace Personalization.Taste;

/// <summary>A picture and its features.</summary>
public sealed record PoolPicture(Picture Picture, PictureFeatures Features)
{
    public PictureId Id => Picture.Id;
}
