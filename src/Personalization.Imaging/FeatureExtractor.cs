using Microsoft.Extensions.Options;
using Personalization.Pictures;

namespace Personalization.Imaging;

/// <summary>The pixel measures, and the operator's encoder where there is one.</summary>
internal sealed class FeatureExtractor : IFeatureExtractor, IDisposable
{
    private readonly OnnxEncoder? _encoder;

    /// <exception cref="InvalidDataException">The encoder cannot be used; the message tells the operator why.</exception>
    public FeatureExtractor(IOptions<VisionOptions> options)
    {
        _encoder = options.Value.EncoderPath.Length > 0 ? new(options.Value) : null;
        Version = _encoder is null ? PixelMeasures.Version : $"{PixelMeasures.Version}+{_encoder.Version}";
    }

    public string Version { get; }

    public IReadOnlyList<PictureMeasure> Measures => PixelMeasures.All;

    public int EmbeddingLength => _encoder?.Length ?? 0;

    public float[] Extract(ReadOnlyMemory<byte> picture)
    {
        using var bitmap = PictureDecoder.Decode(picture);
        var measures = PixelMeasures.Of(Thumbnail.Of(bitmap));
        return _encoder is null ? measures : [.. measures, .. _encoder.Encode(bitmap)];
    }

    public void Dispose() => _encoder?.Dispose();
}
