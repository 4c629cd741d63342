using SkiaSharp;

namespace Personalization.EndToEnd;

/// <summary>What a person sees in a picture, beside its <see cref="Colourfulness"/>.</summary>
internal static class Seen
{
    /// <summary>The mean of red, green and blue over all pixels, 0 to 100.</summary>
    public static double Lightness(byte[] picture)
    {
        using var bitmap = SKBitmap.Decode(picture);
        return bitmap.Pixels.Average(pixel => (pixel.Red + pixel.Green + pixel.Blue) / 7.65);
    }

    /// <summary>The four pictures of a grid of two columns of squares, in reading order. The gutter is a 64th of a picture.</summary>
    public static IEnumerable<byte[]> Tiles(byte[] grid)
    {
        using var bitmap = SKBitmap.Decode(grid);
        for (var place = 0; place < 4; place++)
        {
            using var tile = new SKBitmap();
            var (width, height) = (bitmap.Width * 64 / 129, bitmap.Height * 64 / 129);
            bitmap.ExtractSubset(tile, SKRectI.Create(place % 2 * (bitmap.Width - width), place / 2 * (bitmap.Height - height), width, height));
            yield return tile.Encode(SKEncodedImageFormat.Png, 100).ToArray();
        }
    }
}
