using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Personalization.Discord.Tests.StandIn;

/// <summary>Plays Discord over real HTTP and WebSockets, as scripted by a test.</summary>
internal sealed class DiscordStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<GatewayPeer> _peers = Channel.CreateUnbounded<GatewayPeer>();
    private readonly Channel<RecordedCall> _calls = Channel.CreateUnbounded<RecordedCall>();
    private readonly List<(string Method, string Target, Func<RecordedCall, Task<Answer>> Answer)> _script = [];
    private readonly Lock _lock = new();

    private DiscordStandIn(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public Uri ApiUrl => new(Address, "/api/v10/");

    public Uri GatewayUrl => new($"ws://{Address.Authority}/gateway");

    /// <summary>The body of the answer to <c>/gateway/bot</c>.</summary>
    public string GatewayBot { get; set; } = "";

    /// <summary>The body of the answer to a request for the commands.</summary>
    public string Commands { get; set; } = "[]";

    public static async Task<DiscordStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var standIn = new DiscordStandIn(app);
        app.UseWebSockets();
        app.Run(standIn.HandleAsync);
        await app.StartAsync();
        standIn.GatewayBot = standIn.Gateway(shards: 1);
        return standIn;
    }

    /// <summary>An answer to <c>/gateway/bot</c>.</summary>
    public string Gateway(int shards, int maximumConcurrency = 1, int remaining = 1000, int resetAfter = 14400000) =>
        $$$"""{"url":"{{{GatewayUrl}}}","shards":{{{shards}}},"session_start_limit":{"total":1000,"remaining":{{{remaining}}},"reset_after":{{{resetAfter}}},"max_concurrency":{{{maximumConcurrency}}}}}""";

    /// <summary>Answers the requests to one target, in order; the last answer stays.</summary>
    public void On(string method, string target, params Answer[] answers)
    {
        var open = new Queue<Answer>(answers);
        On(method, target, _ =>
        {
            lock (open)
            {
                return Task.FromResult(open.Count > 1 ? open.Dequeue() : open.Peek());
            }
        });
    }

    public void On(string method, string target, Func<RecordedCall, Task<Answer>> answer)
    {
        lock (_lock)
        {
            _script.Insert(0, (method, target, answer));
        }
    }

    /// <summary>The next connection to the gateway.</summary>
    public Task<GatewayPeer> AcceptAsync() => _peers.Reader.ReadAsync().AsTask().WaitAsync(Deadline.Of);

    /// <summary>Whether a connection to the gateway waits to be accepted.</summary>
    public bool HasPeer => _peers.Reader.Count > 0;

    /// <summary>The next request, in order of arrival, that the predicate fits.</summary>
    public async Task<RecordedCall> CallAsync(string method, string target)
    {
        using var deadline = new CancellationTokenSource(Deadline.Of, TimeProvider.System);
        while (true)
        {
            var call = await _calls.Reader.ReadAsync(deadline.Token);
            if (call.Method == method && call.Target == target)
            {
                return call;
            }
        }
    }

    /// <summary>All requests that were not asked for yet.</summary>
    public IReadOnlyList<RecordedCall> RemainingCalls()
    {
        var calls = new List<RecordedCall>();
        while (_calls.Reader.TryRead(out var call))
        {
            calls.Add(call);
        }

        return calls;
    }

    public async ValueTask DisposeAsync()
    {
        while (_peers.Reader.TryRead(out var peer))
        {
            peer.Abort();
        }

        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            using var peer = new GatewayPeer(socket, context.Request.GetEncodedPathAndQuery());
            _peers.Writer.TryWrite(peer);
            await peer.RunAsync();
            return;
        }

        var call = await RecordAsync(context.Request);
        _calls.Writer.TryWrite(call);
        var answer = await AnswerAsync(call);
        if (answer.Status == 0)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (answer.Status != 204)
        {
            await context.Response.WriteAsync(answer.Body);
        }
    }

    private static async Task<RecordedCall> RecordAsync(HttpRequest request)
    {
        var json = default(JsonElement);
        var files = new List<(string, string, string, byte[])>();
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync();
            // A part with a content type of its own and no file name is a field.
            json = JsonSerializer.Deserialize<JsonElement>(form["payload_json"].ToString());
            foreach (var file in form.Files)
            {
                using var content = new MemoryStream();
                await file.CopyToAsync(content);
                files.Add((file.Name, file.FileName, file.ContentType, content.ToArray()));
            }
        }
        else if (request.ContentLength > 0)
        {
            json = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);
        }

        var target = request.GetEncodedPathAndQuery()["/api/v10".Length..];
        return new(request.Method, target, request.Headers.Authorization, request.Headers.UserAgent, request.ContentType, json, files);
    }

    private Task<Answer> AnswerAsync(RecordedCall call)
    {
        lock (_lock)
        {
            foreach (var (method, target, answer) in _script)
            {
                if (call.Method == method && call.Target == target)
                {
                    return answer(call);
                }
            }
        }

        return Task.FromResult((call.Method, call.Target) switch
        {
            ("GET", "/gateway/bot") => new Answer(200, GatewayBot),
            ("GET", "/applications/9/commands?with_localizations=true") => new Answer(200, Commands),
            ("PUT", "/applications/9/commands") => new Answer(200, "[]"),
            _ => Answer.Error(404, 0, "404: Not Found"),
        });
    }
}
