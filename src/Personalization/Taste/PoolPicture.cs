using Personalization.Pictures;
using Personalization.Taste.Model;

namespace Personalization.Taste;

/// <summary>A picture and its features.</summary>
public sealed record PoolPicture(Picture Picture, PictureFeatures Features)
{
    private PictureFeatures? _style;

    public PictureId Id => Picture.Id;

    /// <summary>The features of style alone, for a comparison of different subjects: the others are 0, and the picture has no id, so that it has no item effect.</summary>
    /// <param name="axes">The number of style axes, which are the first features.</param>
    internal PictureFeatures StyleAlone(int axes) => _style ??= new(0, [.. Features.Values[..axes], .. new double[Features.Dimension - axes]]);
}
