using System.Collections.Concurrent;
using System.Net;
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
using Personalization.Discord.Rest;

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
    ILogger<GatewayService> logger) : BackgroundService
{
    // After these two, Discord.Net would never connect again.
    private const int SessionOver = 4006;
    private const string ReadyFailed = "Processing READY failed";

    // Discord.Net begins with the session that Discord says is over, and has no way to drop it.
    private const int MaxSessionsOver = 3;

    private static readonly TimeSpan Unreachable = TimeSpan.FromSeconds(5);

    // Discord.Net keeps everyone who wrote something, and needs none of them.
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromMinutes(10);

    private readonly DiscordNetLog _log = new(logger);
    private readonly ShardKeeper _keeper = new(time, logger, lifetime.ApplicationStopping);
    private readonly InteractionQueue _interactions = new(handler, answers, time, logger);
    private readonly ConcurrentDictionary<int, bool> _onceReady = new();
    private readonly TaskCompletionSource _fatal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isRegistered;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);

        // Stop as soon as the program is asked to: in the playground the web listener waits for this connection to close.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);

        var handling = _interactions.RunAsync();
        try
        {
            await ConnectAsync(stopping.Token);
            await StayAsync(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped, as asked.
        }
        catch (Exception exception) when (exception is GatewayFatalException or DiscordException or OptionsValidationException)
        {
            LogFatal(exception.Message);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
        finally
        {
            // What has come in is still answered: logging out would cancel the answers.
            await StopShardsAsync();
            _interactions.Complete();
            await handling;
            await LogOutAsync();
        }
    }

    public override void Dispose()
    {
        _interactions.Dispose();
        base.Dispose();
    }

    // The gateway may be this program's own listener (the playground), whose address is known only once it has started.
    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
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
        await LogInAsync(client, cancellationToken);
        // Before the first connects: the bot is not ready until every shard is.
        foreach (var shard in client.Shards)
        {
            state.Set(shard.ShardId, isReady: false);
        }

        connection.LoggedIn();
        await client.StartAsync();
    }

    // The network may not be up yet when the machine boots: keep trying.
    private async Task LogInAsync(DiscordShardedClient client, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                do
                {
                    await new RestCall { MayBeUnread = false }.RunAsync(_ => client.LoginAsync(TokenType.Bot, options.Value.Token, validateToken: false), cancellationToken);
                }
                while (connection.AllowForShards());
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or DiscordException { Status: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests })
            {
                LogUnreachable(exception.Message);
                await Task.Delay(Unreachable, time, cancellationToken);
            }
        }
    }

    // Until something fatal happens.
    private async Task StayAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await _fatal.Task.WaitAsync(PurgeInterval, time, cancellationToken);
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

    private async Task StopShardsAsync()
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

    private async Task LogOutAsync()
    {
        try
        {
            await connection.Client.LogoutAsync();
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            LogNotClosed(exception.Message);
        }
    }

    private Task OnReady(DiscordSocketClient shard)
    {
        _onceReady[shard.ShardId] = true;
        state.Set(shard.ShardId, isReady: true);
        if (Interlocked.Exchange(ref _isRegistered, 1) == 0)
        {
            _ = Task.Run(() => RegisterAsync(shard, lifetime.ApplicationStopping));
        }

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
        LogDisconnected(shard.ShardId, code?.ToString() ?? exception.GetType().Name);
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
        if (SocketInteractionAdapter.Read(socket, answers, time, options.Value.AnswerWithin) is { } interaction)
        {
            if (interaction.IsUnreadable)
            {
                _interactions.Refuse(interaction, InteractionRefusal.Unreadable);
            }
            else
            {
                _interactions.Add(interaction);
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
        if (!deleted.Add(ids))
        {
            LogDeletionLost();
        }

        return Task.CompletedTask;
    }

    private async Task RegisterAsync(DiscordSocketClient shard, CancellationToken cancellationToken)
    {
        try
        {
            await new RestCall { Patience = TimeSpan.FromMinutes(10) }.RunAsync(request => shard.BulkOverwriteGlobalApplicationCommandsAsync([.. commands.Select(Commands.Build)], request), cancellationToken);
            LogRegistered(commands.Count);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The commands registered earlier still work; the next READY tries again.
            _isRegistered = 0;
            LogUnregistered(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Reason}")]
    private partial void LogFatal(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Discord cannot be reached and is tried again: {Reason}")]
    private partial void LogUnreachable(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shard {Shard} lost its connection: {Reason}")]
    private partial void LogDisconnected(int shard, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The connection was not closed cleanly: {Reason}")]
    private partial void LogNotClosed(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A deleted message is not handled: too many wait")]
    private partial void LogDeletionLost();

    [LoggerMessage(Level = LogLevel.Information, Message = "Registered {Count} commands")]
    private partial void LogRegistered(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The commands could not be registered")]
    private partial void LogUnregistered(Exception exception);
}
