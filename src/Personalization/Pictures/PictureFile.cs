namespace Personalization.Pictures;

/// <summary>An encoded picture to be sent to somebody.</summary>
/// <param name="Extension">Of its name, without the dot.</param>
/// <param name="ContentType">Its media type.</param>
public sealed record PictureFile(ReadOnlyMemory<byte> Content, string Extension, string ContentType)
{
    /// <summary>A PNG as it is.</summary>
    public static PictureFile OfPng(ReadOnlyMemory<byte> png) => new(png, "png", "image/png");
}
