using System.Text.Json;

namespace Personalization.Discord.Tests.StandIn;

/// <summary>A request as Discord would see it.</summary>
/// <param name="Target">Its path below the API's address, with the query.</param>
/// <param name="Json">Its body, or the <c>payload_json</c> of a form; undefined where it has none.</param>
/// <param name="Files">The files of a form by field name.</param>
internal sealed record RecordedCall(
    string Method,
    string Target,
    string? Authorization,
    string? UserAgent,
    string? ContentType,
    JsonElement Json,
    IReadOnlyList<(string Field, string FileName, string ContentType, byte[] Content)> Files);
