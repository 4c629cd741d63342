using System.Globalization;
using System.Net;
using Discord;
using Discord.Rest;
using Discord.WebSocket;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using ErrorCode = Personalization.Discord.Rest.DiscordErrorCode;

namespace Personalization.DiscordNet;

/// <summary>An interaction that Discord.Net received, answered by Discord.Net.</summary>
internal sealed class SocketInteractionAdapter : Interaction
{
    // For finding out what became of an answer.
    private static readonly TimeSpan AfterthoughtTimeout = TimeSpan.FromSeconds(2);

    private readonly SocketInteraction _socket;
    private readonly AnswerRecord _answers;
    private readonly TimeProvider _clock;

    private SocketInteractionAdapter(SocketInteraction socket, AnswerRecord answers, InteractionHandle handle, TimeProvider clock, TimeSpan answerWithin)
        : base(handle, new AnswerTime(clock, answerWithin)) => (_socket, _answers, _clock) = (socket, answers, clock);

    /// <summary>Whether a text is longer than Discord lets people type, so that the interaction must not be handled.</summary>
    public bool IsUnreadable => Texts.Values.Any(text => text.Length > MaximumText);

    /// <returns>Null for a kind that the bot does not take.</returns>
    public static SocketInteractionAdapter? Read(SocketInteraction socket, AnswerRecord answers, TimeProvider clock, TimeSpan answerWithin)
    {
        var name = socket switch
        {
            SocketSlashCommand command => command.Data.Name,
            SocketMessageComponent component => component.Data.CustomId,
            SocketModal modal => modal.Data.CustomId,
            SocketAutocompleteInteraction autocomplete => autocomplete.Data.CommandName,
            _ => null,
        };
        if (name is null)
        {
            return null;
        }

        var thread = socket.InteractionChannel as IThreadChannel;
        var isByGuild = socket.GuildId is { } guild && socket.IntegrationOwners?.GetValueOrDefault(ApplicationIntegrationType.GuildInstall) == guild;
        return new(socket, answers, new(socket.Id, socket.ApplicationId, socket.Token, socket.ChannelId, socket.GuildId, clock.GetUtcNow()), clock, answerWithin)
        {
            Kind = (InteractionKind)socket.Type,
            Name = name,
            User = new(socket.User.Id, socket.User.Username ?? "", socket.User.GlobalName),
            Locale = socket.UserLocale,
            Message = (socket as SocketMessageComponent)?.Message is { } message ? DiscordNetRest.Read(message) : null,
            Values = [.. (socket as SocketMessageComponent)?.Data.Values ?? []],
            Focused = (socket as SocketAutocompleteInteraction)?.Data.Current?.Name,
            AttachmentSizeLimit = socket.AttachmentSizeLimit == 0 ? DefaultAttachmentSizeLimit : (long)socket.AttachmentSizeLimit,
            CanPostToChannel = socket.ContextType == InteractionContextType.BotDm || (isByGuild && MayPost(socket.Permissions, isThread: thread is not null)),
            IsInstalledByGuild = isByGuild,
            MayManageGuild = socket.User is SocketGuildUser { GuildPermissions: var permissions } && (permissions.ManageGuild || permissions.Administrator),
            IsInPrivateThread = thread?.Type == ThreadType.PrivateThread,
            // Discord does not say it of threads.
            IsAgeRestricted = thread is not null ? null : socket.InteractionChannel is ITextChannel { IsNsfw: true },
            ThreadParentId = thread switch
            {
                SocketThreadChannel known => known.ParentChannel?.Id,
                RestThreadChannel told => told.ParentChannelId,
                _ => null,
            },
            Texts = ReadTexts(socket),
        };
    }

    private protected override Task<DiscordMessage?> RespondAsync(InteractionAnswer answer, CancellationToken cancellationToken) => _answers.KeepAsync(
        Handle.Id,
        () => CallBackAsync(answer, cancellationToken),
        answer is InteractionAnswer.Reply or InteractionAnswer.Defer ? () => FindOriginalAsync(cancellationToken) : null);

