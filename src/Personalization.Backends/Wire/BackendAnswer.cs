using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Personalization.Imagine;

namespace Personalization.Backends.Wire;

/// <summary>A server's whole answer to one call.</summary>
internal sealed record BackendAnswer(string Backend, string Call, HttpStatusCode Status, HttpResponseHeaders Headers, byte[] Body)
{
    private const int LongestExcerpt = 300;

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The body as JSON.</summary>
    /// <exception cref="BackendException">It is none.</exception>
    public JsonNode Json() => TryJson() ?? throw Unexpected("is not JSON");

    /// <summary>The body as JSON; null when it is none.</summary>
    public JsonNode? TryJson()
    {
        try
        {
            return JsonNode.Parse(Body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>For an answer that nobody can use.</summary>
    /// <param name="why">Goes on after "The answer of NAME to CALL".</param>
    public BackendException Unexpected(string why) =>
        new(BackendFault.Failed, $"The answer of {Backend} to {Call} {why} ({(int)Status}): {Excerpt()}");

    /// <summary>For a refusal: by status, a fault of the operator's settings (4xx) or one that may pass (429, 5xx).</summary>
    public BackendException Refused() => new(
        Status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout ? BackendFault.Unavailable
        : (int)Status is >= 400 and < 500 ? BackendFault.Misconfigured
        : BackendFault.Failed,
        $"{Backend} refused {Call} ({(int)Status}): {Excerpt()}");

    /// <summary>The beginning of the body on one line. May hold what was sent: for exceptions, which are not shown to people.</summary>
    public string Excerpt()
    {
        var text = Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, LongestExcerpt)));
        return string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character));
    }
}
