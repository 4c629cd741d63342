using System.Text.Json;
using System.Text.Json.Nodes;

namespace Personalization.Testing.StandIns;

/// <summary>The classes of nodes that the stand-in of ComfyUI has, and how it validates a graph of them.</summary>
/// <param name="filesOf">The files of a kind: <c>checkpoint</c>, <c>unet</c>, <c>encoder</c> or <c>vae</c>.</param>
/// <param name="hasImage">Whether there is a picture that a node names.</param>
internal sealed class ComfyUiNodes(Func<string, IReadOnlyList<string>> filesOf, Func<string, bool> hasImage)
{
    /// <summary>For each class: its required inputs, and the kind of value each must have.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Nodes = new(StringComparer.Ordinal)
    {
        ["CheckpointLoaderSimple"] = new() { ["ckpt_name"] = "checkpoint" },
        ["CLIPTextEncode"] = new() { ["text"] = "text", ["clip"] = "link" },
        ["EmptyLatentImage"] = new() { ["width"] = "side", ["height"] = "side", ["batch_size"] = "number" },
        ["EmptySD3LatentImage"] = new() { ["width"] = "side", ["height"] = "side", ["batch_size"] = "number" },
        ["KSampler"] = new() { ["seed"] = "number", ["steps"] = "number", ["cfg"] = "number", ["sampler_name"] = "sampler", ["scheduler"] = "text", ["denoise"] = "number", ["model"] = "link", ["positive"] = "link", ["negative"] = "link", ["latent_image"] = "link" },
        ["VAEDecode"] = new() { ["samples"] = "link", ["vae"] = "link" },
        ["VAEEncode"] = new() { ["pixels"] = "link", ["vae"] = "link" },
        ["LoadImage"] = new() { ["image"] = "image" },
        ["SaveImage"] = new() { ["images"] = "link", ["filename_prefix"] = "text" },
        ["PreviewImage"] = new() { ["images"] = "link" },
        ["UNETLoader"] = new() { ["unet_name"] = "unet", ["weight_dtype"] = "text" },
        ["CLIPLoader"] = new() { ["clip_name"] = "encoder", ["type"] = "text" },
        ["DualCLIPLoader"] = new() { ["clip_name1"] = "encoder", ["clip_name2"] = "encoder", ["type"] = "text" },
        ["TripleCLIPLoader"] = new() { ["clip_name1"] = "encoder", ["clip_name2"] = "encoder", ["clip_name3"] = "encoder" },
        ["VAELoader"] = new() { ["vae_name"] = "vae" },
        ["TextEncodeQwenImage21"] = new() { ["clip"] = "link", ["prompt"] = "text", ["negative_prompt"] = "text", ["resolution"] = "number" },
        ["EmptyFlux2LatentImage"] = new() { ["width"] = "side", ["height"] = "side", ["batch_size"] = "number" },
        ["ModelSamplingAuraFlow"] = new() { ["model"] = "link", ["shift"] = "number" },
        ["FluxGuidance"] = new() { ["conditioning"] = "link", ["guidance"] = "number" },
        ["BasicGuider"] = new() { ["model"] = "link", ["conditioning"] = "link" },
        ["RandomNoise"] = new() { ["noise_seed"] = "number" },
        ["KSamplerSelect"] = new() { ["sampler_name"] = "sampler" },
        ["BasicScheduler"] = new() { ["model"] = "link", ["scheduler"] = "text", ["steps"] = "number", ["denoise"] = "number" },
        ["SamplerCustomAdvanced"] = new() { ["noise"] = "link", ["guider"] = "link", ["sampler"] = "link", ["sigmas"] = "link", ["latent_image"] = "link" },
        ["StyleModelLoader"] = new() { ["style_model_name"] = "text" },
        ["CLIPVisionLoader"] = new() { ["clip_name"] = "text" },
        ["CLIPVisionEncode"] = new() { ["clip_vision"] = "link", ["image"] = "link", ["crop"] = "text" },
        ["StyleModelApply"] = new() { ["conditioning"] = "link", ["style_model"] = "link", ["clip_vision_output"] = "link", ["strength"] = "number", ["strength_type"] = "text" },
        ["IPAdapterUnifiedLoader"] = new() { ["model"] = "link", ["preset"] = "text" },
        ["IPAdapterAdvanced"] = new() { ["model"] = "link", ["ipadapter"] = "link", ["image"] = "link", ["weight"] = "number", ["weight_type"] = "text", ["combine_embeds"] = "text", ["start_at"] = "number", ["end_at"] = "number", ["embeds_scaling"] = "text" },
    };

