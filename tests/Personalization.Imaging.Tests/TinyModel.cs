using System.Text;

namespace Personalization.Imaging.Tests;

/// <summary>ONNX models of one or two nodes, written out by hand after onnx.proto: field number and wire type, then the value.</summary>
internal static class TinyModel
{
    private const int Float = 1;

    /// <summary>1 x 3 x side x side to 1 x 3: the mean of each channel.</summary>
    public static byte[] ChannelMeans(int side = 0) => Model(
        [1, 3, side, side],
        [1, 3],
        Node("GlobalAveragePool", "picture", "pooled"),
        Node("Flatten", "pooled", "vector"));

    /// <summary>What comes in goes out.</summary>
    public static byte[] Identity(int axes = 4) => Model([1, 3, .. new int[axes - 2]], [1, 3, .. new int[axes - 2]], Node("Identity", "picture", "vector"));

    private static byte[] Model(int[] input, int[] output, params IEnumerable<byte[]> nodes) =>
    [
        .. Number(1, 8), // ir_version
        .. Bytes(8, [.. Bytes(1, []), .. Number(2, 13)]), // opset_import: the default domain, version 13
        .. Bytes(7, [.. nodes.SelectMany(node => Bytes(1, node)), .. Text(2, "tiny"), .. Bytes(11, Port("picture", input)), .. Bytes(12, Port("vector", output))]),
    ];

    private static byte[] Node(string type, string input, string output) => [.. Text(1, input), .. Text(2, output), .. Text(4, type)];

    // A dimension of 0 is one that the picture decides.
    private static byte[] Port(string name, int[] shape)
    {
        var dimensions = shape.SelectMany((length, axis) => Bytes(1, length == 0 ? Text(2, $"side{axis}") : Number(1, length)));
        return [.. Text(1, name), .. Bytes(2, Bytes(1, [.. Number(1, Float), .. Bytes(2, [.. dimensions])]))];
    }

    private static byte[] Number(int field, int value) => [(byte)(field << 3), .. Varint(value)];

    private static byte[] Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Bytes(int field, byte[] bytes) => [(byte)((field << 3) | 2), .. Varint(bytes.Length), .. bytes];

    private static byte[] Varint(int value) => value < 128 ? [(byte)value] : [(byte)((value & 127) | 128), .. Varint(value >> 7)];
}
