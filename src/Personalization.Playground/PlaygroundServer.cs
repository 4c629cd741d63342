using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Personalization.Playground.Gateway;
using Personalization.Playground.Places;
using Personalization.Playground.Rest;

namespace Personalization.Playground;

/// <summary>The playground's levers: what goes wrong on the real Discord, on demand.</summary>
public sealed class PlaygroundServer
{
    private readonly PlaygroundOptions _options;
    private readonly Threads _threads;
    private readonly Lock _lock = new();
    private readonly List<Failure> _failures = [];
    private readonly List<GatewayConnection> _connections = [];

    internal PlaygroundServer(IOptions<PlaygroundOptions> options, Threads threads) => (_options, _threads) = (options.Value, threads);

    /// <summary>Every REST request that was authorised and read.</summary>
    public Action<RecordedRequest>? OnRequest { get; set; }

    /// <summary>How many bots are connected to the gateway.</summary>
    public int Connections
    {
        get
        {
            lock (_lock)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>Ends every gateway connection.</summary>
    /// <param name="closeCode">Discord's close code; null to cut without a word.</param>
    public void CutGateway(int? closeCode)
    {
        lock (_lock)
        {
            _connections.ForEach(connection => connection.Cut(closeCode));
        }
    }

    /// <summary>Has the next REST requests whose path ends so answered with a bare status.</summary>
    /// <param name="pathEnd">Such as <c>/callback</c> or <c>/messages/@original</c>.</param>
    public void FailNext(string method, string pathEnd, int status, int times)
    {
        lock (_lock)
        {
            _failures.Add(new(method, pathEnd, status) { Left = times });
        }
    }

    /// <summary>Has the next REST requests whose path ends so refused for a rate limit of their own.</summary>
    /// <param name="pathEnd">Such as <c>/callback</c>.</param>
    public void LimitNext(string method, string pathEnd, TimeSpan retryAfter, int times)
    {
        lock (_lock)
        {
            _failures.Add(new(method, pathEnd, StatusCodes.Status429TooManyRequests) { Left = times, RetryAfter = retryAfter });
        }
    }

    /// <summary>Archives a channel as threads are: its messages cannot be changed until somebody writes there.</summary>
    /// <param name="isLocked">Whether nobody but moderators may write there.</param>
    public void Archive(ulong channel, bool isLocked) => _threads.Archive(channel, isLocked);

    /// <param name="token">With or without the word <c>Bot</c> before it, which the gateway takes too.</param>
    internal bool Accepts(string token) =>
        _options.BotToken is null || _options.BotToken == (token.StartsWith("Bot ", StringComparison.Ordinal) ? token["Bot ".Length..] : token);

    internal IResult? TakeFailure(HttpRequest request)
    {
        lock (_lock)
        {
            var failure = _failures.Find(failure => failure.Method == request.Method && request.Path.Value!.EndsWith(failure.PathEnd, StringComparison.Ordinal));
            if (failure is null)
            {
                return null;
            }

            if (--failure.Left <= 0)
            {
                _failures.Remove(failure);
            }

            return failure.RetryAfter is { } wait
                ? RestRequest.Json(DiscordError.RateLimited(wait, isGlobal: false), failure.Status)
                : Results.StatusCode(failure.Status);
        }
    }

    internal void Record(HttpRequest request, RequestForm form)
    {
        var path = request.Path.Value!;
        var relative = path[(path.StartsWith("/api/v10", StringComparison.Ordinal) ? "/api/v10".Length : "/api".Length)..];
        OnRequest?.Invoke(new(request.Method, relative, request.ContentType, form.Json));
    }

    internal void Join(GatewayConnection connection)
    {
        lock (_lock)
        {
            _connections.Add(connection);
        }
    }

    internal void Leave(GatewayConnection connection)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
        }
    }

    private sealed record Failure(string Method, string PathEnd, int Status)
    {
        public int Left { get; set; }

        public TimeSpan? RetryAfter { get; init; }
    }
}
