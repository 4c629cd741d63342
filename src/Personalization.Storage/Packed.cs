using System.Runtime.InteropServices;
using Personalization.Pictures;

namespace Personalization.Storage;

/// <summary>Lists of numbers as bytes, one after the other, least significant byte first (as every machine .NET 10 runs on has them).</summary>
internal static class Packed
{
    public static byte[] Floats(ReadOnlySpan<float> values) => MemoryMarshal.AsBytes(values).ToArray();

    public static float[] Floats(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes).ToArray();

    public static byte[] Ids(IReadOnlyList<PictureId> ids)
    {
        long[] values = [.. ids.Select(id => id.Value)];
        return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
    }

    public static IReadOnlyList<PictureId> Ids(byte[] bytes)
    {
        var ids = new PictureId[bytes.Length / sizeof(long)];
        var values = MemoryMarshal.Cast<byte, long>(bytes);
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = new(values[i]);
        }

        return ids;
    }
}
