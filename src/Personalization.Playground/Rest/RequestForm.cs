using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Personalization.Playground.Rest;

/// <summary>A request's body: JSON, alone or as <c>payload_json</c> beside <c>files[n]</c> in a multipart form.</summary>
/// <param name="Files">The uploaded files by their number n.</param>
internal sealed record RequestForm(JsonNode Json, IReadOnlyDictionary<int, (string Name, string ContentType, byte[] Content)> Files)
{
    private const int MaximumFile = 10 * 1024 * 1024;
    private const int MaximumRequest = 25 * 1024 * 1024;

    public JsonObject Object => Json as JsonObject ?? throw DiscordError.InvalidForm([]);

    /// <exception cref="DiscordError">The body is neither, or too large.</exception>
    public static async Task<RequestForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaximumRequest)
        {
            throw DiscordError.TooLarge;
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return new(new JsonObject(), new Dictionary<int, (string, string, byte[])>());
        }

        try
        {
            return type.MediaType == "multipart/form-data"
                ? await ReadMultipartAsync(request, HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? "", cancellationToken)
                : new(await JsonNode.ParseAsync(request.Body, cancellationToken: cancellationToken) ?? new JsonObject(), new Dictionary<int, (string, string, byte[])>());
        }
        catch (JsonException)
        {
            throw new DiscordError(400, 50109, "The request body contains invalid JSON.");
        }
    }

    private static async Task<RequestForm> ReadMultipartAsync(HttpRequest request, string boundary, CancellationToken cancellationToken)
    {
        var reader = new MultipartReader(boundary, request.Body);
        var files = new Dictionary<int, (string, string, byte[])>();
        JsonNode? json = null;
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            {
                continue;
            }

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            using var content = new MemoryStream();
            await section.Body.CopyToAsync(content, cancellationToken);
            if (name == "payload_json")
            {
                json = JsonNode.Parse(content.ToArray());
            }
            else if (Number(name) is { } number)
            {
                if (content.Length > MaximumFile)
                {
                    throw DiscordError.TooLarge;
                }

                var fileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "unknown";
                files[number] = (fileName, section.ContentType ?? "application/octet-stream", content.ToArray());
            }
        }

        return new(json ?? new JsonObject(), files);
    }

    private static int? Number(string name) =>
        name.StartsWith("files[", StringComparison.Ordinal) && name.EndsWith(']') && int.TryParse(name.AsSpan(6, name.Length - 7), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
