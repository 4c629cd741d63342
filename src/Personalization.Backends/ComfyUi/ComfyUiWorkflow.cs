using System.Text.Json;
using System.Text.Json.Nodes;

namespace Personalization.Backends.ComfyUi;

/// <summary>
/// An operator's workflow in API format, and the places in it that receive the values of a request. It is edited as a JSON
/// tree, so that a prompt cannot break out of its place.
/// </summary>
internal sealed class ComfyUiWorkflow
{
    /// <summary>For each role: the titles of its node, and the classes of nodes with the input that receives the value.</summary>
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

    // KSamplerAdvanced is not one of them: where it begins and ends depends on how many it has.
    private static readonly string[] ClassesWithSteps = ["KSampler", "BasicScheduler"];

    private readonly JsonObject _graph;
    private readonly Dictionary<string, (string Node, string Input)> _places;

    private ComfyUiWorkflow(JsonObject graph, Dictionary<string, (string Node, string Input)> places) => (_graph, _places) = (graph, places);

    public bool Has(string role) => _places.ContainsKey(role);

    /// <summary>Whether this input receives the prompt or the negative.</summary>
    public bool HasWordsAt(string node, string? input) =>
        _places.Any(place => place.Key.ToUpperInvariant() is "PROMPT" or "NEGATIVE" && place.Value == (node, input));

