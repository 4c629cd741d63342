using System.Text.Json.Nodes;

namespace Personalization.Playground;

/// <summary>A request a bot made, for whoever holds it against Discord's rules.</summary>
/// <param name="Path">Relative to the API's address, without the query.</param>
/// <param name="Json">The body, or the <c>payload_json</c> of a multipart form; an empty object where there was none.</param>
public sealed record RecordedRequest(string Method, string Path, string? ContentType, JsonNode Json);