    // As many as the real one has: of more than 20, its refusal lists none.
    private static readonly string[] Samplers =
    [
        "euler", "euler_cfg_pp", "euler_ancestral", "heun", "dpm_2", "dpm_2_ancestral", "lms", "dpm_fast", "dpm_adaptive", "dpmpp_2s_ancestral", "dpmpp_sde",
        "dpmpp_2m", "dpmpp_2m_sde", "dpmpp_3m_sde", "ddpm", "lcm", "ipndm", "deis", "res_multistep", "er_sde", "ddim", "uni_pc",
    ];

    /// <summary>For each class: the types of its outputs.</summary>
    private static readonly Dictionary<string, string[]> Outputs = new(StringComparer.Ordinal)
    {
        ["CheckpointLoaderSimple"] = ["MODEL", "CLIP", "VAE"],
        ["UNETLoader"] = ["MODEL"],
        ["CLIPLoader"] = ["CLIP"],
        ["DualCLIPLoader"] = ["CLIP"],
        ["TripleCLIPLoader"] = ["CLIP"],
        ["VAELoader"] = ["VAE"],
        ["CLIPTextEncode"] = ["CONDITIONING"],
        ["TextEncodeQwenImage21"] = ["CONDITIONING", "CONDITIONING", "LATENT"],
        ["FluxGuidance"] = ["CONDITIONING"],
        ["StyleModelApply"] = ["CONDITIONING"],
        ["ModelSamplingAuraFlow"] = ["MODEL"],
        ["EmptyLatentImage"] = ["LATENT"],
        ["EmptySD3LatentImage"] = ["LATENT"],
        ["EmptyFlux2LatentImage"] = ["LATENT"],
        ["VAEEncode"] = ["LATENT"],
        ["KSampler"] = ["LATENT"],
        ["BasicGuider"] = ["GUIDER"],
        ["RandomNoise"] = ["NOISE"],
        ["KSamplerSelect"] = ["SAMPLER"],
        ["BasicScheduler"] = ["SIGMAS"],
        ["SamplerCustomAdvanced"] = ["LATENT", "LATENT"],
        ["VAEDecode"] = ["IMAGE"],
        ["LoadImage"] = ["IMAGE", "MASK"],
        ["StyleModelLoader"] = ["STYLE_MODEL"],
        ["CLIPVisionLoader"] = ["CLIP_VISION"],
        ["CLIPVisionEncode"] = ["CLIP_VISION_OUTPUT"],
        ["IPAdapterUnifiedLoader"] = ["MODEL", "IPADAPTER"],
        ["IPAdapterAdvanced"] = ["MODEL"],
    };

    /// <summary>The types of inputs whose names do not say them: <c>clip_vision</c> takes CLIP_VISION.</summary>
    private static readonly Dictionary<string, string> InputTypes = new(StringComparer.Ordinal)
    {
        ["positive"] = "CONDITIONING",
        ["negative"] = "CONDITIONING",
        ["latent_image"] = "LATENT",
        ["samples"] = "LATENT",
        ["pixels"] = "IMAGE",
        ["images"] = "IMAGE",
    };

    public static bool Has(string type) => Nodes.ContainsKey(type);

    /// <summary>The kind of value that an input of a class takes; null for one that it does not declare.</summary>
    public static string? KindOf(string type, string input) => Nodes[type].GetValueOrDefault(input);

    /// <summary>Whether a node writes pictures.</summary>
    public static bool IsOutput(JsonNode? node) => (string?)node?["class_type"] is "SaveImage" or "PreviewImage";

    /// <summary>A node and all that lead to it.</summary>
    public static IEnumerable<string> Before(JsonObject graph, string node) =>
        (graph[node]?["inputs"] as JsonObject ?? [])
            .Select(input => input.Value is JsonArray { Count: 2 } link && link[0]!.GetValueKind() == JsonValueKind.String ? (string)link[0]! : "")
            .Where(graph.ContainsKey)
            .SelectMany(other => Before(graph, other))
            .Prepend(node);

