namespace Personalization.Discord.Interactions;

/// <summary>Somebody on Discord.</summary>
public sealed record DiscordUser(ulong Id);
