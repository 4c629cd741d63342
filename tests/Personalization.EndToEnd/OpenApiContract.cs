using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;
using Personalization.Playground;

namespace Personalization.EndToEnd;

/// <summary>Discord's own description of its REST interface, for holding requests and answers against it.</summary>
internal sealed partial class OpenApiContract
{
    private static readonly Lazy<OpenApiContract?> Shared = new(Load);

    private readonly JsonObject _document;

    // A literal path fits better than one with a parameter: @original before {message_id}.
    private readonly (string Path, Regex Pattern)[] _routes;
    private readonly Lazy<Task<JsonSchema>> _schemas;

    private OpenApiContract(JsonObject document)
    {
        _document = document;
        ReplaceConstants(document);
        _routes = [.. document["paths"]!.AsObject().Select(path => path.Key).OrderBy(path => path.Count(character => character == '{')).Select(path => (path, Pattern(path)))];
        _schemas = new(SchemasAsync);
    }

    /// <summary>The document that the environment variable DISCORD_OPENAPI names; null where it names none.</summary>
    public static OpenApiContract? Instance => Shared.Value;

    private static OpenApiContract? Load() =>
        Environment.GetEnvironmentVariable("DISCORD_OPENAPI") is { Length: > 0 } path
            ? new(JsonNode.Parse(File.ReadAllBytes(path))!.AsObject())
            : null;

    /// <summary>What is wrong with a request; empty when nothing is.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(RecordedRequest request)
    {
        return Find(request.Method, request.Path) is { } route
            ? await ProblemsAsync(Name(request.Method, route), $"{request.Method} {request.Path}", request.Json.ToJsonString())
            : [$"{request.Method} {request.Path} is no route of Discord's."];
    }

    /// <summary>What is wrong with an answer; empty when nothing is.</summary>
    /// <param name="path">Relative to the API's address, without the query.</param>
    public async Task<IReadOnlyList<string>> ProblemsAsync(string method, string path, int status, string json)
    {
        var route = Find(method, path);
        return route is not null && _document["paths"]![route]![method.ToLowerInvariant()]!["responses"]![$"{status}"] is not null
            ? await ProblemsAsync(Name(method, route, status), $"{status} to {method} {path}", json)
            : [$"{method} {path} has no answer {status} of Discord's."];
    }

    private async Task<IReadOnlyList<string>> ProblemsAsync(string name, string what, string json)
    {
        var bodies = (await _schemas.Value).Definitions;
        return bodies.TryGetValue(name, out var body) ? [.. body.Validate(json).Select(error => $"{what}: {error}")] : [];
    }

    private string? Find(string method, string path) =>
        Array.Find(_routes, route => _document["paths"]![route.Path]![method.ToLowerInvariant()] is not null && route.Pattern.IsMatch(path)).Path;

    private static string Name(string method, string path, int? status = null) => $"{method.ToUpperInvariant()} {path} {status}";

    // The validator knows no "const"; an enumeration of one value says the same.
    private static void ReplaceConstants(JsonNode? node)
    {
        if (node is JsonObject schema && schema["const"] is JsonValue constant)
        {
            schema.Remove("const");
            schema["enum"] = new JsonArray(constant.DeepClone());
        }

        foreach (var child in node switch
        {
            JsonObject item => item.Select(property => property.Value),
            JsonArray array => array,
            _ => [],
        })
        {
            ReplaceConstants(child);
        }
    }

    private static Regex Pattern(string path) =>
        new("^" + Parameter().Replace(Regex.Escape(path).Replace(@"\{", "{"), "[^/]+") + "$", RegexOptions.NonBacktracking);

    // One schema with every body beside what bodies refer to: the document is large, and read once.
    private Task<JsonSchema> SchemasAsync()
    {
        var definitions = _document["components"]!["schemas"]!.DeepClone().AsObject();
        foreach (var (path, operations) in _document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                if (operation is not JsonObject)
                {
                    continue;
                }

                if (operation["requestBody"]?["content"]?["application/json"]?["schema"] is JsonObject body)
                {
                    definitions[Name(method, path)] = body.DeepClone();
                }

                foreach (var (status, response) in operation["responses"]!.AsObject())
                {
                    if (int.TryParse(status, out var number) && response!["content"]?["application/json"]?["schema"] is JsonObject answer)
                    {
                        definitions[Name(method, path, number)] = answer.DeepClone();
                    }
                }
            }
        }

        var whole = new JsonObject { ["definitions"] = definitions };
        return JsonSchema.FromJsonAsync(whole.ToJsonString().Replace("#/components/schemas/", "#/definitions/"));
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
