using Personalization.Discord.Interactions;

namespace Personalization.Discord.Rest;

/// <summary>
/// What the bot asks of Discord beside the first answers to interactions. A client waits for rate limits and repeats what may be
/// repeated after server errors and network faults.
/// </summary>
/// <remarks>Everything throws <see cref="DiscordException"/> for what Discord refuses and <see cref="HttpRequestException"/> where it cannot be reached.</remarks>
public interface IDiscord
{
    /// <summary>The longest nonce Discord takes, in characters.</summary>
    const int MaximumNonce = 25;

    /// <summary>The client's name and version, for the operator: <c>Discord.Net 3.18.0</c>.</summary>
    string Client { get; }

    /// <summary>Changes the message that answered an interaction; the interaction's token must still be alive.</summary>
    Task EditOriginalAsync(InteractionHandle interaction, MessageBody message, CancellationToken cancellationToken);

    /// <summary>Adds a message to the answer of an interaction; the interaction's token must still be alive. A call whose outcome is unknown is not repeated.</summary>
    Task<DiscordMessage> FollowUpAsync(InteractionHandle interaction, MessageBody message, CancellationToken cancellationToken);

    /// <summary>Changes a message of <see cref="FollowUpAsync"/>; the interaction's token must still be alive.</summary>
    Task EditFollowUpAsync(InteractionHandle interaction, ulong messageId, MessageBody message, CancellationToken cancellationToken);

    /// <summary>Sends a message.</summary>
    /// <param name="nonce">
    /// 1 to 25 characters: for some minutes Discord makes one message of several calls with one nonce. Without it a call
    /// whose outcome is unknown is not repeated.
    /// </param>
    /// <exception cref="ArgumentException">The nonce or the message is over one of Discord's limits.</exception>
    Task<DiscordMessage> CreateMessageAsync(ulong channelId, MessageBody message, string? nonce, CancellationToken cancellationToken);

    /// <summary>Changes a message of the bot's own.</summary>
    Task EditMessageAsync(ulong channelId, ulong messageId, MessageBody message, CancellationToken cancellationToken);

    /// <summary>Removes a message of the bot's own.</summary>
    Task DeleteMessageAsync(ulong channelId, ulong messageId, CancellationToken cancellationToken);

    /// <summary>The newest messages of a channel, newest first.</summary>
    /// <param name="count">1 to 100.</param>
    Task<IReadOnlyList<DiscordMessage>> RecentMessagesAsync(ulong channelId, int count, CancellationToken cancellationToken);
}
