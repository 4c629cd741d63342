namespace Personalization.Pictures;

/// <summary>What the admins of guilds have decided.</summary>
public interface IGuildStore
{
    /// <summary>The guilds whose pictures are shown in other guilds, too.</summary>
    Task<IReadOnlySet<GuildId>> SharingAsync(CancellationToken cancellationToken);

    /// <summary>Sets whether a guild's pictures are shown in other guilds, too; they are not before.</summary>
    Task SetSharingAsync(GuildId guild, bool isSharing, CancellationToken cancellationToken);

    /// <summary>A person who looks at pictures.</summary>
    /// <param name="guild">Where they are; null outside of a guild.</param>
    async Task<Viewer> ViewerAsync(PersonId person, GuildId? guild, CancellationToken cancellationToken)
    {
        var guilds = (await SharingAsync(cancellationToken)).ToHashSet();
        if (guild is { } here)
        {
            guilds.Add(here);
        }

        return new(person, guilds);
    }
}
