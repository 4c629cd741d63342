using Personalization.Styles;

namespace Personalization.Pictures;

/// <summary>
/// Paints a style vector exactly, without words for it. The ranking pictures of a new bot are painted by it, so that their
/// styles are known and a lost file can be painted again.
/// </summary>
public interface IExactPainter
{
    /// <summary>Paints one picture. Equal arguments give equal bytes.</summary>
    /// <param name="prompt">What it shows, in words.</param>
    /// <param name="style">A coordinate for each axis of the vocabulary; null for no style.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    Task<PaintedPicture> PaintAsync(string prompt, StyleVector? style, uint seed, int width, int height, CancellationToken cancellationToken);
}
