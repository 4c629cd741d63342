using System.Buffers.Binary;

namespace Personalization.Playground;

/// <summary>An uploaded file.</summary>
internal sealed record StoredFile(ulong Id, string Name, string ContentType, byte[] Content)
{
    /// <summary>Width and height of a PNG, from its header (PNG specification, 11.2.2); null for other files.</summary>
    public (int Width, int Height)? Size =>
        Content.Length >= 24 && Content.AsSpan(0, 8).SequenceEqual<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
            ? (BinaryPrimitives.ReadInt32BigEndian(Content.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(Content.AsSpan(20)))
            : null;
}
