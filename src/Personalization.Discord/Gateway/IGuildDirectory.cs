namespace Personalization.Discord.Gateway;

/// <summary>
/// Which channels every member of their guild sees, as the gateway tells (discord-api-docs, "Permissions"): kept in memory, from
/// a guild's first description on. Threads are not in it; they are seen as their channels are.
/// </summary>
public interface IGuildDirectory
{
    /// <summary>
    /// Whether every member of the guild sees the channel, and it is not age-restricted: its role for everyone may view it, and no
    /// other role or member is denied it. False for what is not known.
    /// </summary>
    bool IsOpen(ulong guild, ulong channel);

    /// <summary>Completes when the guild is known: after a connection, Discord describes one after another.</summary>
    Task KnownAsync(ulong guild, CancellationToken cancellationToken);
}
