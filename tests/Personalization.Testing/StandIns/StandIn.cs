using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Personalization.Testing.StandIns;

/// <summary>
/// An image server for tests on a real loopback port: as strict as the real one about method, path, types and headers, and
/// able to fail as the real one does. Its pictures depend only on the request.
/// </summary>
public abstract class StandIn : IAsyncDisposable
{
    private readonly ConcurrentQueue<Call> _calls = new();
    private readonly List<Trouble> _troubles = [];
    private readonly Lock _lock = new();
    private readonly Socket _place = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly int _port;
    private WebApplication? _app;
    private TaskCompletionSource _called = NewSignal();

    protected StandIn()
    {
        // Bound but not listening: connections are refused while the server is stopped, and no other process gets the port.
        _place.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _port = ((IPEndPoint)_place.LocalEndPoint!).Port;
        if (!OperatingSystem.IsLinux())
        {
            // On other systems the server itself could not bind the port.
            _place.Dispose();
        }
    }

    /// <summary>The address, also after a restart.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>All calls, in order.</summary>
    public IReadOnlyList<Call> Calls => [.. _calls];

    /// <summary>The calls that ask for something to be done, in order.</summary>
    public IReadOnlyList<Call> Posts => [.. _calls.Where(call => call.Method == "POST")];

    /// <summary>Starts listening, without any state from before.</summary>
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, _port);
            kestrel.Limits.MaxRequestBodySize = 100_000_000;
        });
        var app = builder.Build();
        app.UseWebSockets();
        app.Use(RecordAsync);
        Forget();
        Map(app);
        await app.StartAsync();
        _app = app;
    }

    /// <summary>Stops abruptly: connections break, later ones are refused.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _app, null) is not { } app)
        {
            return;
        }

        using var now = new CancellationTokenSource(TimeSpan.Zero);
        try
        {
            await app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // Connections were cut, as asked.
        }

        await app.DisposeAsync();
    }

    /// <summary>Stops abruptly and starts again on the same port, without its jobs.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    /// <summary>Makes the next matching calls fail.</summary>
    /// <param name="method">Such as <c>POST</c>.</param>
    /// <param name="path">The beginning of the path.</param>
    /// <param name="answer">Answers instead of the server.</param>
    /// <param name="after">How many matching calls succeed before.</param>
    public void FailNext(string method, string path, Func<HttpContext, Task> answer, int times = 1, int after = 0)
    {
        lock (_lock)
        {
            _troubles.Add(new(method, path, answer) { Left = times, After = after });
        }
    }

    /// <summary>Answers a call with a status and a body.</summary>
    public static Func<HttpContext, Task> Status(int status, string body, string contentType = "application/json") => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        await context.Response.WriteAsync(body);
    };

    /// <summary>Never answers.</summary>
    public static Func<HttpContext, Task> Hang() => async context =>
    {
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(aborted.SetResult);
        await aborted.Task;
    };

    /// <summary>Cuts the connection without an answer.</summary>
    public static Task Cut(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Announces more than it sends, then cuts the connection.</summary>
    public static Func<HttpContext, Task> HalfABody() => async context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("{\"images\":[\"iVBOR");
        await context.Response.Body.FlushAsync();
        context.Abort();
    };

    /// <summary>Waits for a matching call, for at most 30 seconds. It may not have been answered yet; a condition of another kind is looked at with each call, and again when that is answered.</summary>
    public async Task<Call> CalledAsync(Func<Call, bool> isIt)
    {
        while (true)
        {
            Task called;
            lock (_lock)
            {
                called = _called.Task;
            }

            if (_calls.FirstOrDefault(isIt) is { } call)
            {
                return call;
            }

            await called.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _place.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether it rejects content that is declared neither as JSON nor as a form.</summary>
    protected virtual bool IsStrictAboutTypes => true;

    /// <summary>Adds the server's routes.</summary>
    protected abstract void Map(WebApplication app);

    /// <summary>Drops the state of all jobs; called at each start.</summary>
    protected abstract void Forget();

    private async Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        using var body = new MemoryStream();
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            context.Request.Body = new MemoryStream(body.ToArray());
        }

        var request = context.Request;
        _calls.Enqueue(new(
            request.Method,
            request.Path.Value ?? "",
            request.QueryString.Value ?? "",
            request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray()));
        Trouble? trouble;
        lock (_lock)
        {
            trouble = _troubles.Find(one => one.Left > 0 && one.Method == request.Method && $"{request.Path}/".StartsWith($"{one.Path.TrimEnd('/')}/", StringComparison.Ordinal));
            if (trouble?.After > 0)
            {
                trouble.After--;
                trouble = null;
            }
            else if (trouble is not null)
            {
                trouble.Left--;
            }
        }

        Signal();
        try
        {
            await AnswerAsync(context, next, trouble);
        }
        finally
        {
            Signal();
        }
    }

    private Task AnswerAsync(HttpContext context, RequestDelegate next, Trouble? trouble)
    {
        var request = context.Request;
        return trouble is not null ? trouble.Answer(context)
            : request.Method == "POST" && IsStrictAboutTypes && !request.HasFormContentType && request.ContentType != "application/json" ? Status(415, """{"detail":"Unsupported Media Type"}""")(context)
            : next(context);
    }

    private void Signal()
    {
        lock (_lock)
        {
            _called.SetResult();
            _called = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Trouble(string Method, string Path, Func<HttpContext, Task> Answer)
    {
        public int Left { get; set; }

        public int After { get; set; }
    }
}
