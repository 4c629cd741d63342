using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Personalization.DiscordClient;

/// <summary>How Discord writes JSON: snake case, absent rather than null, snowflakes as strings.</summary>
internal static class DiscordJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Whether the exception is what reading JSON of an undocumented shape throws; a lone surrogate in a string is an <see cref="InvalidOperationException"/>.</summary>
    public static bool IsMalformedJson(this Exception exception) =>
        exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException;

    /// <summary>A snowflake that may be absent or null.</summary>
    public static ulong? Snowflake(this JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String && ulong.TryParse(value.GetString(), out var id) ? id : null;

    /// <summary>A property that may be absent or null.</summary>
    public static JsonElement? Optional(this JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The elements of an array that may be absent.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string property) =>
        element.Optional(property) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];
}
