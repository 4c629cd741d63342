using System.Text.Json.Nodes;

namespace Personalization.Playground;

/// <summary>A request that a bot made, kept so that tests can check it against Discord's OpenAPI document.</summary>
/// <param name="Path">Relative to the API's address, without the query.</param>
/// <param name="Json">The body, or the <c>payload_json</c> of a multipart form; an empty object where there was none.</param>
public sealed record RecordedRequest(string Method, string Path, string? ContentType, JsonNode Json);
