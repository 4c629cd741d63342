using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using SkiaSharp;

namespace Personalization.Testing.StandIns;

/// <summary>What a stand-in paints: a pattern that differs if any input differs.</summary>
public static class PaintedPng
{
    /// <param name="parameters">Written into the file as a <c>tEXt</c> chunk named <paramref name="keyword"/>, as image servers do; null for none.</param>
    /// <param name="inputs">Everything that the picture depends on.</param>
    public static byte[] Paint(int width, int height, string? parameters, string keyword, params IEnumerable<object?> inputs)
    {
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', inputs)));
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(new SKColor(seed[0], seed[1], seed[2]));
        using var paint = new SKPaint();
        for (var i = 0; i < 8; i++)
        {
            paint.Color = new SKColor(seed[(3 * i) + 3], seed[(3 * i) + 4], seed[(3 * i) + 5]);
            canvas.DrawRect(width * seed[i] / 320f, height * seed[i + 8] / 320f, width * 0.3f, height * 0.3f, paint);
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return parameters is null ? data.ToArray() : WithText(data.AsSpan(), keyword, parameters);
    }

    /// <summary>A black picture.</summary>
    public static byte[] Black(int width, int height)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.Black);
        return bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }

    // After the signature (8 bytes) and the header chunk (25), by W3C PNG, third edition, 11.3.3.
    private static byte[] WithText(ReadOnlySpan<byte> png, string keyword, string text)
    {
        const int headerEnd = 33;
        byte[] content = [.. "tEXt"u8, .. Encoding.Latin1.GetBytes(keyword), 0, .. Encoding.Latin1.GetBytes(text)];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length - 4);
        var check = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc32.HashToUInt32(content));
        return [.. png[..headerEnd], .. length, .. content, .. check, .. png[headerEnd..]];
    }
}
