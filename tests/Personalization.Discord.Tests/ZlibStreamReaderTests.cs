using System.IO.Compression;
using System.Text;
using CsCheck;
using Personalization.Discord.Gateway;

namespace Personalization.Discord.Tests;

public sealed class ZlibStreamReaderTests
{
    [Fact]
    public void Zlib_reader_restores_any_messages_from_any_frames() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 0, 20_000].List[1, 8], Gen.Int[1, 3000]).Sample((messages, frame) =>
        {
            using var compressed = new MemoryStream();
            using var deflater = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true);
            using var reader = new ZlibStreamReader();
            foreach (var message in messages.Select(text => $"\"{text}\""))
            {
                compressed.SetLength(0);
                deflater.Write(Encoding.UTF8.GetBytes(message));
                deflater.Flush();
                Assert.Equal(message, Read(reader, compressed.ToArray(), frame));
            }
        }, iter: 60);

    [Theory]
    [InlineData(700_000_000, "a message that is small until it is inflated")]
    [InlineData(ZlibStreamReader.MaxMessageBytes + 1, "a byte too many")]
    public void Zlib_reader_inflates_no_message_beyond_its_limit(int length, string what)
    {
        using var compressed = new MemoryStream();
        using (var deflater = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var left = length; left > 0; left -= zeros.Length)
            {
                deflater.Write(zeros, 0, Math.Min(left, zeros.Length));
            }

            deflater.Flush();
        }

        using var reader = new ZlibStreamReader();
        byte[] frame = [.. compressed.ToArray(), 0x00, 0x00, 0xFF, 0xFF];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => reader.Read(frame));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 8L * ZlibStreamReader.MaxMessageBytes, what);
    }

    [Fact]
    public void Zlib_reader_keeps_no_frames_beyond_its_limit()
    {
        using var reader = new ZlibStreamReader();
        var frame = new byte[ZlibStreamReader.MaxMessageBytes / 4];
        Array.Fill(frame, (byte)1);

        Assert.All(Enumerable.Range(0, 4), _ => Assert.Null(reader.Read(frame)));
        Assert.Throws<InvalidDataException>(() => reader.Read(frame));
    }

    private static string? Read(ZlibStreamReader reader, byte[] compressed, int frame)
    {
        byte[]? message = null;
        foreach (var part in compressed.Chunk(frame))
        {
            Assert.Null(message);
            message = reader.Read(part);
        }

        return message is null ? null : Encoding.UTF8.GetString(message);
    }
}
