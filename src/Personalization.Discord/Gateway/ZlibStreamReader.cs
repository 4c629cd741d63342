using System.IO.Compression;

namespace Personalization.Discord.Gateway;

/// <summary>
/// Inflates Discord's zlib-stream: one zlib stream over the whole connection, each message ended by a sync flush
/// (00 00 FF FF), which may come in several frames.
/// </summary>
internal sealed class ZlibStreamReader : IDisposable
{
    /// <summary>Bytes that are kept of a message, and bytes of frames that may make one. zlib packs up to a thousandfold.</summary>
    public const int MaxMessageBytes = 4 * 1024 * 1024;

    /// <summary>
    /// Bytes that are inflated of a message to reach the next one. What describes a guild of 500 channels with as many permission
    /// overwrites as Discord allows has some 40 MB: no guild may end the connection that all share.
    /// </summary>
    public const int MaxInflatedBytes = 64 * 1024 * 1024;

    private readonly MemoryStream _compressed = new();
    private readonly ZLibStream _inflater;
    private readonly byte[] _buffer = new byte[16 * 1024];

    public ZlibStreamReader() => _inflater = new(_compressed, CompressionMode.Decompress);

    /// <summary>Messages so far that were larger than <see cref="MaxMessageBytes"/>, and are passed over.</summary>
    public int PassedOver { get; private set; }

    /// <summary>Takes a frame; gives the message it completes, or null where it completes none or one that is passed over.</summary>
    /// <exception cref="InvalidDataException">The bytes are no zlib stream, or the message is larger than <see cref="MaxInflatedBytes"/>: the reader is of no use any more.</exception>
    public byte[]? Read(ReadOnlySpan<byte> frame)
    {
        Limit(_compressed.Length + frame.Length, MaxMessageBytes);
        _compressed.Write(frame);
        if (!_compressed.GetBuffer().AsSpan(0, (int)_compressed.Length).EndsWith<byte>([0x00, 0x00, 0xFF, 0xFF]))
        {
            return null;
        }

        _compressed.Position = 0;
        using var message = new MemoryStream();
        var length = 0L;
        while (_inflater.Read(_buffer) is > 0 and var read)
        {
            length += read;
            Limit(length, MaxInflatedBytes);
            if (length <= MaxMessageBytes)
            {
                message.Write(_buffer, 0, read);
            }
        }

        _compressed.SetLength(0);
        if (length <= MaxMessageBytes)
        {
            return message.ToArray();
        }

        PassedOver++;
        return null;
    }

    public void Dispose()
    {
        _inflater.Dispose();
        _compressed.Dispose();
    }

    private static void Limit(long bytes, int limit)
    {
        if (bytes > limit)
        {
            throw new InvalidDataException($"a message has more than {limit} bytes");
        }
    }
}
