using Personalization.Pictures;

namespace Personalization.Testing;

/// <summary>Says what it would measure. It measures nothing unless a test says how; the numbers come with the pictures.</summary>
public sealed class FakeExtractor(int embedding = 0, Func<ReadOnlyMemory<byte>, float[]>? extract = null) : IFeatureExtractor
{
    public string Version { get; init; } = "fake-1";

    public IReadOnlyList<PictureMeasure> Measures { get; init; } = [new("colour", "grey", "colourful"), new("noise", "quiet", "noisy"), new("light", "dark", "light")];

    public int EmbeddingLength => embedding;

    public float[] Extract(ReadOnlyMemory<byte> picture) => extract is null ? throw new NotSupportedException() : extract(picture);
}
