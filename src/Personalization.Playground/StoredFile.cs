using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace Personalization.Playground;

/// <summary>An uploaded file, but for its content, which <see cref="ChatStore"/> keeps.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="Width">In pixels; null for what is neither PNG nor JPEG.</param>
/// <param name="Height">In pixels; null for what is neither PNG nor JPEG.</param>
internal sealed record StoredFile(ulong Id, string Name, string ContentType, long Length, int? Width, int? Height)
{
    /// <summary>What it shows, in words; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>A file with the size of its picture.</summary>
    public static StoredFile Create(ulong id, string name, string contentType, ReadOnlySpan<byte> content)
    {
        var size = PngSize(content) ?? JpegSize(content);
        return new(id, name, contentType, content.Length, size?.Width, size?.Height);
    }

    /// <summary>The file as Discord shows it.</summary>
    /// <param name="isEphemeral">Whether it goes with a message that one person sees, or with an interaction.</param>
    public JsonObject ToJson(string url, bool isEphemeral)
    {
        var json = new JsonObject
        {
            ["id"] = $"{Id}",
            ["filename"] = Name,
            ["size"] = Length,
            ["url"] = url,
            ["proxy_url"] = url,
            ["content_type"] = ContentType,
        };
        if (Width is not null)
        {
            json["width"] = Width;
            json["height"] = Height;
        }

        if (Description is not null)
        {
            json["description"] = Description;
        }

        if (isEphemeral)
        {
            json["ephemeral"] = true;
        }

        return json;
    }

    // The header comes first (PNG specification, 11.2.2).
    private static (int Width, int Height)? PngSize(ReadOnlySpan<byte> content) =>
        content.Length >= 24 && content.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
            ? (BinaryPrimitives.ReadInt32BigEndian(content[16..]), BinaryPrimitives.ReadInt32BigEndian(content[20..]))
            : null;

    // Segments of a marker and a length up to the frame header: SOF0 to SOF3, baseline to lossless (ITU-T T.81, B.2.2).
    private static (int Width, int Height)? JpegSize(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith<byte>([0xFF, 0xD8]))
        {
            return null;
        }

        var at = 2;
        while (at + 9 <= content.Length && content[at] == 0xFF)
        {
            if (content[at + 1] is >= 0xC0 and <= 0xC3)
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(content[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(content[(at + 5)..]));
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(content[(at + 2)..]);
        }

        return null;
    }
}
