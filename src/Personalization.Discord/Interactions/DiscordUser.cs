using System.Text.Json;

namespace Personalization.Discord.Interactions;

/// <summary>A Discord user.</summary>
/// <param name="Username">Unique, lower case.</param>
/// <param name="GlobalName">The display name; null when none is set.</param>
public sealed record DiscordUser(ulong Id, string Username, string? GlobalName)
{
    internal static DiscordUser Read(JsonElement user) => new(
        user.Snowflake("id") ?? throw new JsonException("A user has no id."),
        user.Optional("username")?.GetString() ?? "",
        user.Optional("global_name")?.GetString());
}
