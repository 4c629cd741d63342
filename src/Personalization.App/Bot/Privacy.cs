using Personalization.Discord.Gateway;
using Personalization.Discord.Interactions;

namespace Personalization.App.Bot;

/// <summary>
/// Decides where pictures stay with their maker: wherever not every member of a server that has installed the bot sees them, and
/// where it is age-restricted. What is not known is private.
/// </summary>
internal sealed class Privacy(IGuildDirectory guilds)
{
    /// <summary>Whether pictures made there stay with their maker.</summary>
    public bool IsPrivate(Interaction interaction) =>
        interaction is not { Handle.GuildId: { } guild, IsInstalledByGuild: true, IsInPrivateThread: false }
        || interaction.IsAgeRestricted == true
        || (interaction.ThreadParentId ?? interaction.Handle.ChannelId) is not { } channel
        || !guilds.IsOpen(guild, channel);
}
