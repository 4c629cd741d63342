using System.Text.Json;

namespace Personalization.Discord.Interactions;

/// <summary>Somebody on Discord.</summary>
/// <param name="Username">Unique, lower case.</param>
/// <param name="GlobalName">What they call themselves; null where they chose nothing.</param>
public sealed record DiscordUser(ulong Id, string Username, string? GlobalName)
{
    internal static DiscordUser Read(JsonElement user) => new(
        user.Snowflake("id") ?? throw new JsonException("A user has no id."),
        user.Optional("username")?.GetString() ?? "",
        user.Optional("global_name")?.GetString());
}
