using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Personalization.App.Bot;
using Personalization.App.Web;
using Personalization.Playground;
using Personalization.Storage;
using Personalization.Storage.Sqlite;
using Personalization.Votes;

namespace Personalization.App.Tests;

/// <summary>The playground has no login: where it opens, and to whom.</summary>
public sealed class PlaygroundGuardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private StorageOptions Storage
    {
        get
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("DataDirectory", _folder.FullName)]).Build();
            using var services = new ServiceCollection().AddStorage(configuration).AddSqliteStorage().BuildServiceProvider();
            return services.GetRequiredService<IOptions<StorageOptions>>().Value;
        }
    }

    [Theory]
    [InlineData(null, "false", "http://localhost:5080", null)]
    [InlineData(null, "false", "http://127.0.0.1:0;http://[::1]:0", null)]
    [InlineData(null, "false", "http://0.0.0.0:5080", "Urls is \"http://0.0.0.0:5080\"")]
    [InlineData(null, "false", "http://localhost:1;http://+:5080", "Urls is \"http://+:5080\"")]
    [InlineData(null, "false", "http://my-computer:5080", "Urls is \"http://my-computer:5080\"")]
    [InlineData(null, "true", "http://localhost:5080", "Discord:Token is not set. Set Discord:Token (environment variable Discord__Token), or Playground:Enabled=true")]
    [InlineData(true, "true", "http://+:8080", null)]
    [InlineData(false, "false", "http://localhost:5080", "Discord:Token is not set and Playground:Enabled is false")]
    public void Playground_opens_to_other_computers_and_in_a_container_on_purpose_alone(bool? enabled, string inContainer, string urls, string? refusal) =>
        Holds(refusal, Refusal(enabled, inContainer, urls));

    [Theory]
    [InlineData(null)]
    [InlineData(true)]
    public void Playground_refuses_a_data_folder_that_a_bot_with_a_token_has_used(bool? enabled)
    {
        Assert.Null(Refusal(enabled));

        PlaygroundGuard.Mark(Storage);

        Holds("Discord:Token is not set, and a bot with a token has used DataDirectory", Refusal(enabled));
    }

    [Fact]
    public void Playground_opens_on_purpose_alone_where_endpoints_of_their_own_take_the_place_of_Urls() =>
        Holds("Kestrel:Endpoints:Web:Url is \"http://*:80\"", Refusal(enabled: null, settings: new KeyValuePair<string, string?>("Kestrel:Endpoints:Web:Url", "http://*:80")));

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task Playground_refuses_a_database_that_others_than_its_people_have_used(ulong person, bool isRefused)
    {
        var profiles = new ProfilesInMemory();
        await profiles.GetOrCreateAsync(new(person), TestContext.Current.CancellationToken);

        var check = PlaygroundGuard.CheckPeopleAsync(profiles, [new(1)], Storage, TestContext.Current.CancellationToken);

        Holds(isRefused ? "Discord:Token is not set, and people of Discord have used the database" : null, await LineAsync(check));
    }

    [Theory]
    [InlineData("localhost", null, 200)]
    [InlineData("127.0.0.1:5080", "http://127.0.0.1:5080", 200)]
    [InlineData("[::1]:5080", "http://[::1]:5080", 200)]
    [InlineData("pictures.example", "https://pictures.example", 200)]
    [InlineData("evil.example", null, 421)]
    [InlineData("localhost.evil.example", null, 421)]
    [InlineData("localhost:5080", "http://evil.example", 403)]
    [InlineData("localhost:5080", "http://localhost:3000", 403)]
    [InlineData("localhost:5080", "null", 403)]
    public async Task Playground_answers_its_own_hosts_and_origins_alone(string host, string? origin, int status)
    {
        await using var app = await ServeAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Urls.First());
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
    }

    [Theory]
    [InlineData("192.0.2.7", null, 403)]
    [InlineData("192.0.2.7", true, 200)]
    [InlineData("::ffff:127.0.0.1", null, 200)]
    public async Task Playground_answers_other_computers_on_purpose_alone(string remote, bool? enabled, int status)
    {
        await using var app = await ServeAsync(enabled, IPAddress.Parse(remote));
        using var client = new HttpClient();

        using var response = await client.GetAsync(app.Urls.First(), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
    }

    [Fact]
    public async Task Playground_stays_closed_once_a_bot_with_a_token_has_used_the_folder()
    {
        await using (var bot = App("--Discord:Token=token"))
        {
            bot.MarkDataFolderIfToken();
            bot.CheckPlaygroundIfNoToken();
        }

        await using var playground = App();
        Assert.Throws<OptionsValidationException>(playground.CheckPlaygroundIfNoToken);
    }

    [Fact]
    public async Task Playground_opens_to_the_taste_of_its_own_people_and_not_to_that_of_others()
    {
        await using var playground = App();
        await playground.Services.MigrateStorageAsync(TestContext.Current.CancellationToken);
        var profiles = playground.Services.GetRequiredService<IProfileStore>();
        await profiles.GetOrCreateAsync(new(playground.Services.GetRequiredService<IOptions<PlaygroundOptions>>().Value.People[0].Id), TestContext.Current.CancellationToken);
        await playground.CheckPeopleIfNoTokenAsync(TestContext.Current.CancellationToken);

        await profiles.GetOrCreateAsync(new(5), TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<OptionsValidationException>(() => playground.CheckPeopleIfNoTokenAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Playground_refuses_a_socket_of_another_origin()
    {
        await using var app = await ServeAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "http://evil.example");
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri(app.Urls.First().Replace("http", "ws")), TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static void Holds(string? beginning, string? line)
    {
        Assert.Equal(beginning is null, line is null);
        Assert.StartsWith(beginning ?? "", line ?? "", StringComparison.Ordinal);
    }

    private string? Refusal(bool? enabled, string inContainer = "false", string urls = "http://localhost:5080", params KeyValuePair<string, string?>[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("DOTNET_RUNNING_IN_CONTAINER", inContainer), new("Urls", urls), .. settings]).Build();
        try
        {
            PlaygroundGuard.Check(configuration, new() { Enabled = enabled }, Storage);
            return null;
        }
        catch (OptionsValidationException exception)
        {
            return Assert.Single(exception.Failures);
        }
    }

    private static async Task<string?> LineAsync(Task check)
    {
        try
        {
            await check;
            return null;
        }
        catch (OptionsValidationException exception)
        {
            return Assert.Single(exception.Failures);
        }
    }

    private WebApplication App(params string[] settings) => BotHost.CreateBuilder([$"--DataDirectory={_folder.FullName}", .. settings]).BuildChecked();

    /// <param name="remote">Where requests seem to come from; null for where they do.</param>
    private static async Task<WebApplication> ServeAsync(bool? enabled = null, IPAddress? remote = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<PlaygroundSettings>(settings =>
        {
            settings.Enabled = enabled;
            settings.Hosts.Add("pictures.example");
        });
        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = remote ?? context.Connection.RemoteIpAddress;
            return next(context);
        });
        app.UsePlaygroundGuard();
        app.UseWebSockets();
        app.Run(context => context.Response.WriteAsync("open", context.RequestAborted));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
