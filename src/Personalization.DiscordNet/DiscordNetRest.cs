using System.Collections.Concurrent;
using System.Net;
using Discord;
using Discord.Webhook;
using Personalization.Discord;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;

namespace Personalization.DiscordNet;

/// <summary>What the bot asks of Discord, by Discord.Net.</summary>
internal sealed class DiscordNetRest(Connection connection) : IDiscord
{
    /// <summary>Discord's code for a channel that is not there.</summary>
    private const int UnknownChannel = 10003;

    /// <summary>Channels outside of servers that are remembered; each costs a request otherwise.</summary>
    private const int MaxChannels = 1000;

    private readonly ConcurrentDictionary<ulong, IMessageChannel> _channels = new();

    /// <summary>Discord.Net's version, without what follows a plus.</summary>
    public static string Version { get; } = DiscordConfig.Version.Split('+')[0];

    /// <inheritdoc/>
    public string Client { get; } = $"Discord.Net {Version}";

    /// <inheritdoc/>
    public Task EditOriginalAsync(InteractionHandle interaction, MessageBody message, CancellationToken cancellationToken) =>
        EditFollowUpAsync(interaction, RestTransport.Original, message, cancellationToken);

    /// <inheritdoc/>
    public async Task<DiscordMessage> FollowUpAsync(InteractionHandle interaction, MessageBody message, CancellationToken cancellationToken)
    {
        using var webhook = Webhook(interaction);
        var call = new RestCall();
        await call.RunAsync(
            options => webhook.SendFilesAsync(Mapping.Files(message), text: null, options: options, allowedMentions: Mapping.NoMentions, components: Mapping.Components(message), flags: Mapping.Flags(message)),
            cancellationToken);
        return MessageOf(call);
    }

    /// <inheritdoc/>
    public async Task EditFollowUpAsync(InteractionHandle interaction, ulong messageId, MessageBody message, CancellationToken cancellationToken)
    {
        using var webhook = Webhook(interaction);
        await new RestCall().RunAsync(
            options => webhook.ModifyMessageAsync(
                messageId,
                edit =>
                {
                    edit.Components = Mapping.Components(message);
                    edit.AllowedMentions = Mapping.NoMentions;
                    if (!message.KeepsFiles)
                    {
                        edit.Attachments = new(Mapping.Files(message));
                    }
                },
                options),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<DiscordMessage> CreateMessageAsync(ulong channelId, MessageBody message, string? nonce, CancellationToken cancellationToken)
    {
        if (nonce is not null)
        {
            Limits.Text(nonce, 1, IDiscord.MaximumNonce, "A nonce");
        }

        var channel = await ChannelAsync(channelId, cancellationToken);
        var call = new RestCall { Nonce = nonce };
        await call.RunAsync(
            options => channel.SendFilesAsync(Mapping.Files(message), options: options, allowedMentions: Mapping.NoMentions, components: Mapping.Components(message), flags: Mapping.Flags(message)),
            cancellationToken);
        return MessageOf(call);
    }

    /// <inheritdoc/>
    public async Task EditMessageAsync(ulong channelId, ulong messageId, MessageBody message, CancellationToken cancellationToken)
    {
        var channel = await ChannelAsync(channelId, cancellationToken);
        await new RestCall().RunAsync(options => channel.ModifyMessageAsync(messageId, edit => Mapping.Write(message, edit), options), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DeleteMessageAsync(ulong channelId, ulong messageId, CancellationToken cancellationToken)
    {
        var channel = await ChannelAsync(channelId, cancellationToken);
        await new RestCall().RunAsync(options => channel.DeleteMessageAsync(messageId, options), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DiscordMessage>> RecentMessagesAsync(ulong channelId, int count, CancellationToken cancellationToken)
    {
        var channel = await ChannelAsync(channelId, cancellationToken);
        var messages = await new RestCall().RunAsync(options => channel.GetMessagesAsync(count, CacheMode.AllowDownload, options).FlattenAsync(), cancellationToken);
        return [.. (messages ?? throw new HttpRequestException("Discord.Net cannot read the messages of the channel.")).Select(Read)];
    }

    /// <summary>The parts of a message that callers need.</summary>
    public static DiscordMessage Read(IMessage message) => new(
        message.Id,
        message.Flags is { } flags && flags.HasFlag(MessageFlags.Ephemeral),
        (message as IUserMessage)?.InteractionMetadata?.Id,
        [.. message.Components.SelectMany(CustomIds)]);

    private static IEnumerable<string> CustomIds(IMessageComponent component) => component switch
    {
        SectionComponent section => [.. CustomIds(section.Accessory), .. section.Components.SelectMany(CustomIds)],
        INestedComponent nested => nested.Components.SelectMany(CustomIds),
        IInteractableComponent { CustomId: { } customId } => [customId],
        _ => [],
    };

    private static DiscordMessage MessageOf(RestCall call) => call.Message ?? throw new HttpRequestException("Discord took a message and did not say which it became.");

    // Each has limits of its own, which Discord states in every answer.
    private DiscordWebhookClient Webhook(InteractionHandle interaction) => new(new InteractionWebhook(interaction.ApplicationId, interaction.Token), connection.ForInteractions());

    private async Task<IMessageChannel> ChannelAsync(ulong id, CancellationToken cancellationToken)
    {
        var client = await connection.LoggedInAsync(cancellationToken);
        if ((client.GetChannel(id) as IMessageChannel ?? _channels.GetValueOrDefault(id)) is { } known)
        {
            return known;
        }

        var answer = await new RestCall { MayBeUnread = false }.RunAsync(async options => await client.Rest.GetChannelAsync(id, options), cancellationToken)
            ?? throw new DiscordException(HttpStatusCode.NotFound, UnknownChannel, "Unknown Channel");
        // What is there must not count as gone because Discord.Net does not know its kind.
        var found = answer as IMessageChannel ?? throw new HttpRequestException($"Discord.Net cannot write to channel {id}: it takes it for a {answer.GetType().Name}.");
        if (_channels.Count >= MaxChannels)
        {
            _channels.Clear();
        }

        return _channels[id] = found;
    }
}
