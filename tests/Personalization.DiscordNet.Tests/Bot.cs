using System.Text.Json;
using System.Threading.Channels;
using Discord.WebSocket;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Personalization.Discord;
using Personalization.Discord.Gateway;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Discord.Tests.StandIn;

namespace Personalization.DiscordNet.Tests;

/// <summary>A program with Discord.Net in it, connected to a stand-in.</summary>
internal sealed class Bot : IAsyncDisposable
{
    public const string Token = "bot.token";

    private readonly IHost _host;

    private Bot(HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IInteractionHandler>(Handler);
        builder.Services.AddSingleton<ILoggerProvider>(Logs);
        _host = builder.Build();
    }

    public LogSink Logs { get; } = new();

    public RecordingHandler Handler { get; } = new();

    public IDiscord Rest => _host.Services.GetRequiredService<IDiscord>();

    public GatewayState State => _host.Services.GetRequiredService<GatewayState>();

    public IGuildDirectory Guilds => _host.Services.GetRequiredService<IGuildDirectory>();

    /// <summary>Discord.Net itself.</summary>
    public DiscordShardedClient Client => _host.Services.GetRequiredService<Connection>().Client;

    /// <summary>Whether it has done everything that it does before the program ends.</summary>
    public bool IsOver => _host.Services.GetServices<IHostedService>().OfType<GatewayService>().Single().ExecuteTask is { IsCompletedSuccessfully: true };

    public IHostApplicationLifetime Lifetime => _host.Services.GetRequiredService<IHostApplicationLifetime>();

    public static async Task<Bot> StartAsync(DiscordStandIn standIn, IReadOnlyList<CommandDefinition>? commands = null, TimeSpan? answerWithin = null, TimeProvider? time = null, Action<DiscordOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.Configure<DiscordOptions>(options =>
        {
            options.Token = Token;
            options.ApiUrl = standIn.ApiUrl;
            options.AnswerWithin = answerWithin ?? options.AnswerWithin;
            configure?.Invoke(options);
        });
        builder.Services.AddDiscord();
        builder.Services.AddSingleton(commands ?? []);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSingleton<Random, HalfRandom>();
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        var bot = new Bot(builder);
        await bot._host.StartAsync();
        return bot;
    }

    /// <summary>Greets, takes the IDENTIFY and begins a session in which the bot is in server 7, whose channel 8 all members see.</summary>
    public static async Task<GatewayPeer> BeginAsync(DiscordStandIn standIn)
    {
        var peer = await standIn.AcceptAsync();
        await IdentifiedAsync(peer);
        await peer.DispatchAsync("READY", $$$"""{"v":10,"session_id":"first","resume_gateway_url":"ws://{{{standIn.Address.Authority}}}/resume","application":{"id":"9","flags":0},"guilds":[{"id":"7","unavailable":true}],"private_channels":[],"user":{"id":"9","username":"bot","discriminator":"0000","avatar":null}}""");
        await peer.DispatchAsync("GUILD_CREATE", """{"id":"7","name":"s","unavailable":false,"owner_id":"1","member_count":1,"nsfw_level":0,"emojis":[],"stickers":[],"features":[],"members":[],"presences":[],"voice_states":[],"threads":[],"stage_instances":[],"guild_scheduled_events":[],"soundboard_sounds":[],"roles":[{"id":"7","name":"@everyone","permissions":"3072","position":0,"colors":{"primary_color":0}}],"channels":[{"id":"8","type":0,"name":"open","position":0,"permission_overwrites":[]},{"id":"10","type":0,"name":"closed","position":1,"permission_overwrites":[{"id":"7","type":0,"allow":"0","deny":"1024"}]},{"id":"11","type":0,"name":"adults","position":2,"nsfw":true,"permission_overwrites":[]},{"id":"12","type":0,"name":"some","position":3,"permission_overwrites":[{"id":"99","type":1,"allow":"0","deny":"1024"}]}]}""");
        return peer;
    }

    /// <summary>Greets and takes the IDENTIFY, which Discord.Net sends a heartbeat before.</summary>
    public static async Task<JsonElement> IdentifiedAsync(GatewayPeer peer)
    {
        await peer.HelloAsync();
        while (true)
        {
            var message = await peer.ReceiveAsync();
            if (message.GetProperty("op").GetInt32() == 2)
            {
                return message.GetProperty("d");
            }
        }
    }

    public Task StopAsync() => _host.StopAsync().WaitAsync(Deadline.Of);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    /// <summary>Takes down what it is given; what it does with it is up to the test.</summary>
    internal sealed class RecordingHandler : IInteractionHandler
    {
        private readonly Channel<Interaction> _taken = Channel.CreateUnbounded<Interaction>();

        public Func<Interaction, Task> Do { get; set; } = _ => Task.CompletedTask;

        public Task<Interaction> TakenAsync() => _taken.Reader.ReadAsync().AsTask().WaitAsync(Deadline.Of);

        public Task RefuseAsync(Interaction interaction, InteractionRefusal refusal, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task HandleAsync(Interaction interaction, CancellationToken cancellationToken)
        {
            _taken.Writer.TryWrite(interaction);
            return Do(interaction);
        }
    }
}
