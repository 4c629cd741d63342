using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Personalization.Imagine.Backends;
using Polly;
using Polly.Retry;

namespace Personalization.Backends.Http;

/// <summary>
/// Calls one server. Limits the time and size of answers, retries where that is safe, and converts every connection failure
/// into a <see cref="BackendException"/>. Logs neither requests nor answers.
/// </summary>
internal sealed class BackendClient : IDisposable
{
    private const int MaxRetries = 3;

    /// <summary>For request bodies, which are never part of an HTML page: leaves the plus signs of base64 as they are.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    private readonly string _backend;
    private readonly BackendOptions _options;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<BackendAnswer> _repeating;
    private readonly ResiliencePipeline<BackendAnswer> _once;

    /// <param name="backend">The backend's name, for messages.</param>
    /// <param name="headers">Sent with every call, such as a key.</param>
    public BackendClient(string backend, BackendOptions options, TimeProvider time, params IEnumerable<(string Name, string Value)> headers)
        : this(backend, options, time, connect: null, headers)
    {
    }

    /// <param name="connect">Opens a connection; null for the default.</param>
    /// <inheritdoc cref="BackendClient(string, BackendOptions, TimeProvider, IEnumerable{ValueTuple{string, string}})"/>
    public BackendClient(
        string backend,
        BackendOptions options,
        TimeProvider time,
        Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect,
        params IEnumerable<(string Name, string Value)> headers)
    {
        _backend = backend;
        _options = options;
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(options.ConnectSeconds),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),

