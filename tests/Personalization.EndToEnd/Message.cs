using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Personalization.EndToEnd;

/// <summary>A message as a person sees it.</summary>
internal sealed partial class Message(JsonObject json)
{
    public JsonObject Json => json;

    public string Id => json["id"]!.ToString();

    public string? EditedAt => json["edited_timestamp"]?.ToString();

    public bool IsEphemeral => (json["flags"]!.GetValue<int>() & 64) != 0;

    public string Text => string.Join('\n', Components(json["components"]!).Where(component => component["type"]!.GetValue<int>() == 10).Select(component => component["content"]!.ToString()));

    /// <summary>The addresses of its pictures, in order.</summary>
    public IReadOnlyList<string> Files => [.. json["attachments"]!.AsArray().Select(file => file!["url"]!.ToString())];

    public IReadOnlyList<string> Buttons => [.. Components(json["components"]!).Where(component => component["custom_id"] is not null).Select(component => component["label"]!.ToString())];

    /// <summary>The code that the prompt was resolved to.</summary>
    public string Code => CodePattern().Match(Text).Groups["code"].Value;

    public string Button(string label) =>
        Components(json["components"]!).FirstOrDefault(component => component["label"]?.ToString() == label)?["custom_id"]?.ToString()
        ?? throw new InvalidOperationException($"There is no button {label}, but {string.Join(", ", Buttons)}: {Text}");

    private static IEnumerable<JsonObject> Components(JsonNode components)
    {
        foreach (var component in components.AsArray().OfType<JsonObject>())
        {
            yield return component;
            foreach (var child in Components(component["components"] ?? new JsonArray()))
            {
                yield return child;
            }
        }
    }

    [GeneratedRegex("--p (?<code>[2-9a-z]{8})", RegexOptions.NonBacktracking)]
    private static partial Regex CodePattern();
}
