namespace Personalization.Pictures;

/// <summary>A picture cannot be shown: its row or its file is gone, or the file is damaged. Trying again does not help.</summary>
public sealed class UnreadablePictureException(PictureId picture, Exception? inner = null)
    : Exception($"Picture {picture} is gone or damaged{(inner is null ? "" : $": {inner.Message}")}", inner)
{
    /// <summary>Which picture.</summary>
    public PictureId Picture { get; } = picture;
}