    private async Task<DiscordMessage?> CallBackAsync(InteractionAnswer answer, CancellationToken cancellationToken)
    {
        if (_socket.HasResponded)
        {
            throw new DiscordException(HttpStatusCode.BadRequest, ErrorCode.AlreadyAcknowledged, "Interaction has already been acknowledged.");
        }

        LateAnswerException Late(Exception exception, bool mayHaveArrived) =>
            new($"Discord did not take the answer to interaction {Handle.Id} in time.", mayHaveArrived, exception);
        var call = new RestCall { Patience = Time.Left };
        try
        {
            await Time.RunAsync(
                Time.Left,
                async token =>
                {
                    await call.RunAsync(options => SendAsync(answer, options), token);
                    return true;
                },
                exception => Late(exception, mayHaveArrived: true),
                cancellationToken);
        }
        catch (DiscordException exception) when (exception.Status == HttpStatusCode.TooManyRequests)
        {
            throw Late(exception, mayHaveArrived: false);
        }

        return answer is InteractionAnswer.Reply or InteractionAnswer.Defer && call.Message is null ? (await FindOriginalAsync(cancellationToken)).Message : call.Message;
    }

    private Task SendAsync(InteractionAnswer answer, RequestOptions options) => (answer, _socket) switch
    {
        (InteractionAnswer.Reply reply, _) => _socket.RespondWithFilesAsync(
            Mapping.Files(reply.Message),
            allowedMentions: Mapping.NoMentions,
            components: Mapping.Components(reply.Message),
            options: options,
            flags: Mapping.Flags(reply.Message)),
        (InteractionAnswer.Update update, SocketMessageComponent component) => component.UpdateAsync(edit => Mapping.Write(update.Message, edit), options),
        (InteractionAnswer.Update update, SocketModal modal) => modal.UpdateAsync(edit => Mapping.Write(update.Message, edit), options),
        (InteractionAnswer.DeferUpdate, SocketMessageComponent or SocketModal) => _socket.DeferAsync(options: options),
        (InteractionAnswer.Defer defer, SocketMessageComponent component) => component.DeferLoadingAsync(defer.Ephemeral, options),
        (InteractionAnswer.Defer defer, SocketModal modal) => modal.DeferLoadingAsync(defer.Ephemeral, options),
        (InteractionAnswer.Defer defer, _) => _socket.DeferAsync(defer.Ephemeral, options),
        (InteractionAnswer.Complete complete, SocketAutocompleteInteraction autocomplete) =>
            autocomplete.RespondAsync(complete.Choices.Select(choice => new AutocompleteResult(choice.Name, choice.Value)), options),
        (InteractionAnswer.ShowModal show, _) => _socket.RespondWithModalAsync(Mapping.Form(show.Modal), options),
        _ => throw new InvalidOperationException($"A {_socket.Type} cannot be answered by {answer.GetType().Name}."),
    };

    // Where an answer arrived, or may have, but what Discord made of it was lost on the way.
    private async Task<(DiscordMessage? Message, bool IsKnown)> FindOriginalAsync(CancellationToken cancellationToken)
    {
        var call = new RestCall { Patience = AfterthoughtTimeout };
        using var timeout = new CancellationTokenSource(AfterthoughtTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var found = await call.RunAsync(options => _socket.GetOriginalResponseAsync(options), either.Token);
            // Discord has no message for an interaction that it took no answer to.
            return (call.Message, call.Message is not null || found is null);
        }
        catch (Exception exception) when (exception is DiscordException or HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, exception is DiscordException { Status: HttpStatusCode.NotFound });
        }
    }

    private static bool MayPost(GuildPermissions permissions, bool isThread) =>
        permissions.ViewChannel && (isThread ? permissions.SendMessagesInThreads : permissions.SendMessages);

    private static Dictionary<string, string> ReadTexts(SocketInteraction socket) => socket switch
    {
        SocketSlashCommand command => command.Data.Options.ToDictionary(option => option.Name, option => Text(option.Value), StringComparer.Ordinal),
        SocketAutocompleteInteraction autocomplete => autocomplete.Data.Options.ToDictionary(option => option.Name, option => Text(option.Value), StringComparer.Ordinal),
        SocketModal modal => modal.Data.Components.ToDictionary(field => field.CustomId, field => field.Value ?? "", StringComparer.Ordinal),
        _ => new(StringComparer.Ordinal),
    };

    // People, channels and files have their ids as values.
    private static string Text(object? value) => value switch
    {
        IEntity<ulong> entity => entity.Id.ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
