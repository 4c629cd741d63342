using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;
using Personalization.Playground;

namespace Personalization.EndToEnd;

/// <summary>Discord's own description of its REST interface, for holding requests against it.</summary>
internal sealed partial class OpenApiContract
{
    private readonly JsonObject _document;
    private readonly Dictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);

    private OpenApiContract(JsonObject document)
    {
        _document = document;
        ReplaceConstants(document);
    }

    private static readonly Lazy<OpenApiContract?> Shared = new(Load);

    /// <summary>The document that the environment variable DISCORD_OPENAPI names; null where it names none.</summary>
    public static OpenApiContract? Instance => Shared.Value;

    private static OpenApiContract? Load() =>
        Environment.GetEnvironmentVariable("DISCORD_OPENAPI") is { Length: > 0 } path
            ? new(JsonNode.Parse(File.ReadAllBytes(path))!.AsObject())
            : null;

    /// <summary>What is wrong with a request; empty when nothing is.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(RecordedRequest request)
    {
        var operation = _document["paths"]!.AsObject()
            .Where(path => Pattern(path.Key).IsMatch(request.Path))
            // A literal path fits better than one with a parameter: @original before {message_id}.
            .OrderBy(path => path.Key.Count(character => character == '{'))
            .Select(path => path.Value![request.Method.ToLowerInvariant()])
            .FirstOrDefault(operation => operation is not null);
        if (operation is null)
        {
            return [$"{request.Method} {request.Path} is no route of Discord's."];
        }

        if (operation["requestBody"]?["content"]?["application/json"]?["schema"] is not JsonObject body)
        {
            return [];
        }

        var schema = await SchemaAsync(body);
        return [.. schema.Validate(request.Json.ToJsonString()).Select(error => $"{request.Method} {request.Path}: {error}")];
    }

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

    private async Task<JsonSchema> SchemaAsync(JsonObject body)
    {
        var key = body.ToJsonString();
        if (!_schemas.TryGetValue(key, out var schema))
        {
            // A schema of its own keeps what it refers to under its definitions.
            var whole = body.DeepClone().AsObject();
            whole["definitions"] = _document["components"]!["schemas"]!.DeepClone();
            _schemas[key] = schema = await JsonSchema.FromJsonAsync(whole.ToJsonString().Replace("#/components/schemas/", "#/definitions/"));
        }

        return schema;
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
