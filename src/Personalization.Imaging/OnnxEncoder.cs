using Microsoft.ML.OnnxRuntime;
using SkiaSharp;

namespace Personalization.Imaging;

/// <summary>
/// An operator's image encoder: takes one square picture as 1 x 3 x size x size numbers and gives one vector, which is scaled
/// to length 1. Of an output with more axes, tokens (1 x n x d) or places (1 x d x h x w) are averaged.
/// </summary>
internal sealed class OnnxEncoder : IImageEncoder
{
    // Of the CLIP models (Radford et al. 2021), on red, green and blue from 0 to 1.
    private static readonly double[] ClipMean = [0.48145466, 0.4578275, 0.40821073];
    private static readonly double[] ClipDeviation = [0.26862954, 0.26130258, 0.27577711];

    private readonly OnnxModel _model;
    private readonly string _input;
    private readonly string _output;
    private readonly int _size;
    private readonly double[] _mean;
    private readonly double[] _deviation;

    /// <exception cref="InvalidDataException">The file is no model, or not one of an image encoder; the message says what it takes and gives.</exception>
    public OnnxEncoder(VisionOptions options)
    {
        Version = $"onnx-{OnnxModel.HashOf(options.EncoderPath)[..8]}";
        _size = options.InputSize;
        _mean = options.Mean is { Length: 3 } mean ? mean : ClipMean;
        _deviation = options.StandardDeviation is { Length: 3 } deviation ? deviation : ClipDeviation;
        try
        {
            _model = new(options.EncoderPath);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException($"Vision:EncoderPath: {options.EncoderPath} is no ONNX model that can be run: {exception.Message}", exception);
        }

        (_input, _output) = Ports(options.EncoderPath);
        Length = Probe(options.EncoderPath);
    }

    /// <summary>The model, by what is in its file.</summary>
    public string Version { get; }

    public int Length { get; }

    /// <summary>The picture's vector, of length 1; zeros where the model has none for it, as half precision may overflow.</summary>
    public float[] Encode(SKBitmap picture)
    {
        var vector = Run(Pixels(picture));
        var length = Math.Sqrt(vector.Sum(value => (double)value * value));
        return length > 0 && double.IsFinite(length) ? Array.ConvertAll(vector, value => (float)(value / length)) : new float[vector.Length];
    }

    public void Dispose() => _model.Dispose();

    private (string Input, string Output) Ports(string path)
    {
        var inputs = _model.Inputs.Where(input => input.Value is { IsTensor: true, Dimensions.Length: 4 } && input.Value.ElementType == typeof(float)).ToArray();
        if (inputs.Length == 0 || _model.Inputs.Count > 1)
        {
            Dispose();
            throw new InvalidDataException(
                $"Vision:EncoderPath: {path} takes {Describe(_model.Inputs)}; an image encoder takes one input of four axes, 1 x 3 x height x width. Export the visual half of the model alone.");
        }

        // A model with several outputs has its pooled vector among them: it is the one with two axes.
        var outputs = _model.Outputs;
        return (inputs[0].Key, outputs.FirstOrDefault(output => output.Value.Dimensions.Length == 2).Key ?? outputs.First().Key);
    }

    private int Probe(string path)
    {
        try
        {
            return Run(new float[3 * _size * _size]).Length;
        }
        catch (OnnxRuntimeException exception)
        {
            Dispose();
            throw new InvalidDataException(
                $"Vision:EncoderPath: {path} could not be run on a picture of {_size} x {_size} pixels: {exception.Message} It takes {Describe(_model.Inputs)}; set Vision:InputSize to match.", exception);
        }
    }

    private static string Describe(IReadOnlyDictionary<string, NodeMetadata> ports) =>
        string.Join(", ", ports.Select(port => $"{port.Key} ({string.Join(" x ", port.Value.Dimensions)} of {port.Value.ElementType?.Name})"));

    private float[] Run(float[] pixels)
    {
        var (values, shape) = _model.Run(pixels, _size, _input, _output);
        return Pool(values, shape);
    }

    private static float[] Pool(ReadOnlySpan<float> values, long[] shape)
    {
        var (tokens, length, stride, step) = shape.Length switch
        {
            // 1 x d x h x w: the places of one feature lie side by side.
            4 => ((int)(shape[2] * shape[3]), (int)shape[1], 1, (int)(shape[2] * shape[3])),
            3 => ((int)shape[1], (int)shape[2], (int)shape[2], 1),
            _ => (1, values.Length, 0, 1),
        };
        var vector = new float[length];
        for (var feature = 0; feature < length; feature++)
        {
            for (var token = 0; token < tokens; token++)
            {
                vector[feature] += values[(feature * step) + (token * stride)] / tokens;
            }
        }

        return vector;
    }

    /// <summary>The largest square in the middle, as the model expects its numbers.</summary>
    private float[] Pixels(SKBitmap picture)
    {
        var pixels = OnnxModel.Planes(picture, _size, Framing.Middle);
        var plane = _size * _size;
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (float)(((pixels[i] / 255.0) - _mean[i / plane]) / _deviation[i / plane]);
        }

        return pixels;
    }
}
