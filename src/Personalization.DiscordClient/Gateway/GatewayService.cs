using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Personalization.Discord;
using Personalization.Discord.Gateway;
using Personalization.Discord.Interactions;
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
    ILogger<GatewayService> logger) : ClientService(handler, deleted, answers, lifetime, time, logger)
{
    protected override async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var gateway = await ReachAsync(async () => GatewayAddress.Read(await rest.GetGatewayAsync(cancellationToken)), cancellationToken);
        var settings = options.Value;
        var count = settings.ShardCount ?? gateway.Shards;
        var url = settings.GatewayUrl ?? gateway.Url;
        var gate = new IdentifyGate(gateway.MaximumConcurrency, gateway.RemainingStarts, gateway.TotalStarts, gateway.ResetAfter, Time);
        var indices = settings.Shards ?? [.. Enumerable.Range(0, count)];
        // Before the first connects: the bot is not ready until every shard is.
        foreach (var index in indices)
        {
            state.Set(index, isReady: false);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var shards = indices
            .Select(index => new Shard(index, count, settings.Token, url, gate, state, OnEvent, Time, random, Logger).RunAsync(stop.Token))
            .ToList();
        // Shards run until they are stopped or one meets a fatal close code; then all of them close cleanly.
        var first = await Task.WhenAny(shards);
        await stop.CancelAsync();
        await Task.WhenAll(shards).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private void OnEvent(string name, JsonElement data)
    {
        switch (name)
        {
            case "READY":
                var applicationId = data.GetProperty("application").Snowflake("id")!.Value;
                RegisterOnce(commands.Count, cancellationToken => RegisterAsync(applicationId, cancellationToken));
                break;
            case "INTERACTION_CREATE":
                OnInteraction(data);
                break;
            default:
                guilds.Take(name, data);
                if (DeletedIn(name, data) is { Count: > 0 } ids)
                {
                    Deleted(ids);
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
            if (GatewayInteraction.Read(data, rest, Time.GetUtcNow()) is { } interaction)
            {
                Interactions.Add(interaction);
            }
        }
        catch (Exception exception) when (exception.IsMalformedJson() && GatewayInteraction.ReadUnreadable(data, rest, Time.GetUtcNow()) is { } unreadable)
        {
            LogUnreadable(Logger, unreadable.Handle.Id, exception.Message);
            Interactions.Refuse(unreadable, InteractionRefusal.Unreadable);
        }
    }

    private async Task<bool> RegisterAsync(ulong applicationId, CancellationToken cancellationToken)
    {
        foreach (var command in commands)
        {
            command.Check();
        }

        var known = await rest.GetCommandsAsync(applicationId, cancellationToken);
        if (CommandComparison.AreSame(known, commands))
        {
            return false;
        }

        await rest.PutCommandsAsync(applicationId, commands, cancellationToken);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Interaction {Interaction} cannot be read: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, ulong interaction, string reason);
}
