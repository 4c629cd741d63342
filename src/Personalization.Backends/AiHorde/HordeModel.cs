using System.Text.Json.Nodes;
using Personalization.Backends.Http;

namespace Personalization.Backends.AiHorde;

/// <summary>A model of the Horde's list, and what it requires; null and empty for what it does not.</summary>
/// <param name="Baseline">The Horde's own name of the architecture, such as <c>stable_diffusion_xl</c>; empty where it is not known.</param>
/// <param name="ClipSkip">At which of the text encoder's layers to stop, from 1, the last.</param>
/// <param name="Guidance">The one scale that it takes.</param>
internal sealed record HordeModel(
    string Baseline,
    int? ClipSkip,
    int? MinSteps,
    int? MaxSteps,
    double? Guidance,
    double? MinGuidance,
    double? MaxGuidance,
    IReadOnlyList<string> Samplers,
    IReadOnlyList<string> Schedulers)
{
    // The marks in the names of custom models, by which the Horde tells their baselines (AI-Horde, horde/model_reference.py).
    private static readonly (string Mark, string Baseline)[] Marks =
    [
        ("[SDXL]", "stable_diffusion_xl"), ("[Flux]", "flux_1"), ("[Qwen]", "qwen_image"), ("[ZModel]", "z_image_turbo"), ("[ZImage]", "z_image_turbo"),
    ];

    /// <summary>The family of the baseline; null where the baseline tells none.</summary>
    public ModelFamily? Family => Baseline switch
    {
        "stable diffusion 1" or "stable diffusion 2" or "stable diffusion 2 512" => ModelFamily.StableDiffusion15,

        // Of the same size and guidance, and read by a CLIP encoder too.
        "stable_diffusion_xl" or "stable_cascade" => ModelFamily.StableDiffusionXl,
        "flux_1" => ModelFamily.Flux,
        "qwen_image" => ModelFamily.QwenImage,
        "z_image_turbo" => ModelFamily.ZImage,
        _ => null,
    };

    /// <summary>Reads an entry of the list.</summary>
    public static HordeModel In(JsonObject entry)
    {
        var requires = entry["requirements"] as JsonObject;
        return new(
            entry["baseline"]?.ToString() ?? "",
            (int?)requires?["clip_skip"].Number(),
            (int?)requires?["min_steps"].Number(),
            (int?)requires?["max_steps"].Number(),
            requires?["cfg_scale"].Number(),
            requires?["min_cfg_scale"].Number(),
            requires?["max_cfg_scale"].Number(),
            Texts(requires?["samplers"]),
            Texts(requires?["schedulers"]));
    }

    /// <summary>What a name tells of a model that is not in the list. All that are named after Pony Diffusion skip a layer.</summary>
    public static HordeModel Unlisted(string name) => new(
        Marks.FirstOrDefault(one => name.Contains(one.Mark, StringComparison.Ordinal)).Baseline ?? "",
        name.Contains("pony", StringComparison.OrdinalIgnoreCase) ? 2 : null,
        null,
        null,
        null,
        null,
        null,
        [],
        []);

    private static string[] Texts(JsonNode? node) => node is JsonArray texts ? [.. texts.OfType<JsonValue>().Select(text => text.ToString())] : [];
}
