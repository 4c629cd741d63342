using Personalization.Styles;

namespace Personalization.Pictures;

/// <summary>A picture as a backend gives it: an encoded PNG without metadata.</summary>
public sealed record PaintedPicture(ReadOnlyMemory<byte> Png, int Width, int Height)
{
    /// <summary>The style it was painted in, by its prompt and by what was asked for beside it; null from a backend that takes no styles.</summary>
    public StyleVector? Style { get; init; }
}
