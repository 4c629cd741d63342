namespace Personalization.Discord.Interactions;

/// <summary>A Discord user.</summary>
/// <param name="Username">Unique, lower case.</param>
/// <param name="GlobalName">The display name; null when none is set.</param>
public sealed record DiscordUser(ulong Id, string Username, string? GlobalName);
