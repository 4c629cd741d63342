using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.StableDiffusionCpp;

/// <summary>The one model that sd-server was started with, as <c>/sdcpp/v1/capabilities</c> tells it.</summary>
/// <param name="Name">The name of its file, without the extension.</param>
/// <param name="Side">The side of a square with the area that the server was started with, in pixels; null for the server's own default, 512 x 512, which says nothing of the model.</param>
/// <param name="Guidance">The scale of classifier-free guidance that the server was started with; null where it is not told.</param>
internal sealed record SdServerModel(string Name, int? Side, double? Guidance)
{
    /// <summary>The server's own multiple, that it rounds sizes up to, in pixels.</summary>
    public const int SizeStep = 64;

    /// <summary>The server's own maximum of pictures in one call (MAX_BATCH_COUNT).</summary>
    public const int MaxBatch = 8;

    /// <summary>The only model that it lists in OpenAI's interface.</summary>
    public const string ListedName = "sd-cpp-local";

    private const int DefaultArea = 512 * 512;

    /// <summary>Reads the answer of the server; null where it names no model.</summary>
    public static SdServerModel? In(JsonNode? capabilities)
    {
        var defaults = (capabilities?["defaults_by_mode"] as JsonObject)?["img_gen"] as JsonObject;
        var area = defaults?["width"].Number() * defaults?["height"].Number();
        var guidance = ((defaults?["sample_params"] as JsonObject)?["guidance"] as JsonObject)?["txt_cfg"];
        return (capabilities?["model"] as JsonObject)?["stem"] is JsonValue stem && stem.TryGetValue<string>(out var name) && name.Length > 0
            ? new(name, area is > 0 and not DefaultArea ? (int)Math.Sqrt(area.Value) : null, guidance.Number())
            : null;
    }

    /// <summary>The area of its pictures, in square pixels: as set, as the server was started, or the family's.</summary>
    public static int AreaOf(SdServerModel? told, ModelOptions settings, string model)
    {
        var side = settings.Side ?? told?.Side ?? settings.DefaultsOf(NameOf(told, model)).Side;
        return side * side;
    }

    /// <summary>What the server can do with it, whichever of its interfaces is used.</summary>
    /// <param name="section">The server's section of the configuration, for the notice.</param>
    public static BackendCapabilities CapabilitiesOf(SdServerModel? told, ModelOptions settings, string model, string section)
    {
        var defaults = settings.DefaultsOf(NameOf(told, model));
        return new()
        {
            Weights = defaults.ReadsWeights,
            Negative = defaults.ReadsNegative(settings.Guidance ?? told?.Guidance),
            Seed = true,
            Batch = MaxBatch,
            Sizes = true,

            // Of a grid: each picture that is done.
            Progress = true,
            IsFree = true,
            Notice = told is not null && settings.Family is null && ModelFamilyNames.Of(NameOf(told, model)) is null
                ? $"the name of its model, \"{told.Name}\", tells no family, so {settings.Assumption(section, told.Name, AreaOf(told, settings, model), "the server's own steps and guidance where none are set")}"
                : "",
        };
    }

    /// <summary>The parameters of sampling that are set, and the maximum of steps; the server's own apply to the others.</summary>
    public static JsonObject Sampling(SdServerModel? told, ModelOptions settings, ImageRequest request)
    {
        var sampling = new JsonObject();
        if (settings.Steps is not null || request.MaxSteps is not null)
        {
            sampling["sample_steps"] = settings.StepsOf(request, int.MaxValue);
        }

        if (settings.Sampler is { } sampler)
        {
            sampling["sample_method"] = sampler;
        }

        if (settings.Scheduler is { } scheduler)
        {
            sampling["scheduler"] = scheduler;
        }

        if (settings.Guidance is { } guidance)
        {
            sampling["guidance"] = new JsonObject { [settings.DefaultsOf(NameOf(told, request.Model)).IsGuidanceEmbedded ? "distilled_guidance" : "txt_cfg"] = guidance };
        }

        return sampling;
    }

    /// <summary>The name that tells the family: the operator's where it tells one, otherwise the file's.</summary>
    private static string NameOf(SdServerModel? told, string model) => ModelFamilyNames.Of(model) is null ? told?.Name ?? model : model;
}
