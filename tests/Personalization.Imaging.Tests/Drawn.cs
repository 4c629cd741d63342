using SkiaSharp;

namespace Personalization.Imaging.Tests;

/// <summary>Pictures whose every pixel is known.</summary>
internal static class Drawn
{
    public static readonly (byte, byte, byte) Black = (0, 0, 0);
    public static readonly (byte, byte, byte) White = (255, 255, 255);
    public static readonly (byte, byte, byte) Grey = (119, 119, 119);
    public static readonly (byte, byte, byte) Red = (255, 0, 0);
    public static readonly (byte, byte, byte) Blue = (0, 0, 255);

    public static Thumbnail Image(int width, int height, Func<int, int, (byte, byte, byte)> colour) =>
        new(width, height, [.. from y in Enumerable.Range(0, height) from x in Enumerable.Range(0, width) select colour(x, y)]);

    public static Thumbnail Even((byte, byte, byte) colour) => Image(64, 64, (_, _) => colour);

    public static Thumbnail Checker() => Image(64, 64, (x, y) => (x + y) % 2 == 0 ? Black : White);

    public static byte[] Encoded(int width, int height, Func<int, int, SKColor> colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                bitmap.SetPixel(x, y, colour(x, y));
            }
        }

        using var data = bitmap.Encode(format, 100);
        return data.ToArray();
    }
}
