using SkiaSharp;

namespace Personalization.Imaging;

/// <summary>Bytes to pixels, within bounds.</summary>
internal static class PictureDecoder
{
    /// <summary>The largest picture that is decoded, in pixels: what 256 MiB hold.</summary>
    public const long MaxPixels = 64L * 1024 * 1024;

    /// <summary>The picture, what is transparent in it over white.</summary>
    /// <exception cref="InvalidDataException">The bytes are no picture, or a larger one than <see cref="MaxPixels"/>.</exception>
    public static SKBitmap Decode(ReadOnlyMemory<byte> picture)
    {
        using var data = SKData.CreateCopy(picture.Span);
        using var codec = SKCodec.Create(data) ?? throw new InvalidDataException("The bytes are no picture: PNG, JPEG and WebP are read.");

        // The header tells the size before anything is made room for.
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > MaxPixels)
        {
            throw new InvalidDataException($"The picture has {width} x {height} pixels; at most {MaxPixels} in all are read.");
        }

        using var decoded = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(decoded.Info, decoded.GetPixels()) is not SKCodecResult.Success)
        {
            throw new InvalidDataException("The picture is damaged: its pixels cannot be read to the end.");
        }

        var opaque = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(opaque);
        canvas.Clear(SKColors.White);
        canvas.DrawBitmap(decoded, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest));
        return opaque;
    }

    /// <summary>The bitmap itself, or a new one of this size made with a filter that averages.</summary>
    public static SKBitmap Resize(SKBitmap bitmap, int width, int height) =>
        bitmap.Resize(bitmap.Info.WithSize(width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear))
        ?? throw new InvalidDataException($"The picture could not be scaled to {width} x {height} pixels.");
}
