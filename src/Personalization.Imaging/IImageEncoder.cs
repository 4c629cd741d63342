using SkiaSharp;

namespace Personalization.Imaging;

/// <summary>Turns a picture into a vector that says what it shows and how. Safe for concurrent use.</summary>
internal interface IImageEncoder : IDisposable
{
    /// <summary>The model and how pictures are shown to it: what makes vectors comparable.</summary>
    string Version { get; }

    /// <summary>Numbers in a vector.</summary>
    int Length { get; }

    /// <summary>The picture's vector, each number finite.</summary>
    float[] Encode(SKBitmap picture);
}
