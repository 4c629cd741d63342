using System.ComponentModel.DataAnnotations;

namespace Personalization.Imaging;

/// <summary>The configuration section <c>Vision</c>.</summary>
public sealed class VisionOptions
{
    /// <summary>Whether pictures are encoded: by the encoder at <see cref="EncoderPath"/>, or else by the one that the program brings.</summary>
    public bool Encoder { get; set; } = true;

    /// <summary>An image encoder in ONNX form, such as the visual half of CLIP, in place of the program's own; empty for that. Nothing is downloaded.</summary>
    public string EncoderPath { get; set; } = "";

    /// <summary>The side of the square picture that the encoder takes, in pixels; 16 to 1024.</summary>
    [Range(16, 1024, ErrorMessage = "It is the side of the encoder's square input in pixels.")]
    public int InputSize { get; set; } = 224;

    /// <summary>What is subtracted from red, green and blue (0 to 1) before they are divided by <see cref="StandardDeviation"/>. CLIP's by default.</summary>
    public double[] Mean { get; set; } = [];

    /// <summary>What red, green and blue are divided by; positive. CLIP's by default.</summary>
    public double[] StandardDeviation { get; set; } = [];
}
