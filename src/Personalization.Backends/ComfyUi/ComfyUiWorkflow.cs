using System.Text.Json;
using System.Text.Json.Nodes;

namespace Personalization.Backends.ComfyUi;

/// <summary>
/// An operator's own workflow in API format, and where in it what is asked for goes. It is a tree, and edited as one: a
/// prompt can never break out of its place.
/// </summary>
internal sealed class ComfyUiWorkflow
{
    /// <summary>By role: titles under which a node is looked for, then classes with the input that is set.</summary>
    private static readonly Dictionary<string, (string[] Titles, (string Class, string Input)[] Classes)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["prompt"] = (["prompt", "positive", "positive prompt"], [("CLIPTextEncode", "text"), ("CLIPTextEncodeFlux", "t5xxl")]),
        ["negative"] = (["negative", "negative prompt"], []),
        ["seed"] = (["seed"], [("KSampler", "seed"), ("KSamplerAdvanced", "noise_seed"), ("RandomNoise", "noise_seed")]),
        ["width"] = (["width"], [("EmptyLatentImage", "width"), ("EmptySD3LatentImage", "width")]),
        ["height"] = (["height"], [("EmptyLatentImage", "height"), ("EmptySD3LatentImage", "height")]),
        ["batch"] = (["batch"], [("EmptyLatentImage", "batch_size"), ("EmptySD3LatentImage", "batch_size")]),
        ["checkpoint"] = (["checkpoint"], [("CheckpointLoaderSimple", "ckpt_name"), ("UNETLoader", "unet_name")]),
        ["original"] = (["original"], [("LoadImage", "image")]),
        ["denoise"] = (["denoise"], [("KSampler", "denoise"), ("BasicScheduler", "denoise")]),
        ["reference"] = (["reference"], [("LoadImage", "image")]),
        ["referenceWeight"] = (["reference weight"], [("IPAdapter", "weight"), ("IPAdapterAdvanced", "weight"), ("StyleModelApply", "strength")]),
    };

    private readonly JsonObject _graph;
    private readonly Dictionary<string, (string Node, string Input)> _places;

    private ComfyUiWorkflow(JsonObject graph, Dictionary<string, (string Node, string Input)> places) => (_graph, _places) = (graph, places);

    public bool Has(string role) => _places.ContainsKey(role);

    /// <summary>Whether the prompt or the negative stands there.</summary>
    public bool HasWordsAt(string node, string? input) =>
        _places.Any(place => place.Key.ToUpperInvariant() is "PROMPT" or "NEGATIVE" && place.Value == (node, input));

    /// <summary>Reads a workflow and finds its roles.</summary>
    /// <param name="roles">What the operator says of them.</param>
    /// <exception cref="InvalidDataException">It is no workflow in API format, or lacks a place for the prompt or the seed, or has one for an original and none for how far to go from it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ComfyUiWorkflow Read(string file, IReadOnlyDictionary<string, string> roles)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(File.ReadAllBytes(file));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file} is not JSON: {exception.Message}", exception);
        }

        if (root is not JsonObject { Count: > 0 } graph || graph.Any(node => node.Value is not JsonObject content || content["class_type"] is null || content["inputs"] is not JsonObject))
        {
            throw new InvalidDataException($"{file} is no workflow in API format: every node needs class_type and inputs. In ComfyUI, choose Workflow, Export (API).");
        }

        if (roles.Keys.FirstOrDefault(role => !Known.ContainsKey(role)) is { } unknown)
        {
            throw new InvalidDataException($"Roles:{unknown} is none; there are {string.Join(", ", Known.Keys)}.");
        }

        var places = new Dictionary<string, (string Node, string Input)>(StringComparer.OrdinalIgnoreCase);
        foreach (var role in Known.Keys)
        {
            if ((roles.TryGetValue(role, out var said) ? Said(graph, role, said) : Find(graph, role, places.Values)) is { } place)
            {
                places[role] = place;
            }
        }

        // Without guidance, samplers are given the prompt for both: an empty negative would displace it.
        if (places.TryGetValue("prompt", out var prompt) && places.TryGetValue("negative", out var negative) && prompt == negative)
        {
            places.Remove("negative");
        }

        foreach (var needed in places.ContainsKey("original") ? (string[])["prompt", "seed", "denoise"] : ["prompt", "seed"])
        {
            if (!places.ContainsKey(needed))
            {
                throw new InvalidDataException($"{file} has no place for the {needed}: give a node the title \"{needed}\" in ComfyUI, or set Roles:{needed} to node.input, such as 6.text.");
            }
        }

        return new(graph, places);
    }

    /// <summary>The graph with these values in their places; a role it has no place for is left out.</summary>
    public JsonObject With(IReadOnlyDictionary<string, JsonNode?> values)
    {
        var graph = (JsonObject)_graph.DeepClone();
        foreach (var (role, value) in values)
        {
            if (_places.TryGetValue(role, out var place))
            {
                graph[place.Node]!["inputs"]![place.Input] = value?.DeepClone();
            }
        }

        return graph;
    }

    private static (string Node, string Input) Said(JsonObject graph, string role, string said)
    {
        var dot = said.LastIndexOf('.');
        var (node, input) = dot > 0 ? (said[..dot], said[(dot + 1)..]) : throw new InvalidDataException($"Roles:{role} is \"{said}\"; it is node.input, such as 6.text.");
        var found = graph.ContainsKey(node) ? node : graph.FirstOrDefault(one => IsTitled(one.Value!, node)).Key;
        return found is not null && graph[found]!["inputs"]!.AsObject().ContainsKey(input)
            ? (found, input)
            : throw new InvalidDataException($"Roles:{role} is \"{said}\", which the workflow has not: its nodes are {string.Join(", ", graph.Select(one => $"{one.Key} ({one.Value!["class_type"]})"))}.");
    }

    /// <param name="taken">The places of other roles.</param>
    private static (string Node, string Input)? Find(JsonObject graph, string role, IReadOnlyCollection<(string Node, string Input)> taken)
    {
        var (titles, classes) = Known[role];
        foreach (var (id, node) in graph)
        {
            if (titles.Any(title => IsTitled(node!, title)) && InputOf(node!, role, classes) is { } input)
            {
                return (id, input);
            }
        }

        // The sampler knows which text is which.
        if (role is "prompt" or "negative")
        {
            var input = role == "prompt" ? "positive" : "negative";
            foreach (var (_, node) in graph)
            {
                if (node!["inputs"]![input] is JsonArray { Count: 2 } link && (string?)link[0] is { } id && graph[id] is { } text && TextOf(text) is { } field)
                {
                    return (id, field);
                }
            }
        }

        // A picture is an original only where that is said: most are something else.
        foreach (var (type, input) in role == "original" ? [] : classes)
        {
            if (graph.FirstOrDefault(node => (string?)node.Value!["class_type"] == type && node.Value["inputs"]!.AsObject().ContainsKey(input) && !taken.Contains((node.Key, input))).Key is { } id)
            {
                return (id, input);
            }
        }

        return null;
    }

    /// <summary>The input of a titled node: that of its class, or the only one of its kind.</summary>
    private static string? InputOf(JsonNode node, string role, (string Class, string Input)[] classes) =>
        role is "prompt" or "negative"
            ? TextOf(node)
            : classes.Where(one => node["inputs"]!.AsObject().ContainsKey(one.Input)).Select(one => one.Input).Append(null).First()
                ?? node["inputs"]!.AsObject().FirstOrDefault(input => input.Value is JsonValue).Key;

    private static string? TextOf(JsonNode node) =>
        node["inputs"]!.AsObject().FirstOrDefault(input => input.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String).Key;

    private static bool IsTitled(JsonNode node, string title) => string.Equals((string?)node["_meta"]?["title"], title, StringComparison.OrdinalIgnoreCase);
}
