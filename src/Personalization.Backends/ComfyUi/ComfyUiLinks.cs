using System.Text.Json;
using System.Text.Json.Nodes;
using Place = (string Node, string Input);

namespace Personalization.Backends.ComfyUi;

/// <summary>The nodes of a workflow in API format, and what is linked to what.</summary>
internal sealed class ComfyUiLinks
{
    private readonly JsonObject _graph;
    private readonly List<string> _samplers = [];

    public ComfyUiLinks(JsonObject graph)
    {
        _graph = graph;
        var linked = Nodes.SelectMany(id => From(id, _ => true)).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);

        // What is saved is what the server paints: previews only where nothing is.
        foreach (var end in Nodes.Where(id => !linked.Contains(id)).GroupBy(RankOf).OrderBy(ends => ends.Key).FirstOrDefault() ?? Enumerable.Empty<string>())
        {
            AddSamplers(end, seen);
        }
    }

    /// <summary>The ids of all nodes, in the order of the file.</summary>
    public IEnumerable<string> Nodes => _graph.Select(node => node.Key);

    /// <summary>The samplers that lead to a picture; one that another continues comes before it.</summary>
    public IReadOnlyList<string> Samplers => _samplers;

    /// <summary>Whether the title of a node, which a person gave it, is this one.</summary>
    public bool IsTitled(string id, string title) => string.Equals((string?)_graph[id]!["_meta"]?["title"], title, StringComparison.OrdinalIgnoreCase);

    public string ClassOf(string id) => (string?)_graph[id]?["class_type"] ?? "";

    public JsonObject InputsOf(string id) => _graph[id]?["inputs"] as JsonObject ?? [];

    /// <summary>The ids of the nodes that the selected inputs of a node are linked to.</summary>
    public IEnumerable<string> From(string id, Func<string, bool> isSelected) =>
        InputsOf(id).Where(input => isSelected(input.Key)).Select(input => TargetOf(input.Value)).OfType<string>().Where(_graph.ContainsKey);

    /// <summary>Where the value of an input stands: in itself, or in the node that it is linked to, if that has only one.</summary>
    /// <param name="kind">What the value must be.</param>
    public Place? Value(string id, string input, JsonValueKind kind)
    {
        for (var hops = 0; hops < _graph.Count; hops++)
        {
            if (InputsOf(id)[input] is JsonValue value)
            {
                return value.GetValueKind() == kind ? (id, input) : null;
            }

            if (TargetOf(InputsOf(id)[input]) is not { } next || OnlyInputOf(next) is not { } only)
            {
                return null;
            }

            (id, input) = (next, only);
        }

        return null;
    }

    /// <summary>Follows the inputs of one name to the first node with a value of its own.</summary>
    public Place? Above(IEnumerable<string> starts, string through, string input)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var ids = starts.ToArray(); ids.Length > 0; ids = [.. ids.Where(seen.Add).SelectMany(id => From(id, name => name == through))])
        {
            if (ids.FirstOrDefault(id => InputsOf(id)[input] is JsonValue) is { } found)
            {
                return (found, input);
            }
        }

        return null;
    }

    private static string? TargetOf(JsonNode? value) => value is JsonArray { Count: 2 } link ? link[0]?.ToString() : null;

    /// <summary>The input through which a node passes on a value: its only one, or its only plain one.</summary>
    private string? OnlyInputOf(string id)
    {
        var inputs = InputsOf(id);
        var plain = inputs.Where(input => input.Value is JsonValue).Select(input => input.Key).ToArray();
        return plain.Length == 1 ? plain[0] : inputs.Count == 1 ? inputs.First().Key : null;
    }

    private int RankOf(string end) =>
        ClassOf(end).Contains("save", StringComparison.OrdinalIgnoreCase) ? 0 : ClassOf(end).Contains("preview", StringComparison.OrdinalIgnoreCase) ? 1 : 2;

    private void AddSamplers(string id, HashSet<string> seen)
    {
        if (!seen.Add(id))
        {
            return;
        }

        foreach (var next in From(id, _ => true))
        {
            AddSamplers(next, seen);
        }

        if (From(id, input => input == "latent_image").Any())
        {
            _samplers.Add(id);
        }
    }
}
