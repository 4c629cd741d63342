using System.Text.Json;
using System.Text.Json.Nodes;
using Place = (string Node, string Input);

namespace Personalization.Backends.ComfyUi;

/// <summary>
/// An operator's workflow in API format, and the places in it that receive the values of a request. It is edited as a JSON
/// tree, so that a prompt cannot break out of its place.
/// </summary>
internal sealed class ComfyUiWorkflow
{
    // KSamplerAdvanced is not one of them: where it begins and ends depends on how many it has.
    private static readonly string[] ClassesWithSteps = ["KSampler", "BasicScheduler", "Flux2Scheduler"];

    private readonly JsonObject _graph;
    private readonly Dictionary<string, IReadOnlyList<Place>> _places;

    private ComfyUiWorkflow(JsonObject graph, int samplers, Dictionary<string, IReadOnlyList<Place>> places) => (_graph, Samplers, _places) = (graph, samplers, places);

    /// <summary>How many samplers lead to its pictures.</summary>
    public int Samplers { get; }

    public bool Has(string role) => _places.ContainsKey(role);

    /// <summary>Whether its pictures are painted in the requested size.</summary>
    public bool HasSizes => Has("width") && Has("height");

    /// <summary>The model that it was made with; empty if it does not say.</summary>
    public string Model => Own("checkpoint") is { } model && model.GetValueKind() == JsonValueKind.String ? model.GetValue<string>() : "";

    /// <summary>The area in square pixels of the pictures that it was made for; null if it does not say.</summary>
    public int? Area => HasSizes && Own("width") is { } width && Own("height") is { } height && width.TryGetValue<int>(out var across) && height.TryGetValue<int>(out var down) ? across * down : null;

    /// <summary>Whether this input receives the prompt or the negative.</summary>
    public bool HasWordsAt(string node, string? input) =>
        _places.Any(place => place.Key.ToUpperInvariant() is "PROMPT" or "NEGATIVE" && place.Value.Any(one => one == (node, input)));

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

        if (roles.Keys.FirstOrDefault(role => !ComfyUiRoles.Names.Contains(role, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new InvalidDataException($"Roles:{unknown} is not a role; it must be one of {string.Join(", ", ComfyUiRoles.Names)}.");
        }

        var links = new ComfyUiLinks(graph);
        var finder = new ComfyUiRoles(links);
        var places = new Dictionary<string, IReadOnlyList<Place>>(StringComparer.OrdinalIgnoreCase);
        foreach (var role in ComfyUiRoles.Names)
        {
            // One place cannot hold two values: the first role has it.
            Place[] taken = [.. places.Values.SelectMany(place => place)];
            Place[] found = [.. roles.TryGetValue(role, out var configured) ? [PlaceOf(graph, links, role, configured)] : finder.Find(role, taken)];
            if (found.Except(taken).ToArray() is { Length: > 0 } free)
            {
                places[role] = free;
            }
        }

        foreach (var needed in places.ContainsKey("original") ? (string[])["prompt", "seed", "denoise"] : ["prompt", "seed"])
        {
            if (!places.ContainsKey(needed))
            {
                throw new InvalidDataException($"{file} has no place for the {needed}: give a node the title \"{needed}\" in ComfyUI, or set Roles:{needed} to node.input, such as 6.text.");
            }
        }

        return new(graph, links.Samplers.Count, places);
    }

    /// <summary>The graph with these values in their places. Roles without a place are ignored.</summary>
    /// <param name="maxSteps">The maximum of each sampler's steps; null for those of the workflow.</param>
    public JsonObject With(IReadOnlyDictionary<string, JsonNode?> values, int? maxSteps = null)
    {
        var graph = (JsonObject)_graph.DeepClone();
        foreach (var (role, value) in values)
        {
            foreach (var place in _places.GetValueOrDefault(role) ?? [])
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

    private JsonValue? Own(string role) => _places.GetValueOrDefault(role) is [var place, ..] ? _graph[place.Node]!["inputs"]![place.Input] as JsonValue : null;

    private static Place PlaceOf(JsonObject graph, ComfyUiLinks links, string role, string place)
    {
        var dot = place.LastIndexOf('.');
        var (node, input) = dot > 0 ? (place[..dot], place[(dot + 1)..]) : throw new InvalidDataException($"Roles:{role} is \"{place}\"; it must be node.input, such as 6.text.");
        var found = graph.ContainsKey(node) ? node : links.Nodes.FirstOrDefault(id => links.IsTitled(id, node));
        return found is not null && graph[found]!["inputs"]!.AsObject().ContainsKey(input)
            ? (found, input)
            : throw new InvalidDataException($"Roles:{role} is \"{place}\", which the workflow does not have; its nodes are {string.Join(", ", graph.Select(one => $"{one.Key} ({one.Value!["class_type"]})"))}.");
    }
}
