using System.Globalization;
using Personalization.Imagine;
using Personalization.Prompts;

namespace Personalization.Backends.OpenAiImages;

/// <summary>What models behind OpenAI's image interface accept, derived from their names.</summary>
internal static class OpenAiModels
{
    /// <summary>Widths and heights are multiples of this, in pixels.</summary>
    public const int SizeStep = 16;

    /// <summary>The maximum of the longer side divided by the shorter one, for GPT models that accept any size.</summary>
    private const int MaxRatio = 3;

    private const string DefaultModel = "gpt-image-1";

    private static readonly (int Width, int Height)[] GptImage1Sizes = [(1024, 1024), (1536, 1024), (1024, 1536)];
    private static readonly (int Width, int Height)[] DallE3Sizes = [(1024, 1024), (1792, 1024), (1024, 1792)];
    private static readonly (int Width, int Height)[] DallE2Sizes = [(1024, 1024)];

    /// <summary>The model to ask for: the given one, or <c>gpt-image-1</c> if it is empty.</summary>
    public static string NameOf(string model) => model.Length == 0 ? DefaultModel : model;

    /// <summary>Whether it is one of OpenAI's GPT models: they accept references, variations and streaming.</summary>
    public static bool IsGpt(string model) =>
        NameOf(model).StartsWith("gpt-image", StringComparison.OrdinalIgnoreCase) || NameOf(model).StartsWith("chatgpt-image", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is DALL-E 3, which paints one picture per call.</summary>
    public static bool IsDallE3(string model) => string.Equals(model, "dall-e-3", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it accepts any size rather than one from a list: GPT models from <c>gpt-image-2</c> on, and models of other servers.</summary>
    public static bool AcceptsAnySize(string model) =>
        !NameOf(model).StartsWith("dall-e", StringComparison.OrdinalIgnoreCase)
        && (!IsGpt(model) || NameOf(model).StartsWith("gpt-image-2", StringComparison.OrdinalIgnoreCase));

    /// <summary>The side of a square picture if the operator has not set one, in pixels: 512 for models of other servers, 1024 for OpenAI's.</summary>
    public static int DefaultSideOf(string model) => AcceptsAnySize(model) && !IsGpt(model) ? 512 : 1024;

    /// <summary>How many characters of a prompt OpenAI's models take, by its API reference; null for other models.</summary>
    public static int? MaxPromptOf(string model) =>
        IsGpt(model) ? 32_000 : IsDallE3(model) ? 4000 : string.Equals(model, "dall-e-2", StringComparison.OrdinalIgnoreCase) ? 1000 : null;

    /// <summary>The size to ask for, such as <c>1536x1024</c>: of those that the model accepts, the one with the nearest ratio.</summary>
    public static string SizeFor(string model, int width, int height)
    {
        var ratio = Math.Log((double)width / height);
        var nearest = SizesOf(model, width, height).MinBy(size => Math.Abs(Math.Log((double)size.Width / size.Height) - ratio));
        return string.Create(CultureInfo.InvariantCulture, $"{nearest.Width}x{nearest.Height}");
    }

    private static (int Width, int Height)[] SizesOf(string model, int width, int height) =>
        AcceptsAnySize(model) ? [IsGpt(model) ? LimitRatio(width, height) : (width, height)]
        : IsDallE3(model) ? DallE3Sizes
        : IsGpt(model) ? GptImage1Sizes
        : DallE2Sizes;

    /// <summary>The size itself, or the nearest one of the same area with a ratio of at most <see cref="MaxRatio"/>.</summary>
    private static (int Width, int Height) LimitRatio(int width, int height)
    {
        if (Math.Max(width, height) <= MaxRatio * Math.Min(width, height)
            || !AspectRatio.TryCreate(width > height ? MaxRatio : 1, width > height ? 1 : MaxRatio, out var ratio))
        {
            return (width, height);
        }

        var size = PictureSize.For(ratio, width * height, SizeStep);
        return (size.Width, size.Height);
    }
}