    /// <summary>Reads a workflow and finds its roles.</summary>
    /// <param name="roles">The places set by the operator, as <c>node.input</c>.</param>
    /// <exception cref="InvalidDataException">The file is not a workflow in API format, has no place for the prompt or the seed, or has a place for an original and none for the denoising strength.</exception>
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
            throw new InvalidDataException($"{file} is not a workflow in API format: every node needs class_type and inputs. In ComfyUI, choose Workflow, Export (API).");
        }

        if (roles.Keys.FirstOrDefault(role => !Known.ContainsKey(role)) is { } unknown)
        {
            throw new InvalidDataException($"Roles:{unknown} is not a role; it must be one of {string.Join(", ", Known.Keys)}.");
        }

        var places = new Dictionary<string, (string Node, string Input)>(StringComparer.OrdinalIgnoreCase);
        foreach (var role in Known.Keys)
        {
            if ((roles.TryGetValue(role, out var configured) ? PlaceOf(graph, role, configured) : Find(graph, role, places.Values)) is { } place)
            {
                places[role] = place;
            }
        }

        // Workflows without guidance use one node for both: an empty negative would overwrite the prompt.
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

    /// <summary>The graph with these values in their places. Roles without a place are ignored.</summary>
    /// <param name="maxSteps">The maximum of each sampler's steps; null for those of the workflow.</param>
    public JsonObject With(IReadOnlyDictionary<string, JsonNode?> values, int? maxSteps = null)
    {
        var graph = (JsonObject)_graph.DeepClone();
        foreach (var (role, value) in values)
        {
            if (_places.TryGetValue(role, out var place))
            {
                graph[place.Node]!["inputs"]![place.Input] = value?.DeepClone();
            }
        }

        if (maxSteps is { } most)
        {
            foreach (var inputs in graph.Where(node => ClassesWithSteps.Contains((string?)node.Value!["class_type"])).Select(node => node.Value!["inputs"]!))
            {
                // A link to another node stays: what it gives is unknown.
                if (inputs["steps"] is JsonValue steps && steps.TryGetValue<int>(out var own) && own > most)
                {
                    inputs["steps"] = most;
                }
            }
        }

        return graph;
    }

    private static (string Node, string Input) PlaceOf(JsonObject graph, string role, string place)
    {
        var dot = place.LastIndexOf('.');
        var (node, input) = dot > 0 ? (place[..dot], place[(dot + 1)..]) : throw new InvalidDataException($"Roles:{role} is \"{place}\"; it must be node.input, such as 6.text.");
        var found = graph.ContainsKey(node) ? node : graph.FirstOrDefault(one => IsTitled(one.Value!, node)).Key;
        return found is not null && graph[found]!["inputs"]!.AsObject().ContainsKey(input)
            ? (found, input)
            : throw new InvalidDataException($"Roles:{role} is \"{place}\", which the workflow does not have; its nodes are {string.Join(", ", graph.Select(one => $"{one.Key} ({one.Value!["class_type"]})"))}.");
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

        if (role is "prompt" or "negative")
        {
            return FindText(graph, role);
        }

        // A picture is the original only if a title or a role names it: most have another purpose.
        foreach (var (type, input) in role == "original" ? [] : classes)
        {
            if (graph.FirstOrDefault(node => (string?)node.Value!["class_type"] == type && node.Value["inputs"]!.AsObject().ContainsKey(input) && !taken.Contains((node.Key, input))).Key is { } id)
            {
                return (id, input);
            }
        }

        return null;
    }

    /// <summary>Finds a text through the inputs of the sampler. A workflow's only text is the prompt.</summary>
    /// <exception cref="InvalidDataException">Several texts qualify.</exception>
    private static (string Node, string Input)? FindText(JsonObject graph, string role)
    {
        var unwanted = TextsAbove(graph, "negative");
        var texts = role == "negative" ? unwanted : TextsAbove(graph, "positive");
        if (texts.Count == 0 && role == "prompt")
        {
            texts = [.. graph.Where(node => TextClassOf(node.Value!) is not null && TextOf(node.Value!) is not null).Select(node => (node.Key, TextOf(node.Value!)!)).Except(unwanted)];
        }

        return texts.Count <= 1 ? texts.Select(text => ((string, string)?)text).FirstOrDefault() : throw new InvalidDataException(
            $"The workflow has {texts.Count} texts that may be the {role}: {string.Join(", ", texts.Select(text => $"{text.Node}.{text.Input}"))}. Set Roles:{role} to one of them, or give its node the title \"{role}\" in ComfyUI.");
    }

    /// <summary>The texts that lead into inputs of this name, directly or through other nodes.</summary>
    private static List<(string Node, string Input)> TextsAbove(JsonObject graph, string side)
    {
        var texts = new List<(string Node, string Input)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>(graph.SelectMany(node => Links(node.Value!, input => input == side || (side == "positive" && IsOnlyText(node.Value!, input)))));
        while (next.TryPop(out var id))
        {
            if (!seen.Add(id) || graph[id] is not { } node)
            {
                continue;
            }

            var above = Links(node, input => input == side || input.StartsWith("conditioning", StringComparison.Ordinal)).ToArray();
            if (above.Length > 0)
            {
                Array.ForEach(above, next.Push);
            }
            else if (TextOf(node) is { } input)
            {
                texts.Add((id, input));
            }
        }

        return texts;
    }

    /// <summary>The input of a guider without a negative is not named positive, but holds the prompt.</summary>
    private static bool IsOnlyText(JsonNode node, string input) => (string?)node["class_type"] == "BasicGuider" && input == "conditioning";

    /// <summary>The ids of the nodes that are linked to the selected inputs of a node.</summary>
    private static IEnumerable<string> Links(JsonNode node, Func<string, bool> isSelected) =>
        node["inputs"]!.AsObject().Where(input => isSelected(input.Key)).Select(input => input.Value is JsonArray { Count: 2 } link ? link[0]?.ToString() : null).OfType<string>();

    /// <summary>The input of a node found by its title: that of a known class, or its first plain value.</summary>
    private static string? InputOf(JsonNode node, string role, (string Class, string Input)[] classes) =>
        role is "prompt" or "negative"
            ? TextOf(node)
            : classes.Where(one => node["inputs"]!.AsObject().ContainsKey(one.Input)).Select(one => one.Input).Append(null).First()
                ?? node["inputs"]!.AsObject().FirstOrDefault(input => input.Value is JsonValue).Key;

    private static string? TextOf(JsonNode node)
    {
        var texts = node["inputs"]!.AsObject().Where(input => input.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String).Select(input => input.Key).ToArray();
        return texts.FirstOrDefault(text => text == TextClassOf(node)) ?? texts.FirstOrDefault();
    }

    /// <summary>The input that holds the text in a node of a known class; null for other classes.</summary>
    private static string? TextClassOf(JsonNode node) =>
        Known["prompt"].Classes.Where(one => one.Class == (string?)node["class_type"]).Select(one => one.Input).FirstOrDefault();

    private static bool IsTitled(JsonNode node, string title) => string.Equals((string?)node["_meta"]?["title"], title, StringComparison.OrdinalIgnoreCase);
}
