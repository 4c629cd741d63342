using System.IO.Compression;
using System.Text;
using CsCheck;
using Personalization.DiscordClient.Gateway;

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

    [Fact]
    public void Zlib_reader_inflates_no_message_beyond_its_limit()
    {
        using var compressed = new MemoryStream();
        using var deflater = new ZLibStream(compressed, CompressionLevel.Fastest);
        using var reader = new ZlibStreamReader();
        var frame = Frame(compressed, deflater, ZlibStreamReader.MaxInflatedBytes + 1);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => reader.Read(frame, isLast: true));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 8L * ZlibStreamReader.MaxMessageBytes);
    }

    [Theory]
    [InlineData(ZlibStreamReader.MaxMessageBytes + 1)]
    [InlineData(ZlibStreamReader.MaxInflatedBytes)]
    public void Zlib_reader_passes_over_a_message_that_is_too_large_and_reads_the_next(int length)
    {
        using var compressed = new MemoryStream();
        using var deflater = new ZLibStream(compressed, CompressionLevel.Fastest);
        using var reader = new ZlibStreamReader();
        var frame = Frame(compressed, deflater, length);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Null(reader.Read(frame, isLast: true));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 8L * ZlibStreamReader.MaxMessageBytes);
        Assert.Equal(1, reader.PassedOver);
        Assert.Equal(ZlibStreamReader.MaxMessageBytes, reader.Read(Frame(compressed, deflater, ZlibStreamReader.MaxMessageBytes), isLast: true)!.Length);
    }

    [Fact]
    public void Zlib_reader_keeps_nothing_of_text_beyond_its_limit_and_reads_the_next()
    {
        using var reader = new ZlibStreamReader();
        var part = new byte[ZlibStreamReader.MaxMessageBytes / 4];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.All(Enumerable.Range(0, 100), _ => Assert.Null(reader.ReadText(part, isLast: false)));
        Assert.Null(reader.ReadText(part, isLast: true));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 8L * ZlibStreamReader.MaxMessageBytes);
        Assert.Equal(1, reader.PassedOver);
        Assert.Equal("next"u8.ToArray(), reader.ReadText("next"u8, isLast: true));
    }

    /// <summary>The next message of a stream: so many zeros.</summary>
    private static byte[] Frame(MemoryStream compressed, ZLibStream deflater, int length)
    {
        compressed.SetLength(0);
        var zeros = new byte[1024 * 1024];
        for (var left = length; left > 0; left -= zeros.Length)
        {
            deflater.Write(zeros, 0, Math.Min(left, zeros.Length));
        }

        deflater.Flush();
        return compressed.ToArray();
    }

    private static string? Read(ZlibStreamReader reader, byte[] compressed, int frame)
    {
        byte[]? message = null;
        foreach (var part in compressed.Chunk(frame))
        {
            Assert.Null(message);
            message = reader.Read(part, isLast: true);
        }

        return message is null ? null : Encoding.UTF8.GetString(message);
    }
}
