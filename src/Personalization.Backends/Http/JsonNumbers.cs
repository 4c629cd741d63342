using System.Text.Json.Nodes;

namespace Personalization.Backends.Http;

/// <summary>Numbers in answers whose form is not certain.</summary>
internal static class JsonNumbers
{
    /// <summary>The finite number; null where it is none.</summary>
    public static double? Number(this JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) && double.IsFinite(number) ? number : null;
}
