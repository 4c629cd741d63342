using System.IO.Compression;

namespace Personalization.Discord.Gateway;

/// <summary>
/// Inflates Discord's zlib-stream: one zlib stream over the whole connection, each message ended by a sync flush
/// (00 00 FF FF), which may come in several frames.
/// </summary>
internal sealed class ZlibStreamReader : IDisposable
{
    private readonly MemoryStream _compressed = new();
    private readonly ZLibStream _inflater;

    public ZlibStreamReader() => _inflater = new(_compressed, CompressionMode.Decompress);

    /// <summary>Takes a frame; gives the message it completes, or null.</summary>
    /// <exception cref="InvalidDataException">The bytes are no zlib stream.</exception>
    public byte[]? Read(ReadOnlySpan<byte> frame)
    {
        _compressed.Write(frame);
        if (!_compressed.GetBuffer().AsSpan(0, (int)_compressed.Length).EndsWith<byte>([0x00, 0x00, 0xFF, 0xFF]))
        {
            return null;
        }

        _compressed.Position = 0;
        using var message = new MemoryStream();
        _inflater.CopyTo(message);
        _compressed.SetLength(0);
        return message.ToArray();
    }

    public void Dispose()
    {
        _inflater.Dispose();
        _compressed.Dispose();
    }
}
