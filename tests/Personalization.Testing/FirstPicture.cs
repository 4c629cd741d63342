using Personalization.Pictures;

namespace Personalization.Testing;

/// <summary>A composer whose grid is the first picture, unchanged.</summary>
public sealed class FirstPicture : IGridComposer
{
    public PaintedPicture Shrink(PaintedPicture picture, int side) => picture;

    public PaintedPicture Compose(IReadOnlyList<PaintedPicture> pictures) => pictures[0];

    public PictureFile Tile(IReadOnlyList<ReadOnlyMemory<byte>> pictures, int side) => PictureFile.FromPng(pictures[0]);

    public PictureFile Fit(ReadOnlyMemory<byte> png, long bytes) => PictureFile.FromPng(png);
}
