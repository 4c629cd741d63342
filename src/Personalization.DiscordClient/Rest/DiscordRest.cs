using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Personalization.Discord;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;

namespace Personalization.DiscordClient.Rest;

/// <summary>
/// Discord's REST interface, as far as the bot needs it. Waits for rate limits, repeats what may be repeated after
/// server errors and network faults, and stops for good once Discord refuses the token.
/// </summary>
internal sealed partial class DiscordRest(
    IHttpClientFactory clients,
    IOptions<DiscordOptions> options,
    AnswerRecord answers,
    TimeProvider time,
    Random random,
    ILogger<DiscordRest> logger) : IDiscord
{
    public const string ClientName = "Discord";

    private const int MaximumAttempts = 5;
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UntoldRetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(250);

    // For finding out what became of an answer.
    private static readonly TimeSpan AfterthoughtTimeout = TimeSpan.FromSeconds(2);

    private readonly RateLimits _limits = new(time);
    private bool _isTokenRefused;

    /// <inheritdoc/>
    public string Client { get; } = $"Personalization.DiscordClient {DiscordServices.Version}";

    /// <inheritdoc/>
    public Task EditOriginalAsync(InteractionHandle interaction, MessageBody message, CancellationToken cancellationToken) =>
        SendAsync(Original(HttpMethod.Patch, interaction), MessageJson.Payload(message), message.Files, cancellationToken);

    /// <inheritdoc/>
    public async Task<DiscordMessage> FollowUpAsync(InteractionHandle interaction, MessageBody message, CancellationToken cancellationToken)
    {
        var route = Webhook(HttpMethod.Post, interaction, "webhooks/{}/{}", "");
        return MessageJson.Read(await SendAsync(route, MessageJson.Payload(message), message.Files, cancellationToken));
    }

    /// <inheritdoc/>
    public Task EditFollowUpAsync(InteractionHandle interaction, ulong messageId, MessageBody message, CancellationToken cancellationToken) => SendAsync(
        Webhook(HttpMethod.Patch, interaction, "webhooks/{}/{}/messages/{}", $"/messages/{messageId}"),
        MessageJson.Payload(message),
        message.Files,
        cancellationToken);

    /// <inheritdoc/>
    public async Task<DiscordMessage> CreateMessageAsync(ulong channelId, MessageBody message, string? nonce, CancellationToken cancellationToken)
    {
        if (nonce is not null)
        {
            Limits.Text(nonce, 1, IDiscord.MaximumNonce, "A nonce");
        }

        var route = new Route(HttpMethod.Post, "channels/{}/messages", $"channels/{channelId}/messages", $"{channelId}") { IsRepeatable = nonce is not null };
        return MessageJson.Read(await SendAsync(route, MessageJson.Payload(message, nonce), message.Files, cancellationToken));
    }

    /// <inheritdoc/>
    public Task EditMessageAsync(ulong channelId, ulong messageId, MessageBody message, CancellationToken cancellationToken) =>
        SendAsync(
            new Route(HttpMethod.Patch, "channels/{}/messages/{}", $"channels/{channelId}/messages/{messageId}", $"{channelId}"),
            MessageJson.Payload(message),
            message.Files,
            cancellationToken);

    /// <inheritdoc/>
    public Task DeleteMessageAsync(ulong channelId, ulong messageId, CancellationToken cancellationToken) =>
        SendAsync(new Route(HttpMethod.Delete, "channels/{}/messages/{}", $"channels/{channelId}/messages/{messageId}", $"{channelId}"), () => null, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DiscordMessage>> RecentMessagesAsync(ulong channelId, int count, CancellationToken cancellationToken)
    {
        var route = new Route(HttpMethod.Get, "channels/{}/messages", $"channels/{channelId}/messages?limit={count}", $"{channelId}");
        var messages = await SendAsync(route, () => null, cancellationToken);
        return [.. messages.EnumerateArray().Select(MessageJson.Read)];
    }

    /// <summary>Begins the time of an interaction that has just come in.</summary>
    public AnswerTime BeginAnswer() => new(time, options.Value.AnswerWithin);

    /// <exception cref="LateAnswerException">The interaction's time was over before Discord took the answer.</exception>
    public Task<DiscordMessage?> RespondAsync(InteractionHandle interaction, int type, object? data, IReadOnlyList<MessageFile> files, AnswerTime answerTime, CancellationToken cancellationToken) =>
        answers.KeepAsync(
            interaction.Id,
            () => CallBackAsync(interaction, type, data, files, answerTime, cancellationToken),
            type is 4 or 5 ? () => FindOriginalAsync(interaction, cancellationToken) : null);

    private async Task<DiscordMessage?> CallBackAsync(InteractionHandle interaction, int type, object? data, IReadOnlyList<MessageFile> files, AnswerTime answerTime, CancellationToken cancellationToken)
    {
        // A callback counts once whatever happens: a second one is refused as already acknowledged.
        var route = new Route(
            HttpMethod.Post,
            "interactions/{}/{}/callback",
            $"interactions/{interaction.Id}/{interaction.Token}/callback?with_response=true",
            $"{interaction.Id}")
        {
            IsInteraction = true,
            IsRepeatable = true,
            Patience = answerTime.Left,
        };
        LateAnswerException Late(Exception exception, bool mayHaveArrived) =>
            new($"Discord did not take the answer to interaction {interaction.Id} in time.", mayHaveArrived, exception);
        try
        {
            var answer = await answerTime.RunAsync(
                answerTime.Left,
                token => SendAsync(route, new { Type = type, Data = data }, files, token),
                exception => Late(exception, mayHaveArrived: true),
                cancellationToken);
            if (answer.ValueKind == JsonValueKind.Undefined && type is 4 or 5)
            {
                return (await FindOriginalAsync(interaction, cancellationToken)).Message;
            }

            return answer.Optional("resource")?.Optional("message") is { } message ? MessageJson.Read(message) : null;
        }
        catch (DiscordException exception) when (exception.Status == HttpStatusCode.TooManyRequests)
        {
            throw Late(exception, mayHaveArrived: false);
        }
    }

    public Task<JsonElement> GetGatewayAsync(CancellationToken cancellationToken) =>
        SendAsync(new Route(HttpMethod.Get, "gateway/bot", "gateway/bot") { Patience = TimeSpan.MaxValue }, () => null, cancellationToken);

    /// <summary>The commands as Discord has them, with their descriptions in all languages.</summary>
    public Task<JsonElement> GetCommandsAsync(ulong applicationId, CancellationToken cancellationToken) =>
        SendAsync(Commands(HttpMethod.Get, applicationId, "?with_localizations=true"), () => null, cancellationToken);

    public Task PutCommandsAsync(ulong applicationId, IReadOnlyList<CommandDefinition> commands, CancellationToken cancellationToken) =>
        SendAsync(Commands(HttpMethod.Put, applicationId), () => Json(commands), cancellationToken);

    private static Route Commands(HttpMethod method, ulong applicationId, string query = "") =>
        new(method, "applications/{}/commands", $"applications/{applicationId}/commands{query}") { Patience = TimeSpan.MaxValue };

    private static Route Original(HttpMethod method, InteractionHandle interaction) => Webhook(method, interaction, "webhooks/{}/{}/messages/@original", "/messages/@original");

    private static Route Webhook(HttpMethod method, InteractionHandle interaction, string template, string path) => new(
        method,
        template,
        $"webhooks/{interaction.ApplicationId}/{interaction.Token}{path}",
        $"{interaction.ApplicationId} {interaction.Token}")
    {
        IsInteraction = true,
    };

    // Of known length: some proxies take no chunked requests.
    private static ByteArrayContent Json(object payload) => new(JsonSerializer.SerializeToUtf8Bytes(payload, DiscordJson.Options))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };

    private static HttpContent Content(object payload, IReadOnlyList<MessageFile> files)
    {
        var json = Json(payload);
        if (files.Count == 0)
        {
            return json;
        }

        var form = new MultipartFormDataContent { { json, "payload_json" } };
        for (var i = 0; i < files.Count; i++)
        {
            var file = new ReadOnlyMemoryContent(files[i].Content);
            file.Headers.ContentType = new MediaTypeHeaderValue(files[i].ContentType);
            form.Add(file, $"files[{i}]", files[i].Name);
        }

        return form;
    }

    // Where an answer arrived, or may have, but what Discord made of it was lost on the way.
    private async Task<(DiscordMessage? Message, bool IsKnown)> FindOriginalAsync(InteractionHandle interaction, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(AfterthoughtTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return (MessageJson.Read(await SendAsync(Original(HttpMethod.Get, interaction), () => null, either.Token)), true);
        }
        catch (Exception exception) when (exception is DiscordException or HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Discord has no message for an interaction that it took no answer to.
            return (null, exception is DiscordException { Status: HttpStatusCode.NotFound });
        }
    }

    private Task<JsonElement> SendAsync(Route route, object payload, IReadOnlyList<MessageFile> files, CancellationToken cancellationToken) =>
        SendAsync(route, () => Content(payload, files), cancellationToken);

    private async Task<JsonElement> SendAsync(Route route, Func<HttpContent?> content, CancellationToken cancellationToken)
    {
        // A 429 is no attempt: nothing of it was carried out.
        var waited = TimeSpan.Zero;
        for (var attempt = 1; ;)
        {
            var (answer, retryAfter, isRefused) = await TryAsync(route, content, attempt, cancellationToken);
            if (answer is { } result)
            {
                return result;
            }

            if (isRefused)
            {
                waited = route.Endures(waited + retryAfter);
            }
            else
            {
                attempt++;
            }

            await Task.Delay(retryAfter, time, cancellationToken);
        }
    }

    /// <returns>Discord's answer, or how long to wait before the next attempt, and whether that is for a rate limit.</returns>
    private async Task<(JsonElement? Answer, TimeSpan RetryAfter, bool IsRefused)> TryAsync(Route route, Func<HttpContent?> content, int attempt, CancellationToken cancellationToken)
    {
        var bucket = await _limits.EnterAsync(route, cancellationToken);
        HttpResponseHeaders? headers = null;
        RateLimits.Refusal? refusal = null;
        try
        {
            if (Volatile.Read(ref _isTokenRefused) && !route.IsInteraction)
            {
                throw new DiscordException(HttpStatusCode.Unauthorized, 0, "The token was refused; nothing is sent with it any more. Set Discord:Token and start again.");
            }

            using var request = new HttpRequestMessage(route.Method, new Uri(options.Value.ApiUrl, route.Path)) { Content = content() };
            if (!route.IsInteraction)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bot", options.Value.Token);
            }

            using var timeout = new CancellationTokenSource(AttemptTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, either.Token);
            headers = response.Headers;
            var body = await BodyAsync(response, either.Token);
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return Judge(route, response, body, attempt);
            }

            refusal = Refused(response, body);
            LogRateLimited(route.Method, route.Template, refusal.RetryAfter);
            return (null, refusal.RetryAfter, true);
        }
        catch (HttpRequestException exception) when (attempt < MaximumAttempts && (route.IsRepeatable || WasNeverSent(exception)))
        {
            LogRetry(route.Method, route.Template, exception.Message);
            return (null, Backoff(attempt), false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (attempt >= MaximumAttempts || !route.IsRepeatable)
            {
                throw new HttpRequestException($"Discord did not answer {route.Method} {route.Template} within {AttemptTimeout.TotalSeconds} s.", exception);
            }

            LogRetry(route.Method, route.Template, "no answer in time");
            return (null, Backoff(attempt), false);
        }
        finally
        {
            _limits.Leave(route, bucket, headers, refusal);
        }
    }

    private (JsonElement? Answer, TimeSpan RetryAfter, bool IsRefused) Judge(Route route, HttpResponseMessage response, JsonElement body, int attempt)
    {
        if (response.IsSuccessStatusCode)
        {
            return (body, default, false);
        }

        var code = body.Optional("code") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var known) ? known : 0;
        switch (response.StatusCode)
        {
            case >= HttpStatusCode.InternalServerError when route.IsRepeatable && attempt < MaximumAttempts:
                LogRetry(route.Method, route.Template, $"status {(int)response.StatusCode}");
                return (null, Backoff(attempt), false);
            case HttpStatusCode.Unauthorized when !route.IsInteraction:
                if (!Interlocked.Exchange(ref _isTokenRefused, true))
                {
                    LogTokenRefused();
                }

                break;
        }

        if (code == DiscordErrorCode.AlreadyAcknowledged && attempt > 1)
        {
            // The attempt before this one did arrive.
            return (default(JsonElement), default, false);
        }

        throw new DiscordException(response.StatusCode, code, body.Optional("message")?.ToString() ?? response.ReasonPhrase ?? "no reason given");
    }

    private static RateLimits.Refusal Refused(HttpResponseMessage response, JsonElement body)
    {
        // Cloudflare's own 429 has no JSON, only the header.
        var wait = body.Optional("retry_after") is { ValueKind: JsonValueKind.Number } seconds
            ? seconds.GetDouble()
            : (response.Headers.RetryAfter?.Delta ?? UntoldRetryAfter).TotalSeconds;
        return new(RateLimits.Wait(wait), IsGlobal: body.Optional("global")?.ValueKind == JsonValueKind.True);
    }

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/json")
        {
            return default;
        }

        try
        {
            return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        }
        catch (JsonException)
        {
            // An error page that calls itself JSON: the status says enough.
            return default;
        }
    }

    private static bool WasNeverSent(HttpRequestException exception) =>
        exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    private TimeSpan Backoff(int attempt) => FirstBackoff * Math.Pow(2, attempt - 1) * (1 + random.NextDouble());

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Route} is tried again: {Reason}")]
    private partial void LogRetry(HttpMethod method, string route, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Route} met Discord's rate limit and waits {Wait}")]
    private partial void LogRateLimited(HttpMethod method, string route, TimeSpan wait);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Discord refuses the token (401). Nothing more is sent; set Discord:Token to the token from your application's Bot page and start again")]
    private partial void LogTokenRefused();
}
