using System.Globalization;
using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;
using Personalization.Imaging;

namespace Personalization.Backends.AiHorde;

/// <summary>Writes requests in the form of the Horde's interface.</summary>
internal static class HordeRequest
{
    /// <summary>Widths and heights are multiples of this, in pixels.</summary>
    public const int Step = 64;

    private const int MaxSide = 3072;

    /// <summary>The body of a request.</summary>
    /// <param name="settings">How its model is asked for.</param>
    public static JsonObject Body(AiHordeOptions options, HordeSettings settings, BackendCapabilities capabilities, ImageRequest request, PaintingSources sources)
    {
        var positive = PromptWriter.Positive(request, AiHordePromptSyntax.Instance, capabilities);
        var negative = capabilities.Negative ? PromptWriter.Negative(request, AiHordePromptSyntax.Instance) : "";
        var (width, height) = SizeFor(request);
        var parameters = new JsonObject
        {
            // Seeds are text in this interface; the server gives picture i the seed + i.
            ["seed"] = request.Seed.ToString(CultureInfo.InvariantCulture),
            ["seed_variation"] = 1,
            ["width"] = width,
            ["height"] = height,
            ["n"] = request.Count,
            ["steps"] = settings.StepsOf(request),
            ["cfg_scale"] = settings.Guidance,
            ["sampler_name"] = settings.Sampler,
            ["karras"] = settings.IsKarras,
        };
        if (settings.ClipSkip is { } skip)
        {
            parameters["clip_skip"] = skip;
        }

        var body = new JsonObject
        {
            ["prompt"] = negative.Length == 0 ? positive : $"{positive} ### {negative}",
            ["params"] = parameters,
            ["nsfw"] = options.Nsfw,
            ["censor_nsfw"] = !options.Nsfw,
            ["trusted_workers"] = options.TrustedWorkers,
            ["r2"] = true,
            ["shared"] = options.Shared,
        };
        if (request.Model.Length > 0)
        {
            body["models"] = new JsonArray(request.Model);
        }

        if (!sources.Original.IsEmpty)
        {
            body["source_image"] = Convert.ToBase64String(PictureSanitizer.ToWebP(sources.Original));
            body["source_processing"] = "img2img";
            parameters["denoising_strength"] = options.VariationStrength;
        }

        return body;
    }

    /// <summary>The size to request: scaled down to the maximum side, rounded up to whole steps. The result is cropped to the requested ratio.</summary>
    private static (int Width, int Height) SizeFor(ImageRequest request)
    {
        var scale = Math.Min(1, MaxSide / (double)Math.Max(request.Width, request.Height));
        int RoundUp(int side) => (int)Math.Ceiling(side * scale / Step) * Step;
        return (RoundUp(request.Width), RoundUp(request.Height));
    }
}
