using Personalization.Pictures;
using Personalization.Styles;
using Personalization.Taste.Model;

namespace Personalization.Testing;

/// <summary>Measures a picture's second byte, in tenths.</summary>
public sealed class SecondByte : IFeatureExtractor
{
    public string Version => "second byte";

    public IReadOnlyList<PictureMeasure> Measures { get; } = [new("byte", "low", "high")];

    public int EmbeddingLength => 0;

    public float[] Extract(ReadOnlyMemory<byte> picture) => [picture.Span[1] / 10f];

    /// <summary>A community with one axis, on which the measure is a picture's position.</summary>
    public static CurrentCommunity Community()
    {
        var vocabulary = new StyleVocabulary(1, [new("vividness", "muted", "vivid", [])], []);
        var map = new FeatureMap("second byte", [new("byte", "low", "high")], 1, new([0], [1], []), [[0]], [[1]], [0], [1]);
        var space = new FeatureSpace(vocabulary, map, null);
        return new(new Community(space, space.InitialPrior()));
    }
}
