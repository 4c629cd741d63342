namespace Personalization.Discord.Interactions;

/// <summary>All that is needed to answer an interaction, now or after a restart.</summary>
/// <param name="Token">A secret for fifteen minutes: never log it.</param>
/// <param name="ChannelId">Null where it came from no channel.</param>
/// <param name="GuildId">Null in a direct message.</param>
public sealed record InteractionHandle(
    ulong Id,
    ulong ApplicationId,
    string Token,
    ulong? ChannelId,
    ulong? GuildId,
    DateTimeOffset ReceivedAt);
