namespace Personalization.Imagine.Backends;

/// <summary>The pictures a painting is made from, encoded as PNG.</summary>
/// <param name="References">Whose style to follow, best first; at most as many as the backend takes. See <see cref="ImageRequest.References"/>.</param>
/// <param name="Original">What to vary; empty where nothing is varied. See <see cref="ImageRequest.Original"/>.</param>
public sealed record PaintingSources(IReadOnlyList<ReadOnlyMemory<byte>> References, ReadOnlyMemory<byte> Original)
{
    /// <summary>For a painting from words alone.</summary>
    public static PaintingSources None { get; } = new([], default);
}
