using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Personalization.Playground;

namespace Personalization.EndToEnd;

/// <summary>The playground in a host of its own, so that it outlives the bot that is killed.</summary>
internal sealed class PlaygroundHost : IAsyncDisposable
{
    public const string Token = "end-to-end";

    private readonly WebApplication _app;

    private PlaygroundHost(WebApplication app, MovableTime time)
    {
        _app = app;
        Time = time;
        Server = app.Services.GetRequiredService<PlaygroundServer>();
        Server.OnRequest = OnRequest;
    }

    public MovableTime Time { get; }

    public PlaygroundServer Server { get; }

    public Uri Address => new(_app.Urls.First());

    /// <summary>What leads a bot here.</summary>
    public IReadOnlyList<(string Key, string Value)> Settings => [("Discord:Token", Token), ("Discord:ApiUrl", new Uri(Address, "/api/v10/").ToString())];

    /// <summary>Every REST request the bot made, oldest first.</summary>
    public ConcurrentQueue<RecordedRequest> Requests { get; } = new();

    /// <summary>Called with each request before it is carried out; where a kill hits the exact moment.</summary>
    public Action<RecordedRequest> BeforeRequest { get; set; } = _ => { };

    public static async Task<PlaygroundHost> StartAsync(Action<PlaygroundOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var time = new MovableTime();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddPlayground();
        builder.Services.Configure<PlaygroundOptions>(options =>
        {
            options.BotToken = Token;

            // Three seconds are Discord's for a bot on a machine of its own; here many start at once.
            options.AnswerWithin = TimeSpan.FromSeconds(30);
        });
        builder.Services.Configure(configure ?? (_ => { }));
        var app = builder.Build();
        app.UseWebSockets();
        app.MapPlayground();
        await app.StartAsync();
        return new(app, time);
    }

    public Task<Person> JoinAsync(int index) => Person.JoinAsync(Address, index, channel: 0);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private void OnRequest(RecordedRequest request)
    {
        Requests.Enqueue(request with { Json = request.Json.DeepClone() });
        BeforeRequest(request);
    }
}
