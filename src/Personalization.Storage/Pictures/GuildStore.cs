using Microsoft.EntityFrameworkCore;
using Personalization.Pictures;

namespace Personalization.Storage.Pictures;

internal sealed class GuildStore(Database database) : IGuildStore
{
    public Task<IReadOnlySet<GuildId>> SharingAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlySet<GuildId>>(
            async context => (await context.Guilds.Where(guild => guild.IsSharing).Select(guild => guild.Id).ToListAsync(cancellationToken))
                .Select(id => new GuildId(id))
                .ToHashSet(),
            cancellationToken);

    public Task SetSharingAsync(GuildId guild, bool isSharing, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                if (await context.Guilds.FirstOrDefaultAsync(row => row.Id == guild.Value, cancellationToken) is { } known)
                {
                    known.IsSharing = isSharing;
                }
                else
                {
                    context.Guilds.Add(new GuildRow { Id = guild.Value, IsSharing = isSharing });
                }

                return await context.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
}
