namespace Personalization.Imagine;

/// <summary>Puts pictures side by side.</summary>
public interface IGridComposer
{
    /// <summary>Composes one to four pictures of one size into a grid of two columns; a single one is given back as it is.</summary>
    /// <returns>An encoded PNG; equal input gives equal bytes.</returns>
    PaintedPicture Compose(IReadOnlyList<PaintedPicture> pictures);
}
