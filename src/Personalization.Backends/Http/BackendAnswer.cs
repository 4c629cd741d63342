using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.Http;

/// <summary>A server's complete answer to one call.</summary>
internal sealed partial record BackendAnswer(string Backend, string Call, HttpStatusCode Status, HttpResponseHeaders Headers, byte[] Body)
{
    private const int MaxTextLength = 300;

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The body as JSON.</summary>
    /// <exception cref="BackendException">The body is not JSON, or has a property twice.</exception>
    public JsonNode Json() => TryJson() ?? throw Unexpected("is not JSON");

    /// <summary>The body as JSON; null if it is not JSON, or has a property twice.</summary>
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

    /// <summary>Whether an exception is of reading an answer of an unexpected form, such as a number instead of text.</summary>
    public static bool IsUnreadable(Exception exception) =>
        exception is InvalidOperationException or FormatException or OverflowException or ArgumentException or NotSupportedException;

    /// <summary>The exception for a successful answer with unexpected content.</summary>
    /// <param name="why">Continues "The answer of NAME to CALL", such as "is not JSON".</param>
    public BackendException Unexpected(string why) =>
        new(BackendFault.Failed, $"The answer of {Backend} to {Call} {why} ({Kind()}).") { ServerResponse = Words() };

    /// <summary>The exception for an error status: a fault of the operator's settings (3xx, 4xx), too little memory, or one that may be temporary (429, 5xx).</summary>
    public BackendException Refused() => (int)Status is >= 300 and < 400 && Headers.Location is { } location
        ? new(BackendFault.Misconfigured, $"{Backend} redirects {Call} to {(location.IsAbsoluteUri ? location.GetLeftPart(UriPartial.Path) : location.OriginalString.Split('?')[0])} ({(int)Status}): set Backends:{Backend}:Url to the server's new address.")
        : new(
            Status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout ? BackendFault.Unavailable
            : MemoryShortage.IsNamedIn(Words()) ? BackendFault.Size
            : (int)Status is >= 400 and < 500 ? BackendFault.Misconfigured
            : BackendFault.Failed,
            $"{Backend} refused {Call} ({Kind()}).")
        {
            ServerResponse = Words(),
        };

    /// <summary>
    /// The server's error message, on one line of at most 300 characters; empty if there is none. It may quote the prompt. The
    /// request that some servers repeat (a web UI in <c>body</c>, FastAPI in <c>input</c>) is left out.
    /// </summary>
    public string Words()
    {
        var beginning = Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, MaxTextLength)));
        var words = beginning.TrimStart() is ['{' or '[', ..] ? string.Join("; ", WordsOf(TryJson() as JsonObject)) : beginning;
        return string.Concat(words.Take(MaxTextLength).Select(character => char.IsControl(character) ? ' ' : character));
    }

    private static IEnumerable<string> WordsOf(JsonObject? body)
    {
        var error = body?["error"];
        IEnumerable<string?> said =
        [
            Text(error), Text((error as JsonObject)?["message"]), Text(body?["message"]), Text(body?["detail"]),
            .. (body?["detail"] as JsonArray ?? []).OfType<JsonObject>().Select(one => $"{string.Join('.', (one["loc"] as JsonArray ?? []).Select(step => step?.ToString()))}: {Text(one["msg"])}"),

            // Validation errors quote the invalid values.
            Text(error)?.Contains("Validation", StringComparison.Ordinal) == true ? null : Text(body?["errors"]),
        ];
        return said.OfType<string>().Where(words => words.Length > 0);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The status, and the error code if there is one: a code never contains the prompt.</summary>
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
