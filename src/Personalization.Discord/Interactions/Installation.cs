using System.Globalization;
using System.Text.Json;

namespace Personalization.Discord.Interactions;

/// <summary>How the bot was installed where an interaction happened.</summary>
internal static class Installation
{
    /// <summary>The channel type of private threads.</summary>
    public const int PrivateThread = 12;

    private const int AnnouncementThread = 10;
    // Discord's permission bits.
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

        // The owner under "0" is the server that installed the bot; a person's own installation is under "1".
        var isInstalledHere = interaction.Snowflake("guild_id") is { } guild
            && interaction.Optional("authorizing_integration_owners")?.Snowflake("0") == guild;
        var needed = ViewChannel | (ThreadOf(interaction) is not null ? SendMessagesInThreads : SendMessages);
        return isInstalledHere
            && ulong.TryParse(interaction.Optional("app_permissions")?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var permissions)
            && (permissions & needed) == needed;
    }

    /// <summary>The type of the thread it happened in, announcement, public or private; null outside of threads.</summary>
    public static int? ThreadOf(JsonElement interaction) =>
        interaction.Optional("channel")?.Optional("type")?.GetInt32() is { } type and >= AnnouncementThread and <= PrivateThread ? type : null;
}
