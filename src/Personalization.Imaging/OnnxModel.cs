using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using SkiaSharp;

namespace Personalization.Imaging;

/// <summary>A model in ONNX form that takes one square picture as 1 x 3 x size x size numbers. Safe for concurrent use.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;

    /// <param name="level">How much the graph is rewritten for speed when it is loaded: each rewritten weight is a second copy in memory.</param>
    /// <exception cref="OnnxRuntimeException">The file is no model that can be run.</exception>
    public OnnxModel(string path, GraphOptimizationLevel level = GraphOptimizationLevel.ORT_ENABLE_ALL)
    {
        // One thread: measuring happens behind the backs of people who wait for something else.
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, GraphOptimizationLevel = level };
        _session = new(path, options);
    }

    /// <summary>Whether ONNX Runtime can be loaded here; it is not built for every platform that .NET runs on.</summary>
    public static bool IsRuntimePresent
    {
        get
        {
            try
            {
                return OrtEnv.Instance() is not null;
            }
            catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or TypeInitializationException)
            {
                return false;
            }
        }
    }

    public IReadOnlyDictionary<string, NodeMetadata> Inputs => _session.InputMetadata;

    public IReadOnlyDictionary<string, NodeMetadata> Outputs => _session.OutputMetadata;

    /// <summary>The SHA-256 of a file, in lower-case hexadecimal.</summary>
    public static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>A picture at the size of an input, as planes of red, green and blue from 0 to 255, row by row.</summary>
    /// <param name="size">Width and height of a plane.</param>
    public static float[] Planes(SKBitmap picture, int size, Framing framing)
    {
        using var square = framing == Framing.Middle ? MiddleOf(picture) : null;
        using var scaled = PictureDecoder.Resize(square ?? picture, size, size);
        var bytes = scaled.GetPixelSpan();
        var planes = new float[3 * size * size];
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                for (var channel = 0; channel < 3; channel++)
                {
                    planes[(((channel * size) + y) * size) + x] = bytes[(y * scaled.RowBytes) + (4 * x) + channel];
                }
            }
        }

        return planes;
    }

    /// <summary>One output for one picture.</summary>
    /// <param name="planes">3 x size x size numbers.</param>
    /// <returns>The numbers, and the length of each axis.</returns>
    /// <exception cref="OnnxRuntimeException">The model does not take planes of this size.</exception>
    public (float[] Values, long[] Shape) Run(float[] planes, int size, string input, string output)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(planes, [1, 3, size, size]);
        using var options = new RunOptions();
        using var results = _session.Run(options, new Dictionary<string, OrtValue> { [input] = value }, [output]);
        return (results[0].GetTensorDataAsSpan<float>().ToArray(), results[0].GetTensorTypeAndShape().Shape);
    }

    public void Dispose() => _session.Dispose();

    private static SKBitmap MiddleOf(SKBitmap picture)
    {
        var side = Math.Min(picture.Width, picture.Height);
        var square = new SKBitmap();
        picture.ExtractSubset(square, SKRectI.Create((picture.Width - side) / 2, (picture.Height - side) / 2, side, side));
        return square;
    }
}
