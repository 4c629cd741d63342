namespace Personalization.Pictures;

/// <summary>An encoded picture to send to a person.</summary>
/// <param name="Extension">Of its name, without the dot.</param>
/// <param name="ContentType">Its media type.</param>
public sealed record PictureFile(ReadOnlyMemory<byte> Content, string Extension, string ContentType)
{
    /// <summary>A PNG as it is.</summary>
    public static PictureFile FromPng(ReadOnlyMemory<byte> png) => new(png, "png", "image/png");
}
