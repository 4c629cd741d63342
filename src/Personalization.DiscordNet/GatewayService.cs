using System.Collections.Concurrent;
using System.Net.WebSockets;
using Discord;
using Discord.Net;
using Discord.WebSocket;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Personalization.Discord;
using Personalization.Discord.Gateway;
using Personalization.Discord.Interactions;

namespace Personalization.DiscordNet;

/// <summary>
/// Keeps Discord.Net connected once the program has started, registers the commands, and hands interactions to the handler, off
/// the connections' read loops.
/// </summary>
internal sealed partial class GatewayService(
    Connection connection,
    IInteractionHandler handler,
    IReadOnlyList<CommandDefinition> commands,
    GatewayState state,
    GuildDirectory guilds,
    DeletedMessages deleted,
    AnswerRecord answers,
    IOptions<DiscordOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<GatewayService> logger) : ClientService(handler, deleted, answers, lifetime, time, logger)
{
    // After these two, Discord.Net would never connect again.
    private const int SessionOver = 4006;
    private const string ReadyFailed = "Processing READY failed";

    // Discord.Net begins with the session that Discord says is over, and has no way to drop it.
    private const int MaxSessionsOver = 3;

    // Discord.Net keeps everyone who wrote something, and needs none of them.
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<int, bool> _onceReady = new();
    private readonly TaskCompletionSource _fatal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DiscordNetLog _log = new(logger);
    private readonly ShardKeeper _keeper = new(time, logger, lifetime.ApplicationStopping);

    protected override async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var client = connection.Client;
        client.Log += _log.Write;
        client.ShardReady += OnReady;
        client.ShardConnected += OnConnected;
        client.ShardDisconnected += OnDisconnected;
        client.InteractionCreated += OnInteraction;
        client.GuildAvailable += OnGuild;
        client.JoinedGuild += OnGuild;
        client.MessageDeleted += (message, _) => OnDeleted([message.Id]);
        client.MessagesBulkDeleted += (messages, _) => OnDeleted([.. messages.Select(message => message.Id)]);
        await ReachAsync(() => LogInAsync(client, cancellationToken), cancellationToken);
        // Before the first connects: the bot is not ready until every shard is.
        foreach (var shard in client.Shards)
        {
            state.Set(shard.ShardId, isReady: false);
        }

        connection.LoggedIn();
        await client.StartAsync();
        await StayAsync(cancellationToken);
    }

    private async Task<bool> LogInAsync(DiscordShardedClient client, CancellationToken cancellationToken)
    {
        do
        {
            await new RestCall { MayBeUnread = false }.RunAsync(_ => client.LoginAsync(TokenType.Bot, options.Value.Token, validateToken: false), cancellationToken);
        }
        while (connection.AllowForShards());
        return true;
    }

    // Until something fatal happens.
    private async Task StayAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await _fatal.Task.WaitAsync(PurgeInterval, Time, cancellationToken);
            }
            catch (TimeoutException)
            {
                foreach (var shard in connection.Client.Shards.Where(shard => shard.CurrentUser is not null))
                {
                    shard.PurgeUserCache();
                }
            }
        }
    }

    protected override async Task DisconnectAsync()
    {
        var client = connection.Client;
        // That it is closed is not worth a warning: it was asked for.
        client.Log -= _log.Write;
        client.ShardDisconnected -= OnDisconnected;
        // Discord.Net has no shards before it is logged in.
        if (client.Shards is not null)
        {
            await client.StopAsync();
        }

        client.InteractionCreated -= OnInteraction;
    }

    protected override async Task LogOutAsync()
    {
        try
        {
            await connection.Client.LogoutAsync();
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            LogNotClosed(Logger, exception.Message);
        }
    }

    private Task OnReady(DiscordSocketClient shard)
    {
        _onceReady[shard.ShardId] = true;
        state.Set(shard.ShardId, isReady: true);
        RegisterOnce(commands.Count, cancellationToken => RegisterAsync(shard, cancellationToken));
        return Task.CompletedTask;
    }

    // At first it is ready only once it knows its servers; after a resumed session it does.
    private Task OnConnected(DiscordSocketClient shard)
    {
        _keeper.Connected(shard);
        state.Set(shard.ShardId, _onceReady.ContainsKey(shard.ShardId));
        return Task.CompletedTask;
    }

    private Task OnDisconnected(Exception exception, DiscordSocketClient shard)
    {
        state.Set(shard.ShardId, isReady: false);
        var code = (exception as WebSocketClosedException ?? exception.InnerException as WebSocketClosedException)?.CloseCode;
        LogDisconnected(Logger, shard.ShardId, code?.ToString() ?? exception.GetType().Name);
        if (CloseCodes.Fatal((WebSocketCloseStatus?)code) is { } reason)
        {
            _fatal.TrySetException(new GatewayFatalException(reason));
        }
        else if (_keeper.Disconnected(shard, isGivenUp: code == SessionOver || exception.Message == ReadyFailed) >= MaxSessionsOver && code == SessionOver)
        {
            _fatal.TrySetException(new GatewayFatalException($"Discord ends the session of shard {shard.ShardId} each time that it is resumed ({SessionOver}). Start the program again: it begins a new one."));
        }

        return Task.CompletedTask;
    }

    private Task OnInteraction(SocketInteraction socket)
    {
        if (SocketInteractionAdapter.Read(socket, Answers, Time, options.Value.AnswerWithin) is { } interaction)
        {
            if (interaction.IsUnreadable)
            {
                Interactions.Refuse(interaction, InteractionRefusal.Unreadable);
            }
            else
            {
                Interactions.Add(interaction);
            }
        }

        return Task.CompletedTask;
    }

    private Task OnGuild(SocketGuild guild)
    {
        guilds.Take(guild);
        return Task.CompletedTask;
    }

    private Task OnDeleted(IReadOnlyList<ulong> ids)
    {
        Deleted(ids);
        return Task.CompletedTask;
    }

    private async Task<bool> RegisterAsync(DiscordSocketClient shard, CancellationToken cancellationToken)
    {
        await new RestCall { Patience = TimeSpan.FromMinutes(10) }.RunAsync(request => shard.BulkOverwriteGlobalApplicationCommandsAsync([.. commands.Select(Commands.Build)], request), cancellationToken);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} lost its connection: {Reason}")]
    private static partial void LogDisconnected(ILogger logger, int shard, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The connection was not closed cleanly: {Reason}")]
    private static partial void LogNotClosed(ILogger logger, string reason);
}
