using System.IO.Compression;

namespace Personalization.DiscordClient.Gateway;

/// <summary>
/// Inflates Discord's zlib-stream: one zlib stream over the whole connection, each message ended by a sync flush
/// (00 00 FF FF), which may come in several frames. A proxy may have inflated the messages already; each is then one frame of text.
/// Frames are taken in parts, and of a message no more is kept than its limit allows.
/// </summary>
internal sealed class ZlibStreamReader : IDisposable
{
    /// <summary>Bytes that are kept of a message; a larger one is passed over. zlib packs up to a thousandfold.</summary>
    public const int MaxMessageBytes = 4 * 1024 * 1024;

    /// <summary>
    /// Bytes that are inflated of a message to reach the next one. What describes a guild of 500 channels with as many permission
    /// overwrites as Discord allows has some 40 MB: no guild may end the connection that all share.
    /// </summary>
    public const int MaxInflatedBytes = 64 * 1024 * 1024;

    private const uint SyncFlush = 0x0000FFFF;

    private readonly MemoryStream _compressed = new();
    private readonly ZLibStream _inflater;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private MemoryStream _message = new();
    private long _length;

    // The last four bytes of the message as it was sent.
    private uint _end = uint.MaxValue;

    public ZlibStreamReader() => _inflater = new(_compressed, CompressionMode.Decompress);

    /// <summary>Messages so far that were larger than <see cref="MaxMessageBytes"/>, and are passed over.</summary>
    public int PassedOver { get; private set; }

    /// <summary>Takes a part of a frame; gives the message it completes, or null where it completes none or one that is passed over.</summary>
    /// <param name="isLast">Whether the frame ends with it.</param>
    /// <exception cref="InvalidDataException">The bytes are no zlib stream, or the message is larger than <see cref="MaxInflatedBytes"/>: the reader is of no use any more.</exception>
    public byte[]? Read(ReadOnlySpan<byte> part, bool isLast)
    {
        _compressed.SetLength(0);
        _compressed.Write(part);
        _compressed.Position = 0;
        while (_inflater.Read(_buffer) is > 0 and var read)
        {
            Keep(_buffer.AsSpan(0, read));
            if (_length > MaxInflatedBytes)
            {
                throw new InvalidDataException($"a message has more than {MaxInflatedBytes} bytes");
            }
        }

        foreach (var end in part[^Math.Min(part.Length, sizeof(uint))..])
        {
            _end = (_end << 8) | end;
        }

        return isLast && _end == SyncFlush ? Complete() : null;
    }

    /// <summary>Takes a part of a frame of text; gives the message it completes, or null where it completes none or one that is passed over.</summary>
    /// <param name="isLast">Whether the frame ends with it.</param>
    public byte[]? ReadText(ReadOnlySpan<byte> part, bool isLast)
    {
        Keep(part);
        return isLast ? Complete() : null;
    }

    public void Dispose()
    {
        _inflater.Dispose();
        _compressed.Dispose();
        _message.Dispose();
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        if (_length <= MaxMessageBytes)
        {
            _message.Write(bytes);
        }
    }

    private byte[]? Complete()
    {
        var message = _length <= MaxMessageBytes ? _message.ToArray() : null;
        PassedOver += message is null ? 1 : 0;
        _message.Dispose();
        (_message, _length, _end) = (new(), 0, uint.MaxValue);
        return message;
    }
}
