namespace Personalization.Pictures;

/// <summary>A picture as a backend gives it: an encoded PNG without metadata.</summary>
public sealed record PaintedPicture(ReadOnlyMemory<byte> Png, int Width, int Height);
