using Personalization.Imagine.Backends;
using Personalization.Pictures;
using SkiaSharp;

namespace Personalization.Imaging;

/// <summary>
/// Sanitizes pictures from outside: decodes them within limits and encodes them again as PNG, which keeps the pixels only.
/// Servers write the prompt into the metadata of their files, which would publish the words that a taste added.
/// </summary>
public static class PictureSanitizer
{
    // Models have native sizes, and some workflows ignore the requested one.
    private const long MinPixelLimit = 2048 * 2048;

    /// <summary>
    /// The maximum number of pixels to decode for a request: four times the requested area, so that each side may be doubled,
    /// and at least 2048 x 2048. A file of a few bytes can declare more pixels than fit into memory.
    /// </summary>
    public static long MaxPixels(ImageRequest request) => Math.Max(MinPixelLimit, 4L * request.Width * request.Height);

    /// <summary>Decodes a picture and encodes its pixels as PNG, on white where it is transparent.</summary>
    /// <param name="backend">The backend's name, for messages.</param>
    /// <param name="encoded">PNG, JPEG or WebP.</param>
    /// <param name="maxPixels">The maximum of width times height.</param>
    /// <param name="limitSetting">The key of the setting that raises <paramref name="maxPixels"/>, for the message; null if there is none.</param>
    /// <exception cref="BackendException">The bytes are not a picture, or the picture is damaged or larger than <paramref name="maxPixels"/>.</exception>
    public static PaintedPicture Read(string backend, ReadOnlyMemory<byte> encoded, long maxPixels, string? limitSetting = null)
    {
        using var data = SKData.CreateCopy(encoded.Span);
        using var codec = SKCodec.Create(data);

        // Each decoder is attack surface: only the formats that image servers send.
        if (codec?.EncodedFormat is not (SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Webp))
        {
            throw Unusable(backend, "data that is not a picture in PNG, JPEG or WebP format.");
        }

        // The header has the size: check it before memory is allocated.
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > maxPixels)
        {
            var remedy = limitSetting is null ? "" : $" Configure the server to return smaller pictures, or increase {limitSetting}.";
            throw Unusable(backend, $"a picture of {width} x {height} pixels; the maximum is {maxPixels} pixels in total.{remedy}");
        }

        using var decoded = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(decoded.Info, decoded.GetPixels()) is not SKCodecResult.Success)
        {
            throw Unusable(backend, "a damaged picture: its pixels cannot be decoded completely.");
        }

        using var opaque = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(opaque);
        canvas.Clear(SKColors.White);
        canvas.DrawBitmap(decoded, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest));
        return new(PngFile.Encode(opaque), width, height);
    }

    /// <summary>Decodes a picture in base64 and encodes its pixels as PNG.</summary>
    /// <param name="base64">PNG, JPEG or WebP as base64, with or without the prefix of a data URL.</param>
    /// <inheritdoc cref="Read"/>
    public static PaintedPicture ReadBase64(string backend, string base64, long maxPixels, string? limitSetting = null)
    {
        var start = base64.StartsWith("data:", StringComparison.Ordinal) ? base64.IndexOf(',', StringComparison.Ordinal) + 1 : 0;
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64Chars(base64.AsSpan(start), bytes, out var written)
            ? Read(backend, bytes.AsMemory(0, written), maxPixels, limitSetting)
            : throw Unusable(backend, "a picture that is not valid base64.");
    }

    /// <summary>
    /// The largest centered part of a picture with the ratio <paramref name="width"/> : <paramref name="height"/>; the same
    /// picture if it has that ratio to within one pixel.
    /// </summary>
    public static PaintedPicture Crop(PaintedPicture picture, int width, int height)
    {
        var (matchingWidth, matchingHeight) = ((int)Math.Round((double)picture.Height * width / height), (int)Math.Round((double)picture.Width * height / width));
        var (keptWidth, keptHeight) = (Math.Min(picture.Width, matchingWidth), Math.Min(picture.Height, matchingHeight));
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

    /// <summary>Whether every pixel is black: what a decoder paints whose numbers overflowed, and what some filters leave of a picture.</summary>
    public static bool IsBlack(PaintedPicture picture)
    {
        using var bitmap = SKBitmap.Decode(picture.Png.Span, new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));

        // RGBA: alpha is not looked at. JPEG and WebP may leave traces.
        const int trace = 2;
        if (bitmap is null)
        {
            return false;
        }

        var samples = bitmap.GetPixelSpan();
        for (var i = 0; i < samples.Length; i += 4)
        {
            if (samples[i] > trace || samples[i + 1] > trace || samples[i + 2] > trace)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Encodes a sanitized picture as lossless WebP.</summary>
    public static byte[] ToWebP(ReadOnlyMemory<byte> png)
    {
        using var bitmap = SKBitmap.Decode(png.Span);
        using var pixels = bitmap.PeekPixels();
        using var data = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 50)) ?? throw new InvalidOperationException("The picture could not be encoded.");
        return data.ToArray();
    }

    private static BackendException Unusable(string backend, string what) => new(BackendFault.Failed, $"{backend} sent {what}");
}
