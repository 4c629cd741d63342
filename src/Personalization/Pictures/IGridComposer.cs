namespace Personalization.Pictures;

/// <summary>Makes pictures fit to be shown: side by side, and small.</summary>
public interface IGridComposer
{
    /// <summary>
    /// Composes one to four pictures into a grid of two columns with a gutter that is transparent; a single one is given back as it is. Each has the size of the
    /// first; others are drawn into that as large as they fit.
    /// </summary>
    /// <returns>An encoded PNG; equal input gives equal bytes.</returns>
    PaintedPicture Compose(IReadOnlyList<PaintedPicture> pictures);

    /// <summary>One to four pictures side by side to choose from, each cut to a square of this side in pixels, in two columns with a white gutter.</summary>
    /// <returns>A JPEG; equal input gives equal bytes.</returns>
    /// <exception cref="ArgumentException">There are none or more than four, or one is no encoded picture.</exception>
    PictureFile Tile(IReadOnlyList<ReadOnlyMemory<byte>> pictures, int side);

    /// <summary>The whole picture within a square of this side in pixels; one that fits already is given back as it is.</summary>
    /// <returns>An encoded PNG; equal input gives equal bytes.</returns>
    /// <exception cref="ArgumentException">It is no encoded picture.</exception>
    PaintedPicture Shrink(PaintedPicture picture, int side);

    /// <summary>A picture as a file of at most so many bytes: the PNG as it is where it fits, else a JPEG, as large as fits.</summary>
    /// <param name="png">An encoded PNG.</param>
    /// <param name="bytes">At least 10,000.</param>
    /// <exception cref="ArgumentException">It is no encoded picture.</exception>
    PictureFile Fit(ReadOnlyMemory<byte> png, long bytes);
}
