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
