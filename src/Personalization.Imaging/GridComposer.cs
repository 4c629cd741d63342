using Personalization.Pictures;
using SkiaSharp;

namespace Personalization.Imaging;

/// <summary>Grids of two columns with a gutter, so that two pictures are not taken for one.</summary>
internal sealed class GridComposer : IGridComposer
{
    // A JPEG of one pixel with its tables takes less.
    private const long MinBytes = 10_000;

    // A gutter is this part of a picture's longer side: 16 pixels between two of 1,024.
    private const int GutterPart = 64;

    // Quality 92 shows no visible loss; each step keeps about half of the pixels.
    private const int Quality = 92;
    private const double SmallerBy = 0.7;

    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    public PaintedPicture Compose(IReadOnlyList<PaintedPicture> pictures)
    {
        if (pictures.Count == 1)
        {
            return pictures[0];
        }

        var size = pictures.Count == 0 ? default : new SKSizeI(pictures[0].Width, pictures[0].Height);
        using var bitmap = Grid([.. pictures.Select(picture => picture.Png)], size, hasTransparency: true, (canvas, image, cell) =>
        {
            if (image.Width == size.Width && image.Height == size.Height)
            {
                canvas.DrawImage(image, cell.Left, cell.Top, new SKSamplingOptions(SKFilterMode.Nearest));
            }
            else
            {
                canvas.DrawImage(image, cell.AspectFit(image.Info.Size), Smooth);
            }
        });
        return new(PngFile.Encode(bitmap), bitmap.Width, bitmap.Height);
    }

    public PictureFile Tile(IReadOnlyList<ReadOnlyMemory<byte>> pictures, int side)
    {
        using var bitmap = Grid(pictures, new(side, side), hasTransparency: false, (canvas, image, cell) =>
            canvas.DrawImage(image, SKRect.Create(image.Width, image.Height).AspectFit(new(1, 1)), cell, Smooth));
        return Jpeg(bitmap);
    }

    public PaintedPicture Shrink(PaintedPicture picture, int side)
    {
        var longer = Math.Max(picture.Width, picture.Height);
        if (longer <= side)
        {
            return picture;
        }

        using var image = SKImage.FromEncodedData(picture.Png.Span) ?? throw new ArgumentException("It is not an encoded picture.", nameof(picture));
        using var bitmap = Scaled(image, Math.Max(1, picture.Width * side / longer), Math.Max(1, picture.Height * side / longer));
        return new(PngFile.Encode(bitmap), bitmap.Width, bitmap.Height);
    }

    public PictureFile Fit(ReadOnlyMemory<byte> png, long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, MinBytes);
        if (png.Length <= bytes)
        {
            return PictureFile.FromPng(png);
        }

        using var image = SKImage.FromEncodedData(png.Span) ?? throw new ArgumentException("It is not an encoded picture.", nameof(png));
        for (var scale = 1.0; ; scale *= SmallerBy)
        {
            using var bitmap = Scaled(image, Math.Max(1, (int)(image.Width * scale)), Math.Max(1, (int)(image.Height * scale)));
            var jpeg = Jpeg(bitmap);
            if (jpeg.Content.Length <= bytes)
            {
                return jpeg;
            }
        }
    }

    /// <summary>One to four pictures in cells of one size, in two columns with a gutter between them.</summary>
    /// <param name="hasTransparency">Whether the gutter and what no picture covers show what is behind the grid, light or dark; otherwise they are white.</param>
    private static SKBitmap Grid(IReadOnlyList<ReadOnlyMemory<byte>> pictures, SKSizeI size, bool hasTransparency, Action<SKCanvas, SKImage, SKRect> draw)
    {
        if (pictures.Count is < 1 or > 4)
        {
            throw new ArgumentException("A grid has one to four pictures.", nameof(pictures));
        }

        var (columns, rows) = (Math.Min(pictures.Count, 2), (pictures.Count + 1) / 2);
        var gutter = Math.Max(2, Math.Max(size.Width, size.Height) / GutterPart);
        var (right, below) = (size.Width + gutter, size.Height + gutter);
        var bitmap = new SKBitmap(new SKImageInfo((right * columns) - gutter, (below * rows) - gutter, SKColorType.Rgba8888, hasTransparency ? SKAlphaType.Premul : SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(hasTransparency ? SKColors.Transparent : SKColors.White);
        foreach (var (i, picture) in pictures.Index())
        {
            // Skia throws for no bytes at all, and returns null for others that are no picture.
            using var image = (picture.IsEmpty ? null : SKImage.FromEncodedData(picture.Span)) ?? throw new ArgumentException($"Picture {i} is not an encoded picture.", nameof(pictures));
            draw(canvas, image, SKRect.Create(i % 2 * right, i / 2 * below, size.Width, size.Height));
        }

        return bitmap;
    }

    private static PictureFile Jpeg(SKBitmap bitmap)
    {
        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, Quality) ?? throw new InvalidOperationException("The picture could not be encoded.");
        return new(jpeg.ToArray(), "jpg", "image/jpeg");
    }

    private static SKBitmap Scaled(SKImage image, int width, int height)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        canvas.DrawImage(image, SKRect.Create(width, height), Smooth);
        return bitmap;
    }
}
