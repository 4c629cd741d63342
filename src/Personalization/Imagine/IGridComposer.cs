namespace Personalization.Imagine;

/// <summary>Makes pictures fit to be shown: side by side, and small.</summary>
public interface IGridComposer
{
    /// <summary>Composes one to four pictures of one size into a grid of two columns; a single one is given back as it is.</summary>
    /// <returns>An encoded PNG; equal input gives equal bytes.</returns>
    PaintedPicture Compose(IReadOnlyList<PaintedPicture> pictures);

    /// <summary>The whole picture within a square of this side in pixels; one that fits already is given back as it is.</summary>
    /// <returns>An encoded PNG; equal input gives equal bytes.</returns>
    /// <exception cref="ArgumentException">It is no encoded picture.</exception>
    PaintedPicture Shrink(PaintedPicture picture, int side);
}
