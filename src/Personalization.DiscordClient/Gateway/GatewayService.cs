using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Personalization.Discord;
using Personalization.Discord.Gateway;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.DiscordClient.Interactions;
using Personalization.DiscordClient.Rest;

namespace Personalization.DiscordClient.Gateway;

/// <summary>
/// Keeps the shards connected once the program has started, registers the commands, and hands interactions to the
/// handler, off the connections' read loops.
/// </summary>
internal sealed partial class GatewayService(
    DiscordRest rest,
    IInteractionHandler handler,
    IReadOnlyList<CommandDefinition> commands,
    GatewayState state,
    GuildDirectory guilds,
    DeletedMessages deleted,
    AnswerRecord answers,
    IOptions<DiscordOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    Random random,
    ILogger<GatewayService> logger) : BackgroundService
{
    private static readonly TimeSpan Unreachable = TimeSpan.FromSeconds(5);

    private readonly InteractionQueue _interactions = new(handler, answers, time, logger);
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
            _interactions.Complete();
            await handling;
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
        var gateway = await GatewayAsync(cancellationToken);
        var settings = options.Value;
        var count = settings.ShardCount ?? gateway.Shards;
        var url = settings.GatewayUrl ?? gateway.Url;
        var gate = new IdentifyGate(gateway.MaximumConcurrency, gateway.RemainingStarts, gateway.TotalStarts, gateway.ResetAfter, time);
        var indices = settings.Shards ?? [.. Enumerable.Range(0, count)];
        // Before the first connects: the bot is not ready until every shard is.
        foreach (var index in indices)
        {
            state.Set(index, isReady: false);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var shards = indices
            .Select(index => new Shard(index, count, settings.Token, url, gate, state, OnEvent, time, random, logger).RunAsync(stop.Token))
            .ToList();
        // Shards run until they are stopped or one meets a fatal close code; then all of them close cleanly.
        var first = await Task.WhenAny(shards);
        await stop.CancelAsync();
        await Task.WhenAll(shards).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    // The network may not be up yet when the machine boots: keep trying.
    private async Task<GatewayAddress> GatewayAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return GatewayAddress.Read(await rest.GetGatewayAsync(cancellationToken));
            }
            catch (Exception exception) when (exception is HttpRequestException or InvalidDataException or DiscordException { Status: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests })
            {
                LogUnreachable(exception.Message);
                await Task.Delay(Unreachable, time, cancellationToken);
            }
        }
    }

    private void OnEvent(string name, JsonElement data)
    {
        switch (name)
        {
            case "READY" when Interlocked.Exchange(ref _isRegistered, 1) == 0:
                var applicationId = data.GetProperty("application").Snowflake("id")!.Value;
                _ = Task.Run(() => RegisterAsync(applicationId, lifetime.ApplicationStopping));
                break;
            case "INTERACTION_CREATE":
                OnInteraction(data);
                break;
            default:
                guilds.Take(name, data);
                if (DeletedIn(name, data) is { Count: > 0 } ids && !deleted.Add(ids))
                {
                    LogDeletionLost();
                }

                break;
        }
    }

    /// <summary>The messages that an event tells of as deleted together.</summary>
    internal static IReadOnlyList<ulong> DeletedIn(string name, JsonElement data) => name switch
    {
        "MESSAGE_DELETE" when data.Snowflake("id") is { } id => [id],
        "MESSAGE_DELETE_BULK" => [.. data.Items("ids").Select(id => ulong.TryParse(id.GetString(), out var number) ? number : 0)],
        _ => [],
    };

    private void OnInteraction(JsonElement data)
    {
        try
        {
            if (GatewayInteraction.Read(data, rest, time.GetUtcNow()) is { } interaction)
            {
                _interactions.Add(interaction);
            }
        }
        catch (Exception exception) when (exception.IsMalformedJson() && GatewayInteraction.ReadUnreadable(data, rest, time.GetUtcNow()) is { } unreadable)
        {
            LogUnreadable(unreadable.Handle.Id, exception.Message);
            _interactions.Refuse(unreadable, InteractionRefusal.Unreadable);
        }
    }

    private async Task RegisterAsync(ulong applicationId, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var command in commands)
            {
                command.Check();
            }

            var known = await rest.GetCommandsAsync(applicationId, cancellationToken);
            if (CommandComparison.AreSame(known, commands))
            {
                LogUnchanged(commands.Count);
                return;
            }

            await rest.PutCommandsAsync(applicationId, commands, cancellationToken);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Interaction {Interaction} cannot be read: {Reason}")]
    private partial void LogUnreadable(ulong interaction, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A deleted message is not handled: too many wait")]
    private partial void LogDeletionLost();

    [LoggerMessage(Level = LogLevel.Information, Message = "All {Count} commands are registered with Discord already")]
    private partial void LogUnchanged(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Registered {Count} commands")]
    private partial void LogRegistered(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The commands could not be registered")]
    private partial void LogUnregistered(Exception exception);
}
