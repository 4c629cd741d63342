using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.OpenAiImages;

/// <summary>Reads answers of OpenAI's image interface: complete ones and streams, errors, and how long to wait after one.</summary>
/// <param name="retrySeconds">The pause before the second attempt, where the service names none.</param>
internal sealed partial class OpenAiAnswers(string name, double retrySeconds, TimeProvider time)
{
    private const string Call = "POST images";
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    /// <summary>Reads a complete answer, or a stream of events up to its finished picture.</summary>
    /// <param name="show">Takes the index of an unfinished picture, from 0, and its data.</param>
    /// <exception cref="BackendException">A stream ends without a picture.</exception>
    public async Task<BackendAnswer> ReadAsync(HttpResponseMessage response, Stream stream, Action<int, string?> show, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            using var body = new MemoryStream();
            await stream.CopyToAsync(body, cancellationToken);
            return new(name, Call, response.StatusCode, response.Headers, body.ToArray());
        }

        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (BackendAnswer.TryParse(Encoding.UTF8.GetBytes(item.Data)) is not JsonObject data)
            {
                continue;
            }

            var type = (string?)data["type"] ?? item.EventType;
            if (type.EndsWith(".partial_image", StringComparison.Ordinal))
            {
                show((int?)data["partial_image_index"] ?? 0, (string?)data["b64_json"]);
            }
            else if (data["error"] is not null || type == "error" || type.EndsWith(".failed", StringComparison.Ordinal))
            {
                var error = data["error"] ?? data;
                return Answer(StatusOf(error as JsonObject), new() { ["error"] = error.DeepClone() });
            }
            else if (type.EndsWith(".completed", StringComparison.Ordinal))
            {
                return Answer(response.StatusCode, new() { ["data"] = new JsonArray(data.DeepClone()) });
            }
        }

        throw new BackendException(BackendFault.Failed, $"The stream of {name} ended without a picture.");

        BackendAnswer Answer(HttpStatusCode status, JsonObject body) => new(name, Call, status, response.Headers, Encoding.UTF8.GetBytes(body.ToJsonString(BackendClient.Plain)));
    }

    /// <summary>The HTTP status that corresponds to an error inside a stream.</summary>
    private static HttpStatusCode StatusOf(JsonObject? error)
    {
        string?[] kinds = [error?["type"]?.ToString(), error?["code"]?.ToString()];
        return kinds.Contains("rate_limit_exceeded") ? HttpStatusCode.TooManyRequests
            : kinds[0] is "invalid_request_error" or "image_generation_user_error" ? HttpStatusCode.BadRequest
            : HttpStatusCode.InternalServerError;
    }

    /// <summary>The error message and code; some servers send the message only.</summary>
    public static (string Message, string Code) ErrorOf(BackendAnswer answer)
    {
        var error = (answer.TryJson() as JsonObject)?["error"];
        return error is JsonObject full
            ? (full["message"]?.ToString() ?? "", full["code"]?.ToString() ?? "")
            : (error?.ToString() ?? answer.Words(), "");
    }

    /// <summary>Converts an error into a message for the operator.</summary>
    public BackendException Refusal(BackendAnswer answer, string message, int attempts) => answer.Status switch
    {
        HttpStatusCode.Unauthorized => new(BackendFault.Misconfigured, $"{name} rejected the key: set Backends:{name}:ApiKey to a valid key."),
        HttpStatusCode.Forbidden when message.Contains("verif", StringComparison.OrdinalIgnoreCase) || ErrorOf(answer).Code.Contains("verified", StringComparison.Ordinal) =>
            new(BackendFault.Misconfigured, $"{name} denied access: GPT image models require a verified organization.") { ServerResponse = message },
        HttpStatusCode.Forbidden => new(BackendFault.Misconfigured, $"{name} denied access (403).") { ServerResponse = message },
        HttpStatusCode.TooManyRequests => new(BackendFault.Unavailable, $"{name} still answers that there are too many requests after {attempts} attempts.") { ServerResponse = message },
        HttpStatusCode.NotFound when ErrorOf(answer).Code is "model_not_found" or "DeploymentNotFound" => new(BackendFault.Misconfigured, $"{name} does not have this model, or not for this key (404): set the Model of Imagine:Versions to one that it has.") { ServerResponse = message },
        HttpStatusCode.NotFound => new(BackendFault.Misconfigured, $"{name} has no image interface at Backends:{name}:Url, or does not have this model.") { ServerResponse = message },
        _ => answer.Refused(),
    };

    /// <summary>How long the service asks to wait; otherwise doubles with each attempt. At most one minute.</summary>
    public TimeSpan PauseOf(BackendAnswer answer, int attempt)
    {
        var asked = answer.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : ResetOf(answer.Headers);
        var pause = asked > TimeSpan.Zero ? asked.Value : TimeSpan.FromSeconds(retrySeconds) * Math.Pow(2, attempt);
        return pause < MaxPause ? pause : MaxPause;
    }

    /// <summary>When the exhausted rate limit resets; the later one if both or neither are exhausted. Null if there are no such headers.</summary>
    private static TimeSpan? ResetOf(HttpResponseHeaders headers)
    {
        string? Header(string name) => headers.TryGetValues(name, out var values) ? values.First() : null;
        (bool IsUsedUp, TimeSpan? Reset) Limit(string what) => (Header($"x-ratelimit-remaining-{what}") == "0", Duration(Header($"x-ratelimit-reset-{what}") ?? ""));
        (bool IsUsedUp, TimeSpan? Reset)[] limits = [Limit("requests"), Limit("tokens")];
        var usedUp = limits.Where(limit => limit.IsUsedUp).ToArray();
        return (usedUp.Length > 0 ? usedUp : limits).Max(limit => limit.Reset);
    }

    /// <summary>Parses durations such as <c>1s</c>, <c>6m0s</c> and <c>120ms</c>; null if the text is not a duration.</summary>
    internal static TimeSpan? Duration(string text)
    {
        var parts = DurationParts().Match(text);
        double Part(string group) => double.TryParse(parts.Groups[group].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return parts.Success && text.Length > 0
            ? TimeSpan.FromHours(Part("h")) + TimeSpan.FromMinutes(Part("m")) + TimeSpan.FromSeconds(Part("s")) + TimeSpan.FromMilliseconds(Part("ms"))
            : null;
    }

    [GeneratedRegex(@"^((?<h>[0-9.]{1,6})h)?((?<m>[0-9.]{1,6})m)?((?<s>[0-9.]{1,9})s)?((?<ms>[0-9.]{1,9})ms)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DurationParts();
}