    /// <summary>What is wrong with the inputs of a node; empty for nothing.</summary>
    public JsonArray ErrorsOf(JsonObject graph, string node)
    {
        var content = graph[node]!;
        return [.. Nodes[(string)content["class_type"]!].Select(input => Check(graph, input.Key, input.Value, content["inputs"]?[input.Key])).OfType<JsonNode>()];
    }

    /// <summary>A class as <c>/object_info</c> describes it; empty for one that it does not have.</summary>
    public JsonObject Describe(string type)
    {
        if (!Nodes.TryGetValue(type, out var inputs))
        {
            return [];
        }

        var required = new JsonObject(inputs.Select(input => KeyValuePair.Create<string, JsonNode?>(input.Key, input.Value switch
        {
            "checkpoint" => new JsonArray(List(filesOf(input.Value))),
            "unet" or "encoder" or "vae" => new JsonArray("COMBO", new JsonObject { ["options"] = List(filesOf(input.Value)) }),
            "sampler" => new JsonArray(List(Samplers), new JsonObject()),
            _ => new JsonArray("STRING"),
        })));
        return new JsonObject { [type] = new JsonObject { ["input"] = new JsonObject { ["required"] = required } } };
    }

    private JsonObject? Check(JsonObject graph, string input, string kind, JsonNode? value)
    {
        JsonObject Error(string type, string message, string details, JsonObject? extra = null) =>
            new() { ["type"] = type, ["message"] = message, ["details"] = details, ["extra_info"] = extra ?? new() { ["input_name"] = input } };

        if (value is null)
        {
            return Error("required_input_missing", "Required input is missing", input);
        }

        JsonObject? Mismatch(string type, int output)
        {
            var (received, expected) = (Outputs.GetValueOrDefault(type)?.ElementAtOrDefault(output) ?? "nothing", InputTypes.GetValueOrDefault(input) ?? input.ToUpperInvariant());
            return received == expected ? null : Error("return_type_mismatch", "Return type mismatch between linked nodes", $"{input}, received_type({received}) mismatch input_type({expected})");
        }

        var valueKind = value.GetValueKind();
        JsonObject? OneOf(IReadOnlyCollection<string> all) => valueKind == JsonValueKind.String && all.Contains((string?)value)
            ? null
            : Error(
                "value_not_in_list",
                "Value not in list",
                $"{input}: '{value}' not in {(all.Count > 20 ? $"(list of length {all.Count})" : $"[{string.Join(", ", all.Select(one => $"'{one}'"))}]")}",
                new() { ["input_name"] = input, ["input_config"] = all.Count > 20 ? null : new JsonArray(List(all), new JsonObject()), ["received_value"] = value.DeepClone() });
        return kind switch
        {
            "link" => value is JsonArray { Count: 2 } link && link[0]!.GetValueKind() == JsonValueKind.String && graph.ContainsKey((string)link[0]!) ? Mismatch((string?)graph[(string)link[0]!]!["class_type"] ?? "", (int)link[1]!) : Error("bad_linked_input", "Bad linked input, must be a length-2 list of [node_id, slot_index]", input),
            "text" => valueKind == JsonValueKind.String ? null : Error("invalid_input_type", "Failed to convert an input value to a STRING value", input),
            "number" => valueKind == JsonValueKind.Number ? null : Error("invalid_input_type", "Failed to convert an input value to a INT value", input),
            "side" => valueKind == JsonValueKind.Number && (int)value % 8 == 0 && (int)value >= 16 ? null : Error("value_smaller_than_min", "Value smaller than min", input),
            "checkpoint" or "unet" or "encoder" or "vae" => OneOf(filesOf(kind)),
            "sampler" => OneOf(Samplers),
            _ => valueKind == JsonValueKind.String && hasImage((string)value!) ? null : Error("custom_validation_failed", "Custom validation failed for node", $"{input} - Invalid image file: {value}"),
        };
    }

    private static JsonArray List(IEnumerable<string> names) => [.. names.Select(name => (JsonNode)name)];
}
