using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.Wire;

/// <summary>A server's whole answer to one call.</summary>
internal sealed partial record BackendAnswer(string Backend, string Call, HttpStatusCode Status, HttpResponseHeaders Headers, byte[] Body)
{
    private const int LongestWords = 300;

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The body as JSON.</summary>
    /// <exception cref="BackendException">It is none.</exception>
    public JsonNode Json() => TryJson() ?? throw Unexpected("is not JSON");

    /// <summary>The body as JSON; null when it is none, or says a thing twice.</summary>
    public JsonNode? TryJson() => TryParse(Body);

    /// <inheritdoc cref="TryJson"/>
    public static JsonNode? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: new() { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>For an answer that nobody can use.</summary>
    /// <param name="why">Goes on after "The answer of NAME to CALL".</param>
    public BackendException Unexpected(string why) =>
        new(BackendFault.Failed, $"The answer of {Backend} to {Call} {why} ({Kind()}).") { ServerResponse = Words() };

    /// <summary>For a refusal: by status, a fault of the operator's settings (3xx, 4xx) or one that may pass (429, 5xx).</summary>
    public BackendException Refused() => (int)Status is >= 300 and < 400 && Headers.Location is { } location
        ? new(BackendFault.Misconfigured, $"{Backend} sends {Call} on to {(location.IsAbsoluteUri ? location.GetLeftPart(UriPartial.Path) : location.OriginalString.Split('?')[0])} ({(int)Status}): set Backends:{Backend}:Url to where it is.")
        : new(
            Status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout ? BackendFault.Unavailable
            : (int)Status is >= 400 and < 500 ? BackendFault.Misconfigured
            : BackendFault.Failed,
            $"{Backend} refused {Call} ({Kind()}).")
        {
            ServerResponse = Words(),
        };

    /// <summary>
    /// What the server says went wrong, on one line; empty where it says nothing. It may quote the prompt. What servers send
    /// back of what they were sent (a web UI in <c>body</c>, FastAPI in <c>input</c>) is left out.
    /// </summary>
    public string Words()
    {
        var beginning = Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, LongestWords)));
        var words = beginning.TrimStart() is ['{' or '[', ..] ? string.Join("; ", WordsOf(TryJson() as JsonObject)) : beginning;
        return string.Concat(words.Take(LongestWords).Select(character => char.IsControl(character) ? ' ' : character));
    }

    private static IEnumerable<string> WordsOf(JsonObject? body)
    {
        var error = body?["error"];
        IEnumerable<string?> said =
        [
            Text(error), Text((error as JsonObject)?["message"]), Text(body?["message"]), Text(body?["detail"]),
            .. (body?["detail"] as JsonArray ?? []).OfType<JsonObject>().Select(one => $"{string.Join('.', (one["loc"] as JsonArray ?? []).Select(step => step?.ToString()))}: {Text(one["msg"])}"),

            // Validation errors are told with the values that were not valid.
            Text(error)?.Contains("Validation", StringComparison.Ordinal) == true ? null : Text(body?["errors"]),
        ];
        return said.OfType<string>().Where(words => words.Length > 0);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The status, and the error's own name where it has one: a code, which nobody writes a prompt into.</summary>
    private string Kind()
    {
        var body = TryJson() as JsonObject;
        var error = body?["error"];
        string?[] codes = [Text((error as JsonObject)?["code"]), Text((error as JsonObject)?["type"]), Text(body?["rc"])];
        var name = Text(error) is { } bare && ErrorNames().IsMatch(bare) ? bare : codes.FirstOrDefault(code => code is not null && Codes().IsMatch(code));
        return name is null ? $"{(int)Status}" : $"{(int)Status}, {name}";
    }

    [GeneratedRegex("^[A-Za-z]{1,60}(Error|Exception)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ErrorNames();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_.-]{1,60}$", RegexOptions.NonBacktracking)]
    private static partial Regex Codes();
}
