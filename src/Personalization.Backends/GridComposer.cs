using Personalization.Imagine;
using SkiaSharp;

namespace Personalization.Backends;

/// <summary>Grids of two columns edge to edge, as people know them from Midjourney: a gap would only take room from the pictures.</summary>
internal sealed class GridComposer : IGridComposer
{
    public PaintedPicture Compose(IReadOnlyList<PaintedPicture> pictures)
    {
        if (pictures.Count is < 1 or > 4)
        {
            throw new ArgumentException("A grid has one to four pictures.", nameof(pictures));
        }

        var (width, height) = (pictures[0].Width, pictures[0].Height);
        if (pictures.Any(picture => picture.Width != width || picture.Height != height))
        {
            throw new ArgumentException("The pictures of a grid have one size.", nameof(pictures));
        }

        if (pictures.Count == 1)
        {
            return pictures[0];
        }

        var rows = (pictures.Count + 1) / 2;
        using var bitmap = new SKBitmap(new SKImageInfo(width * 2, height * rows, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        for (var i = 0; i < pictures.Count; i++)
        {
            using var image = SKImage.FromEncodedData(pictures[i].Png.Span) ?? throw new ArgumentException($"Picture {i} is not an encoded picture.", nameof(pictures));
            canvas.DrawImage(image, i % 2 * width, i / 2 * height, new SKSamplingOptions(SKFilterMode.Nearest));
        }

        return new(PngFile.Encode(bitmap), bitmap.Width, bitmap.Height);
    }

    public PaintedPicture Shrink(PaintedPicture picture, int side)
    {
        var longer = Math.Max(picture.Width, picture.Height);
        if (longer <= side)
        {
            return picture;
        }

        var (width, height) = (Math.Max(1, picture.Width * side / longer), Math.Max(1, picture.Height * side / longer));
        using var image = SKImage.FromEncodedData(picture.Png.Span) ?? throw new ArgumentException("It is not an encoded picture.", nameof(picture));
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.DrawImage(image, SKRect.Create(width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return new(PngFile.Encode(bitmap), width, height);
    }
}
