using Personalization.Imagine.Backends;
using Personalization.Pictures;
using SkiaSharp;

namespace Personalization.Imaging;

/// <summary>
/// The door for pictures from outside: what comes in is decoded within bounds and encoded anew, so that nothing but pixels
/// passes. Servers write the prompt into their files; it would publish what a taste added.
/// </summary>
public static class PictureSanitizer
{
    /// <summary>Models paint in sizes of their own, and not all workflows take another.</summary>
    private const long Floor = 2048 * 2048;

    /// <summary>
    /// The most pixels to decode of an answer: four times those asked for, so that each side may be doubled. A few small bytes
    /// can promise more than the memory holds.
    /// </summary>
    public static long MaxPixels(ImageRequest request) => Math.Max(Floor, 4L * request.Width * request.Height);

    /// <param name="backend">Its name in messages.</param>
    /// <param name="encoded">PNG, JPEG or WebP.</param>
    /// <param name="most">The pixels it may have.</param>
    /// <exception cref="BackendException">The bytes are no picture, a damaged one or one too large.</exception>
    public static PaintedPicture Read(string backend, ReadOnlyMemory<byte> encoded, long most)
    {
        using var data = SKData.CreateCopy(encoded.Span);
        using var codec = SKCodec.Create(data);

        // Each decoder is a door; three are enough.
        if (codec?.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp))
        {
            throw Useless(backend, "what is no picture: PNG, JPEG and WebP are read");
        }

        // The header tells the size before anything is made room for.
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > most)
        {
            throw Useless(backend, $"a picture of {width} x {height} pixels; at most {most} in all are read: let it paint smaller ones, or set Backends:{backend}:MaxMegapixels to what they have");
        }

        using var decoded = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(decoded.Info, decoded.GetPixels()) is not SKCodecResult.Success)
        {
            throw Useless(backend, "a damaged picture: its pixels cannot be read to the end");
        }

        using var opaque = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(opaque);
        canvas.Clear(SKColors.White);
        canvas.DrawBitmap(decoded, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest));
        return new(PngFile.Encode(opaque), width, height);
    }

    /// <param name="base64">Such a picture as base64, with or without the head of a data URL.</param>
    /// <inheritdoc cref="Read"/>
    public static PaintedPicture ReadBase64(string backend, string base64, long most)
    {
        var start = base64.StartsWith("data:", StringComparison.Ordinal) ? base64.IndexOf(',', StringComparison.Ordinal) + 1 : 0;
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64Chars(base64.AsSpan(start), bytes, out var written)
            ? Read(backend, bytes.AsMemory(0, written), most)
            : throw Useless(backend, "a picture that is not base64");
    }

    /// <summary>The middle of a picture in the shape of these sides; the picture itself where it has it.</summary>
    public static PaintedPicture Crop(PaintedPicture picture, int width, int height)
    {
        var (wide, high) = ((int)Math.Round((double)picture.Height * width / height), (int)Math.Round((double)picture.Width * height / width));
        var (keptWidth, keptHeight) = (Math.Min(picture.Width, wide), Math.Min(picture.Height, high));
        if (picture.Width - keptWidth <= 1 && picture.Height - keptHeight <= 1)
        {
            return picture;
        }

        using var whole = SKBitmap.Decode(picture.Png.Span);
        using var part = new SKBitmap(new SKImageInfo(keptWidth, keptHeight, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(part);
        canvas.DrawBitmap(whole, -(picture.Width - keptWidth) / 2, -(picture.Height - keptHeight) / 2, new SKSamplingOptions(SKFilterMode.Nearest));
        return new(PngFile.Encode(part), keptWidth, keptHeight);
    }

    /// <summary>One of our own pictures as WebP, without loss.</summary>
    public static byte[] ToWebP(ReadOnlyMemory<byte> png)
    {
        using var bitmap = SKBitmap.Decode(png.Span);
        using var pixels = bitmap.PeekPixels();
        using var data = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 50)) ?? throw new InvalidOperationException("The picture could not be encoded.");
        return data.ToArray();
    }

    private static BackendException Useless(string backend, string what) => new(BackendFault.Failed, $"{backend} sent {what}.");
}
