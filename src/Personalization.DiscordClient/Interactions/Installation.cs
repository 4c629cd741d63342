using System.Globalization;
using System.Text.Json;

namespace Personalization.DiscordClient.Interactions;

/// <summary>How the bot was installed where an interaction happened.</summary>
internal static class Installation
{
    /// <summary>The channel type of private threads.</summary>
    public const int PrivateThread = 12;

    private const int AnnouncementThread = 10;
    // Discord's permission bits.
    private const ulong Administrator = 1UL << 3;
    private const ulong ManageGuild = 1UL << 5;
    private const ulong ViewChannel = 1UL << 10;
    private const ulong SendMessages = 1UL << 11;
    private const ulong SendMessagesInThreads = 1UL << 38;

    private const int BotDirectMessage = 1;

    /// <summary>Whether the bot may send messages of its own to the channel.</summary>
    public static bool MayPost(JsonElement interaction)
    {
        if (interaction.Optional("context") is { ValueKind: JsonValueKind.Number } context && context.GetInt32() == BotDirectMessage)
        {
            return true;
        }

        var needed = ViewChannel | (ThreadOf(interaction) is not null ? SendMessagesInThreads : SendMessages);
        return IsByGuild(interaction) && Has(interaction.Optional("app_permissions"), needed);
    }

    /// <summary>Whether the guild it happened in has installed the bot.</summary>
    // The owner under "0" is the guild that installed the bot; a person's own installation is under "1".
    public static bool IsByGuild(JsonElement interaction) => interaction.Snowflake("guild_id") is { } guild
        && interaction.Optional("authorizing_integration_owners")?.Snowflake("0") == guild;

    /// <summary>Whether the member who did it may manage the guild.</summary>
    public static bool MayManageGuild(JsonElement interaction)
    {
        var permissions = interaction.Optional("member")?.Optional("permissions");
        return Has(permissions, ManageGuild) || Has(permissions, Administrator);
    }

    /// <summary>The type of the thread it happened in, announcement, public or private; null outside of threads.</summary>
    public static int? ThreadOf(JsonElement interaction) =>
        interaction.Optional("channel")?.Optional("type")?.GetInt32() is { } type and >= AnnouncementThread and <= PrivateThread ? type : null;

    private static bool Has(JsonElement? permissions, ulong needed) =>
        ulong.TryParse(permissions?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && (bits & needed) == needed;
}
