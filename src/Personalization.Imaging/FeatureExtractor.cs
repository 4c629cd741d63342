using Microsoft.Extensions.Options;
using Personalization.Pictures;

namespace Personalization.Imaging;

/// <summary>The pixel measures, then the vector of an encoder where there is one: the operator's, or else the program's own.</summary>
internal sealed class FeatureExtractor : IFeatureExtractor, IDisposable
{
    private readonly IImageEncoder? _encoder;

    /// <param name="ownEncoder">Opens the program's own encoder; null, or its result, where there is none.</param>
    /// <exception cref="InvalidDataException">The encoder cannot be used; the message tells the operator why.</exception>
    public FeatureExtractor(IOptions<VisionOptions> options, Func<IImageEncoder?>? ownEncoder = null)
    {
        var vision = options.Value;
        _encoder = !vision.Encoder ? null : vision.EncoderPath.Length > 0 ? new OnnxEncoder(vision) : ownEncoder?.Invoke();
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
