using Personalization.Pictures;
using SkiaSharp;

namespace Personalization.Imaging;

/// <summary>Grids of two columns edge to edge, as people know them from Midjourney: a gap would only take room from the pictures.</summary>
internal sealed class GridComposer : IGridComposer
{
    // A JPEG of one pixel with its tables takes less.
    private const long MinBytes = 10_000;

    // Quality 92 shows no visible loss; each step keeps about half of the pixels.
    private const int Quality = 92;
    private const double SmallerBy = 0.7;

    public PaintedPicture Compose(IReadOnlyList<PaintedPicture> pictures)
    {
        if (pictures.Count is < 1 or > 4)
        {
            throw new ArgumentException("A grid has one to four pictures.", nameof(pictures));
        }

        if (pictures.Count == 1)
        {
            return pictures[0];
        }

        var (width, height) = (pictures[0].Width, pictures[0].Height);
        var rows = (pictures.Count + 1) / 2;
        using var bitmap = new SKBitmap(new SKImageInfo(width * 2, height * rows, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        for (var i = 0; i < pictures.Count; i++)
        {
            using var image = SKImage.FromEncodedData(pictures[i].Png.Span) ?? throw new ArgumentException($"Picture {i} is not an encoded picture.", nameof(pictures));
            var cell = SKRect.Create(i % 2 * width, i / 2 * height, width, height);
            if (image.Width == width && image.Height == height)
            {
                canvas.DrawImage(image, cell.Left, cell.Top, new SKSamplingOptions(SKFilterMode.Nearest));
            }
            else
            {
                canvas.DrawImage(image, cell.AspectFit(image.Info.Size), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
            }
        }

        return new(PngFile.Encode(bitmap), bitmap.Width, bitmap.Height);
    }

    public PictureFile Tile(IReadOnlyList<ReadOnlyMemory<byte>> pictures, int side)
    {
        if (pictures.Count is < 1 or > 4)
        {
            throw new ArgumentException("A grid has one to four pictures.", nameof(pictures));
        }

        var (columns, rows) = (Math.Min(pictures.Count, 2), (pictures.Count + 1) / 2);
        using var bitmap = new SKBitmap(new SKImageInfo(side * columns, side * rows, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        for (var i = 0; i < pictures.Count; i++)
        {
            using var image = SKImage.FromEncodedData(pictures[i].Span) ?? throw new ArgumentException($"Picture {i} is not an encoded picture.", nameof(pictures));
            var middle = SKRect.Create(image.Width, image.Height).AspectFit(new(1, 1));
            canvas.DrawImage(image, middle, SKRect.Create(i % 2 * side, i / 2 * side, side, side), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }

        return Jpeg(bitmap);
    }

    public bool CanRead(ReadOnlyMemory<byte> picture)
    {
        // Skia throws for no bytes at all, and returns null for others that are no picture.
        using var image = picture.IsEmpty ? null : SKImage.FromEncodedData(picture.Span);
        return image is not null;
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

    private static PictureFile Jpeg(SKBitmap bitmap)
    {
        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, Quality) ?? throw new InvalidOperationException("The picture could not be encoded.");
        return new(jpeg.ToArray(), "jpg", "image/jpeg");
    }

    private static SKBitmap Scaled(SKImage image, int width, int height)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.DrawImage(image, SKRect.Create(width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return bitmap;
    }
}
