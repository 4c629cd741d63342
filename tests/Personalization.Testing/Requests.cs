using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Microsoft.AspNetCore.Http;
using Personalization.Imagine.Backends;
using Personalization.Pictures;
using Personalization.Testing.StandIns;

namespace Personalization.Testing;

/// <summary>What the tests of all servers ask for.</summary>
public static class Requests
{
    /// <summary>As in a prompt with a taste: words, weights, and what to keep out.</summary>
    public static ImageRequest Personalized { get; } = new()
    {
        Text = "a lighthouse by the sea",
        Additions = [new("rich saturated hues", 1.1), new("soft light", 0.85)],
        Avoid = ["people"],
        Dislikes = ["washed-out hues"],
        Seed = 4_000_000_000,
        Count = 4,
        Width = 512,
        Height = 768,
    };

    public static ImageRequest Small(string text = "a lighthouse") => new() { Text = text, Seed = 7, Count = 1, Width = 64, Height = 64 };

    /// <summary>An encoded picture.</summary>
    public static byte[] Picture(string name = "a picture") => PaintedPng.Paint(64, 64, null, "", name);

    /// <summary>A file whose header promises a picture of this size (W3C PNG, third edition, 11.2.1).</summary>
    public static byte[] Promise(int width, int height)
    {
        var promise = Picture();
        BinaryPrimitives.WriteInt32BigEndian(promise.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(promise.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(promise.AsSpan(29), Crc32.HashToUInt32(promise.AsSpan(12, 17)));
        return promise;
    }

    /// <summary>Answers with a file.</summary>
    public static Func<HttpContext, Task> File(byte[] content) => async context =>
    {
        context.Response.ContentType = "image/png";
        await context.Response.Body.WriteAsync(content);
    };

    public static IReadOnlyList<PaintedPicture> Painted(PaintingResult result) => Assert.IsType<PaintingResult.Painted>(result).Pictures;

    /// <summary>That a file says nothing about how it was made.</summary>
    public static void HasNoText(PaintedPicture picture, params IEnumerable<string> texts)
    {
        var bytes = Encoding.Latin1.GetString(picture.Png.Span);
        Assert.DoesNotContain("tEXt", bytes);
        Assert.DoesNotContain("iTXt", bytes);
        Assert.All(texts, text => Assert.DoesNotContain(text, bytes));
    }
}
