using Discord;
using Discord.Net.WebSockets;
using Discord.Rest;
using Discord.WebSocket;
using Microsoft.Extensions.Options;
using Personalization.Discord;

namespace Personalization.DiscordNet;

/// <summary>Discord.Net's client, made at its first use: a playground tells its address once it listens.</summary>
internal sealed class Connection : IDisposable
{
    // How long a call waits for the bot to log in.
    private static readonly TimeSpan LoginTimeout = TimeSpan.FromSeconds(30);

    // How long a shard may take until it is ready, and how long it waits for its turn: Discord takes one in five seconds.
    private static readonly TimeSpan ConnectionTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _loggedIn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<DiscordShardedClient> _client;
    private readonly RestTransports _transports;
    private readonly TimeProvider _time;
    private DiscordSocketConfig? _settings;

    public Connection(IOptions<DiscordOptions> options, RestTransports transports, TimeProvider time)
    {
        _transports = transports;
        _time = time;
        _client = new(() => Create(options.Value));
    }

    public DiscordShardedClient Client => _client.Value;

    /// <summary>The client once it is logged in, so that it may be asked for something.</summary>
    /// <exception cref="HttpRequestException">It is not logged in, since Discord cannot be reached.</exception>
    public async Task<DiscordShardedClient> LoggedInAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _loggedIn.Task.WaitAsync(LoginTimeout, _time, cancellationToken);
            return Client.LoginState == LoginState.LoggedIn ? Client : throw new HttpRequestException("The bot is no longer logged in to Discord.");
        }
        catch (TimeoutException exception)
        {
            throw new HttpRequestException("The bot is not logged in to Discord yet.", exception);
        }
    }

    /// <summary>Gives each of the shards that Discord recommends the time to wait for its turn.</summary>
    /// <returns>Whether the shards have to be created again, by another login.</returns>
    public bool AllowForShards()
    {
        var needed = TimeoutFor(Client.Shards.Count);
        var isMore = needed > _settings!.ConnectionTimeout;
        _settings.ConnectionTimeout = Math.Max(needed, _settings.ConnectionTimeout);
        return isMore;
    }

    /// <summary>Tells that <see cref="Client"/> is logged in.</summary>
    public void LoggedIn() => _loggedIn.TrySetResult();

    /// <summary>The settings of a client that writes with an interaction's token.</summary>
    public DiscordRestConfig ForInteractions() => Configure(new DiscordRestConfig { RestClientProvider = _transports.Interactions });

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private DiscordShardedClient Create(DiscordOptions options)
    {
        var settings = _settings = Configure(new DiscordSocketConfig
        {
            RestClientProvider = _transports.Bot,
            // Discord.Net completes the address that Discord tells, and not one that is set.
            GatewayHost = options.GatewayUrl is { } gateway ? new UriBuilder(gateway) { Query = "v=10&encoding=json&compress=zlib-stream" }.Uri.AbsoluteUri : null,
            WebSocketProvider = DefaultWebSocketProvider.Create(HttpClient.DefaultProxy),
            ConnectionTimeout = TimeoutFor(options.Shards?.Count ?? options.ShardCount ?? 1),
            TotalShards = options.ShardCount,
            // For who sees which channel, and for deleted messages: neither is privileged, and interactions need none.
            GatewayIntents = GatewayIntents.Guilds | GatewayIntents.GuildMessages,
            LogGatewayIntentWarnings = false,
            MessageCacheSize = 0,
            // What is done on an event waits for nothing.
            HandlerTimeout = null,
        });
        return options.Shards is { } shards ? new([.. shards], settings) : new(settings);
    }

    private static int TimeoutFor(int shards) => (int)(ConnectionTimeout + (shards * Turn)).TotalMilliseconds;

    // By Discord's clock alone, which counts how long things take: this machine's may be wrong.
    private static T Configure<T>(T settings)
        where T : DiscordRestConfig
    {
        settings.UseSystemClock = false;
        settings.UseInteractionSnowflakeDate = false;
        settings.ResponseInternalTimeCheck = false;
        // Below, the log has paths with interactions' tokens in them.
        settings.LogLevel = LogSeverity.Info;
        settings.DefaultRetryMode = RetryMode.RetryRatelimit;
        return settings;
    }
}
