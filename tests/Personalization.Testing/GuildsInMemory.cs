using Personalization.Pictures;

namespace Personalization.Testing;

/// <summary>Guilds without a database.</summary>
public sealed class GuildsInMemory : IGuildStore
{
    private readonly HashSet<GuildId> _sharing = [];

    public Task<IReadOnlySet<GuildId>> SharingAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlySet<GuildId>>(_sharing.ToHashSet());

    public Task SetSharingAsync(GuildId guild, bool isSharing, CancellationToken cancellationToken)
    {
        _ = isSharing ? _sharing.Add(guild) : _sharing.Remove(guild);
        return Task.CompletedTask;
    }
}
