namespace Personalization.Pictures;

/// <summary>Turns a picture's bytes into numbers: the pixel measures, then the embedding where an encoder is configured.</summary>
public interface IFeatureExtractor
{
    /// <summary>
    /// Names what the numbers mean; stored beside them. Numbers of different versions are not compared, except that those of
    /// <c>MEASURES</c> are the first of <c>MEASURES+ENCODER</c>.
    /// </summary>
    string Version { get; }

    /// <summary>What the first numbers measure, in order.</summary>
    IReadOnlyList<PictureMeasure> Measures { get; }

    /// <summary>How many numbers follow the measures; 0 without an encoder.</summary>
    int EmbeddingLength { get; }

    /// <summary>The picture's <see cref="Measures"/> and embedding, each finite. Equal bytes give equal numbers. Safe for concurrent use.</summary>
    /// <param name="picture">An encoded picture: PNG, JPEG or WebP.</param>
    /// <exception cref="InvalidDataException">The bytes are no picture.</exception>
    float[] Extract(ReadOnlyMemory<byte> picture);
}
