using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Discord.Net.Rest;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Personalization.Discord;
using Personalization.Discord.Rest;

namespace Personalization.DiscordNet;

/// <summary>
/// What Discord.Net's requests go through: repeats what may be repeated after server errors and network faults, waits for the
/// rate limits that Discord refuses requests for as long as the call has patience, adds what Discord.Net cannot say, and stops for good once Discord refuses the token. Several of Discord.Net's clients share it, so that
/// nothing of theirs, such as headers, is kept in it.
/// </summary>
/// <param name="isBot">Whether requests carry the bot's token.</param>
internal sealed partial class RestTransport(
    Func<IRestClient> create,
    IOptions<DiscordOptions> options,
    bool isBot,
    TimeProvider time,
    Random random,
    ILogger<RestTransport> logger) : IRestClient
{
    /// <summary>The number that Discord.Net is told for the message that answered an interaction: it takes numbers only, Discord a name as well.</summary>
    public const ulong Original = 1;

    private const int MaxAttempts = 5;

    // Discord's flag for a message made of components.
    private const int ComponentsV2Flag = 1 << 15;
    private const int EphemeralFlag = 1 << 6;

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(250);

    private readonly Lazy<IRestClient> _inner = new(() => Prepare(create(), options.Value, isBot));
    private bool _isTokenRefused;

    // By the time provider's timestamps.
    private long _pausedUntil;

    /// <inheritdoc/>
    /// <remarks>Does nothing: the headers are the same for all clients.</remarks>
    public void SetHeader(string key, string? value)
    {
    }

    /// <inheritdoc/>
    /// <remarks>Does nothing: each request has a token of its own, which a client that is closed cancels.</remarks>
    public void SetCancelToken(CancellationToken cancelToken)
    {
    }

    public Task<RestResponse> SendAsync(string method, string endpoint, CancellationToken cancelToken, bool headerOnly = false, string? reason = null, IEnumerable<KeyValuePair<string, IEnumerable<string>>>? requestHeaders = null) =>
        SendAsync(method, endpoint, headerOnly, (path, token) => _inner.Value.SendAsync(method, path, token, headerOnly: false, reason, requestHeaders), cancelToken);

    public Task<RestResponse> SendAsync(string method, string endpoint, string json, CancellationToken cancelToken, bool headerOnly = false, string? reason = null, IEnumerable<KeyValuePair<string, IEnumerable<string>>>? requestHeaders = null)
    {
        var completed = Complete(method, endpoint, json);
        return SendAsync(method, endpoint, headerOnly, (path, token) => _inner.Value.SendAsync(method, path, completed, token, headerOnly: false, reason, requestHeaders), cancelToken);
    }

    public Task<RestResponse> SendAsync(string method, string endpoint, IReadOnlyDictionary<string, object> multipartParams, CancellationToken cancelToken, bool headerOnly = false, string? reason = null, IEnumerable<KeyValuePair<string, IEnumerable<string>>>? requestHeaders = null)
    {
        var completed = multipartParams.ToDictionary(part => part.Key, part => part is { Key: "payload_json", Value: string json } ? Complete(method, endpoint, json) : part.Value);
        return SendAsync(method, endpoint, headerOnly, (path, token) => _inner.Value.SendAsync(method, path, completed, token, headerOnly: false, reason, requestHeaders), cancelToken);
    }

    /// <inheritdoc/>
    /// <remarks>Does nothing: clients come and go, the transport stays.</remarks>
    public void Dispose()
    {
    }

    /// <summary>Closes the connections.</summary>
    public void Close()
    {
        if (_inner.IsValueCreated)
        {
            _inner.Value.Dispose();
        }
    }

    private static IRestClient Prepare(IRestClient inner, DiscordOptions options, bool isBot)
    {
        inner.SetHeader("accept", "*/*");
        // https://discord.com/developers/docs/reference#user-agent
        inner.SetHeader("user-agent", $"DiscordBot ({options.HomepageUrl.AbsoluteUri}, {DiscordNetRest.Version})");
        inner.SetHeader("authorization", isBot ? $"Bot {options.Token}" : null);
        return inner;
    }

    /// <summary>The JSON of a message with what Discord.Net cannot say, and without what it says though it was not told to.</summary>
    private static string Complete(string method, string endpoint, string json)
    {
        if (JsonNode.Parse(json) is not JsonObject message)
        {
            return json;
        }

        if (RestCall.Current?.Nonce is { } nonce && method == "POST")
        {
            message["nonce"] = nonce;
            message["enforce_nonce"] = true;
        }

        if (endpoint.StartsWith("webhooks/", StringComparison.Ordinal))
        {
            foreach (var name in message.Where(property => property.Value is null).Select(property => property.Key).ToList())
            {
                message.Remove(name);
            }

            if (message.ContainsKey("components") && !message.ContainsKey("flags"))
            {
                message["flags"] = ComponentsV2Flag;
            }
        }

        return message.ToJsonString();
    }

    private async Task<RestResponse> SendAsync(string method, string endpoint, bool headerOnly, Func<string, CancellationToken, Task<RestResponse>> send, CancellationToken cancelToken)
    {
        var isCallback = endpoint.StartsWith("interactions/", StringComparison.Ordinal);
        var isInteraction = isCallback || endpoint.StartsWith("webhooks/", StringComparison.Ordinal);
        if (Volatile.Read(ref _isTokenRefused) && !isInteraction)
        {
            throw new DiscordException(HttpStatusCode.Unauthorized, 0, "The token was refused; nothing is sent with it any more. Set Discord:Token and start again.");
        }

        var call = RestCall.Current ?? new();
        call.LeaveQueue();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancelToken, call.Cancellation);
        // A callback counts once whatever happens: a second one is refused as already acknowledged.
        var isRepeatable = method != "POST" || isCallback || call.Nonce is not null;
        var path = isCallback ? $"{endpoint}?with_response=true" : endpoint.Replace($"/messages/{Original}?", "/messages/@original?", StringComparison.Ordinal);
        for (var attempt = 1; ; attempt++)
        {
            if (!isInteraction)
            {
                await PauseAsync(call, stopping.Token);
            }

            string fault;
            using var timeout = new CancellationTokenSource(AttemptTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping.Token);
            try
            {
                var response = await send(path, either.Token);
                if (response.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    await WaitAsync(await RateLimit.ReadAsync(response, either.Token), call, method, endpoint, isInteraction, stopping.Token);
                    // Nothing was carried out: it is the same attempt.
                    attempt--;
                    continue;
                }

                if (response.StatusCode < HttpStatusCode.InternalServerError || !isRepeatable || attempt >= MaxAttempts)
                {
                    return await JudgeAsync(response, isInteraction, isCallback, attempt, headerOnly);
                }

                fault = $"status {(int)response.StatusCode}";
            }
            catch (HttpRequestException exception) when (attempt < MaxAttempts && (isRepeatable || WasNeverSent(exception)))
            {
                fault = exception.Message;
            }
            catch (OperationCanceledException exception) when (!stopping.IsCancellationRequested)
            {
                if (attempt >= MaxAttempts || !isRepeatable)
                {
                    throw new HttpRequestException($"Discord did not answer within {AttemptTimeout.TotalSeconds} s.", exception);
                }

                fault = "no answer in time";
            }

            LogRetry(method, Redaction.Of(endpoint), fault);
            await Task.Delay(FirstBackoff * Math.Pow(2, attempt - 1) * (1 + random.NextDouble()), time, stopping.Token);
        }
    }

    // Interactions have no part in the limit that all other requests share.
    private async Task PauseAsync(RestCall call, CancellationToken cancellationToken)
    {
        while (time.GetElapsedTime(time.GetTimestamp(), Interlocked.Read(ref _pausedUntil)) is var left && left > TimeSpan.Zero)
        {
            call.Spend(left);
            await Task.Delay(left, time, cancellationToken);
        }
    }

    private async Task WaitAsync(RateLimit limit, RestCall call, string method, string endpoint, bool isInteraction, CancellationToken cancellationToken)
    {
        var wait = limit.Wait is not { } told ? throw call.Impatient() : told > FirstBackoff ? told : FirstBackoff;
        if (limit.IsGlobal && !isInteraction)
        {
            Interlocked.Exchange(ref _pausedUntil, time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency));
        }

        call.Spend(wait);
        LogRetry(method, Redaction.Of(endpoint), $"a rate limit of {wait.TotalSeconds:0.###} s");
        await Task.Delay(wait, time, cancellationToken);
    }

    private async Task<RestResponse> JudgeAsync(RestResponse response, bool isInteraction, bool isCallback, int attempt, bool headerOnly)
    {
        var body = new MemoryStream();
        await response.Stream.CopyToAsync(body);
        body.Position = 0;
        var isSuccess = (int)response.StatusCode is >= 200 and < 300;
        if (isSuccess || (isCallback && attempt > 1 && CodeOf(body) == DiscordErrorCode.AlreadyAcknowledged))
        {
            // Where it was acknowledged already, the attempt before this one did arrive.
            if (RestCall.Current is { } call)
            {
                call.IsDone = true;
                call.Message = isSuccess ? MessageOf(body) : null;
            }

            // Each interaction has limits of its own, which Discord.Net would take for one of all.
            var headers = isInteraction ? response.Headers.Where(header => !header.Key.StartsWith("X-RateLimit", StringComparison.OrdinalIgnoreCase)).ToDictionary(StringComparer.OrdinalIgnoreCase) : response.Headers;
            return new(isSuccess ? response.StatusCode : HttpStatusCode.NoContent, headers, headerOnly ? null : body);
        }

        if (response.StatusCode == HttpStatusCode.Unauthorized && !isInteraction && !Interlocked.Exchange(ref _isTokenRefused, true))
        {
            LogTokenRefused();
        }

        return new(response.StatusCode, response.Headers, body);
    }

    private static bool WasNeverSent(HttpRequestException exception) =>
        exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    private static int CodeOf(MemoryStream body) => Parse(body) is JsonObject error && error["code"] is JsonValue code && code.TryGetValue(out int number) ? number : 0;

    // A message, or the answer to a callback that made one.
    private static DiscordMessage? MessageOf(MemoryStream body)
    {
        var message = Parse(body) is JsonObject answer ? answer["resource"] is JsonObject resource ? resource["message"] as JsonObject : answer : null;
        return message?["id"] is JsonValue value && value.TryGetValue(out string? text) && ulong.TryParse(text, out var id)
            ? new(id, message["flags"] is JsonValue flags && flags.TryGetValue(out int bits) && (bits & EphemeralFlag) != 0, InteractionId: null, CustomIds: [])
            : null;
    }

    private static JsonNode? Parse(MemoryStream body)
    {
        try
        {
            return JsonNode.Parse(body.ToArray());
        }
        catch (JsonException)
        {
            // Nothing, or an error page.
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Endpoint} is tried again: {Reason}")]
    private partial void LogRetry(string method, string endpoint, string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Discord refuses the token (401). Nothing more is sent; set Discord:Token to the token from your application's Bot page and start again")]
    private partial void LogTokenRefused();
}
