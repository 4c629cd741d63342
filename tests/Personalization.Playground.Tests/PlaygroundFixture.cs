using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Personalization.Playground.Tests;

/// <summary>A playground that listens, with a clock that stands still, a person's side and a bot's.</summary>
internal sealed class PlaygroundFixture : IAsyncDisposable
{
    public const string Token = "right";

    private readonly WebApplication _app;

    private PlaygroundFixture(WebApplication app)
    {
        _app = app;
        Bot = new HttpClient { BaseAddress = new Uri(Address, "/api/v10/") };
        Bot.DefaultRequestHeaders.Add("User-Agent", "DiscordBot (tests, 1)");
        Bot.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bot", Token);
        People = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(20) };
    }

    public Uri Address => new(_app.Urls.First());

    public FakeTimeProvider Time => (FakeTimeProvider)_app.Services.GetRequiredService<TimeProvider>();

    public PlaygroundServer Server => _app.Services.GetRequiredService<PlaygroundServer>();

    public PlaygroundOptions Options { get; } = new();

    /// <summary>REST as the bot with the right token.</summary>
    public HttpClient Bot { get; }

    /// <summary>What the chat page calls.</summary>
    public HttpClient People { get; }

    public string Channel => $"{Options.Guilds[0].Channels[0].Id}";

    /// <param name="configure">What differs from the defaults.</param>
    public static async Task<PlaygroundFixture> StartAsync(TimeProvider? time = null, Action<PlaygroundOptions>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(time ?? new FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero)));
        builder.Services.AddPlayground();
        builder.Services.Configure<PlaygroundOptions>(options => options.BotToken = Token);
        builder.Services.Configure(configure ?? (_ => { }));
        var app = builder.Build();
        app.UseWebSockets();
        app.MapPlayground();
        await app.StartAsync();
        return new(app);
    }

    public string Person(int index) => $"{Options.People[index].Id}";

    /// <summary>The id of a channel or conversation that a person sees, by the name it has for them.</summary>
    public async Task<string> PlaceAsync(int person, string name)
    {
        var state = (await People.GetFromJsonAsync<JsonObject>($"/playground/state?person={Person(person)}"))!;
        var all = state["guilds"]!.AsArray().SelectMany(guild => guild!["channels"]!.AsArray()).Concat(state["conversations"]!.AsArray());
        return all.Single(channel => channel!["name"]!.ToString() == name)!["id"]!.ToString();
    }

    /// <summary>Does something as a person, in the first channel unless the form names another, and waits for the bot's answer.</summary>
    public async Task<JsonObject> InteractAsync(int person, JsonObject form)
    {
        form["person"] = Person(person);
        form["channel"] ??= Channel;
        using var response = await People.PostAsJsonAsync("/playground/interactions?wait=true", form);
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    public async Task<IReadOnlyList<JsonObject>> MessagesAsync(int person)
    {
        var state = (await People.GetFromJsonAsync<JsonObject>($"/playground/state?person={Person(person)}"))!;
        return [.. state["messages"]!.AsArray().Select(message => message!.AsObject())];
    }

    public async ValueTask DisposeAsync()
    {
        Bot.Dispose();
        People.Dispose();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
