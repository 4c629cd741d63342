using Personalization.Pictures;

namespace Personalization.Testing;

/// <summary>Says what it would measure; the numbers come with the pictures.</summary>
public sealed class FakeExtractor(int embedding = 0) : IFeatureExtractor
{
    public string Version => "fake-1";

    public IReadOnlyList<PictureMeasure> Measures { get; } = [new("colour", "grey", "colourful"), new("noise", "quiet", "noisy"), new("light", "dark", "light")];

    public int EmbeddingLength => embedding;

    public float[] Extract(ReadOnlyMemory<byte> picture) => throw new NotSupportedException();
}