            // A redirection could carry the key elsewhere.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = connect,
        })
        {
            // Paintings may take long: each call has its own time limit.
            Timeout = Timeout.InfiniteTimeSpan,
            BaseAddress = new Uri(options.Url!.AbsoluteUri.TrimEnd('/') + "/"),
        };
        foreach (var (name, value) in headers)
        {
            // Keys are read from files that end with a line break, which a header must not contain.
            _http.DefaultRequestHeaders.TryAddWithoutValidation(name, value.Trim());
        }

        // A call that timed out is not repeated: it has already waited for the full limit.
        _repeating = Pipeline(outcome => outcome.Exception is BackendException { Fault: BackendFault.Unavailable, InnerException: not OperationCanceledException }
            || outcome.Result?.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout);
        _once = Pipeline(outcome => outcome.Exception is BackendException { InnerException: HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } }
            || outcome.Result?.Status is HttpStatusCode.TooManyRequests);
    }

    /// <summary>Sends a GET request; repeated if the connection fails.</summary>
    /// <param name="path">Relative to the server's address, without a leading slash.</param>
    public Task<BackendAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), isRepeatable: true, limit: null, cancellationToken);

    /// <summary>Sends JSON.</summary>
    /// <param name="isRepeatable">Whether the call is idempotent. If not, it is repeated only where the server cannot have processed it.</param>
    /// <param name="limit">How long the answer may take; null for <see cref="BackendOptions.AnswerSeconds"/>, <see cref="Timeout.InfiniteTimeSpan"/> until it is cancelled.</param>
    public Task<BackendAnswer> PostAsync(string path, JsonNode body, bool isRepeatable, TimeSpan? limit, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString(Plain));
        return SendAsync(
            () => new HttpRequestMessage(HttpMethod.Post, path) { Content = Json(bytes) },
            isRepeatable,
            limit,
            cancellationToken);
    }

    /// <summary>Sends a request.</summary>
    /// <param name="isRepeatable">Whether the call is idempotent. If not, it is repeated only where the server cannot have processed it.</param>
    /// <param name="limit">How long the answer may take; null for <see cref="BackendOptions.AnswerSeconds"/>.</param>
    /// <param name="request">Creates the message, once for each attempt.</param>
    /// <exception cref="BackendException">The server cannot be reached, is too slow, closes the connection or answers more than <see cref="BackendOptions.MaxMegabytes"/>.</exception>
    public async Task<BackendAnswer> SendAsync(Func<HttpRequestMessage> request, bool isRepeatable, TimeSpan? limit, CancellationToken cancellationToken) =>
        await (isRepeatable ? _repeating : _once).ExecuteAsync(
            async token =>
            {
                var time = limit ?? TimeSpan.FromSeconds(_options.AnswerSeconds);
                using var deadline = new CancellationTokenSource(time, _time);
                return await TryAsync(
                    request,
                    ReadAsync,
                    (message, exception) => new(BackendFault.Unavailable, $"{_backend} did not answer {CallOf(message)} within {time.TotalSeconds:0.#} s.", exception),
                    deadline.Token,
                    token);
            },
            cancellationToken);

    /// <summary>Sends a request once and reads its answer as it arrives.</summary>
    /// <param name="read">Reads the answer. Its stream throws a <see cref="BackendException"/> beyond <see cref="BackendOptions.MaxMegabytes"/>.</param>
    /// <param name="limit">How long the painting may go on without progress: beyond, it is <see cref="BackendFault.TimedOut"/>.</param>
    /// <inheritdoc cref="SendAsync"/>
    public Task<T> StreamAsync<T>(Func<HttpRequestMessage> request, Func<HttpResponseMessage, Stream, CancellationToken, Task<T>> read, PaintingLimit limit, CancellationToken cancellationToken) =>
        TryAsync(
            request,
            async (response, token) =>
            {
                await using var stream = new BoundedStream(await response.Content.ReadAsStreamAsync(token), MaxBytes, _backend);
                return await read(response, stream, token);
            },
            (_, exception) => limit.Exceeded(_backend, exception),
            limit.Token,
            cancellationToken);

    /// <summary>Whether the connection broke after the call had been sent: the server may have processed it.</summary>
    public static bool IsBrokenOff(BackendException exception) =>
        exception is { Fault: BackendFault.Unavailable, InnerException: IOException or HttpRequestException { HttpRequestError: not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError) } };

    public void Dispose() => _http.Dispose();

    private long MaxBytes => _options.MaxMegabytes * 1_000_000L;

    private static ByteArrayContent Json(byte[] bytes) =>
        new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    /// <param name="late">What happened when the time for the answer is over.</param>
    /// <param name="deadline">Cancelled then.</param>
    private async Task<T> TryAsync<T>(
        Func<HttpRequestMessage> request,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        Func<HttpRequestMessage, OperationCanceledException, BackendException> late,
        CancellationToken deadline,
        CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline);
        using var message = request();
        try
        {
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await read(response, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw deadline.IsCancellationRequested
                ? late(message, exception)
                : new(BackendFault.Unavailable, $"{_backend} cannot be reached at {HostOf(message)}: no connection within {_options.ConnectSeconds:0.#} s (Backends:{_backend}:ConnectSeconds).", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new BackendException(BackendFault.Unavailable, $"{_backend} cannot be reached at {HostOf(message)}: {exception.Message}", exception);
        }
    }

    private async Task<BackendAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = new BoundedStream(await response.Content.ReadAsStreamAsync(cancellationToken), MaxBytes, _backend);
        using var body = new MemoryStream();
        await stream.CopyToAsync(body, cancellationToken);
        return new(_backend, CallOf(response.RequestMessage!), response.StatusCode, response.Headers, body.ToArray());
    }

    // Finished pictures may be on another host.
    private string HostOf(HttpRequestMessage message) => (message.RequestUri is { IsAbsoluteUri: true } address ? address : _http.BaseAddress!).Authority;

    // Without the query, which may contain file names of people.
    private static string CallOf(HttpRequestMessage message) =>
        $"{message.Method} {(message.RequestUri!.IsAbsoluteUri ? message.RequestUri.AbsolutePath : message.RequestUri.OriginalString.Split('?')[0])}";

    private ResiliencePipeline<BackendAnswer> Pipeline(Func<Outcome<BackendAnswer>, bool> isRepeated) =>
        new ResiliencePipelineBuilder<BackendAnswer> { TimeProvider = _time }
            .AddRetry(new RetryStrategyOptions<BackendAnswer>
            {
                MaxRetryAttempts = MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(_options.RetrySeconds),
                ShouldHandle = arguments => ValueTask.FromResult(isRepeated(arguments.Outcome)),
                DelayGenerator = arguments => ValueTask.FromResult(PauseOf(arguments.Outcome.Result)),
            })
            .Build();

    /// <summary>How long the server asks to wait, at most one minute; null if it does not say.</summary>
    private TimeSpan? PauseOf(BackendAnswer? answer)
    {
        var asked = answer?.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - _time.GetUtcNow() : null;
        return asked is { } pause && pause > TimeSpan.Zero ? (pause < MaxPause ? pause : MaxPause) : null;
    }
}
