using System.Threading.Channels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Personalization.Discord.Gateway;
using Personalization.Discord.Interactions;
using Personalization.DiscordClient.Rest;

namespace Personalization.Discord.Tests.StandIn;

/// <summary>A program with the client in it, connected to a stand-in.</summary>
internal sealed class Bot : IAsyncDisposable
{
    public const string Token = "bot.token";

    private readonly IHost _host;

    private Bot(HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<IInteractionHandler>(Handler);
        builder.Services.AddSingleton<ILoggerProvider>(Logs);
        _host = builder.Build();
    }

    public WatchedTime Time { get; } = new();

    public LogSink Logs { get; } = new();

    public RecordingHandler Handler { get; } = new();

    public DiscordRest Rest => _host.Services.GetRequiredService<DiscordRest>();

    public AnswerRecord Answers => _host.Services.GetRequiredService<AnswerRecord>();

    public GatewayState State => _host.Services.GetRequiredService<GatewayState>();

    public IHostApplicationLifetime Lifetime => _host.Services.GetRequiredService<IHostApplicationLifetime>();

    public IServiceProvider Services => _host.Services;

    /// <summary>Does not start yet.</summary>
    public static Bot Create(DiscordStandIn standIn, IReadOnlyList<CommandDefinition>? commands = null, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Discord:Token"] = Token,
            ["Discord:ApiUrl"] = standIn.ApiUrl.ToString(),
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddDiscord();
        var options = builder.Services.AddOptions<DiscordOptions>().Bind(builder.Configuration.GetSection("Discord"));
        if (builder.Configuration["Discord:Token"] is not "")
        {
            options.ValidateOnStart();
        }

        builder.Services.AddSingleton(commands ?? []);
        builder.Services.AddSingleton<Random, HalfRandom>();
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        return new Bot(builder);
    }

    public static async Task<Bot> StartAsync(DiscordStandIn standIn, IReadOnlyList<CommandDefinition>? commands = null, params (string Key, string Value)[] settings)
    {
        var bot = Create(standIn, commands, settings);
        await bot.StartAsync();
        return bot;
    }

    public Task StartAsync() => _host.StartAsync();

    public Task StopAsync() => _host.StopAsync().WaitAsync(Deadline.Of);

    /// <summary>Waits until its commands are looked after, so that no request is under way.</summary>
    public Task SettledAsync() => Logs.SeesAsync("commands");

    public async ValueTask DisposeAsync()
    {
        Handler.Release();
        using var atOnce = new CancellationTokenSource(Deadline.Of, TimeProvider.System);
        await _host.StopAsync(atOnce.Token);
        await ((IAsyncDisposable)_host).DisposeAsync();
        Time.Advance(TimeSpan.FromMinutes(1));
    }

    /// <summary>Takes down what it is given; what it does with it is up to the test.</summary>
    internal sealed class RecordingHandler : IInteractionHandler
    {
        private readonly Channel<Interaction> _taken = Channel.CreateUnbounded<Interaction>();
        private readonly Channel<(ulong, InteractionRefusal)> _refused = Channel.CreateUnbounded<(ulong, InteractionRefusal)>();
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Func<Interaction, Task> Do { get; set; } = _ => Task.CompletedTask;

        /// <summary>Ends when the test releases it.</summary>
        public Task Released => _released.Task;

        public void Release() => _released.TrySetResult();

        public Task<Interaction> TakenAsync() => _taken.Reader.ReadAsync().AsTask().WaitAsync(Deadline.Of);

        /// <summary>The next interaction that was refused, and why.</summary>
        public Task<(ulong Id, InteractionRefusal Why)> RefusedAsync() => _refused.Reader.ReadAsync().AsTask().WaitAsync(Deadline.Of);

        public Task RefuseAsync(Interaction interaction, InteractionRefusal refusal, CancellationToken cancellationToken)
        {
            _refused.Writer.TryWrite((interaction.Handle.Id, refusal));
            return Task.CompletedTask;
        }

        public async Task HandleAsync(Interaction interaction, CancellationToken cancellationToken)
        {
            _taken.Writer.TryWrite(interaction);
            await Do(interaction);
        }
    }
}
