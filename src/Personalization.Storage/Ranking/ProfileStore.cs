using BitFaster.Caching.Lru;
using Microsoft.EntityFrameworkCore;
using Personalization.Votes;

namespace Personalization.Storage.Ranking;

internal sealed class ProfileStore(Database database) : IProfileStore
{
    // Some 100 bytes each.
    private const int Capacity = 10_000;

    // A person's profile never changes, and every command and press asks for it.
    private readonly ConcurrentLru<PersonId, ProfileId> _recent = new(Capacity);

    public async Task<ProfileId> GetOrCreateAsync(PersonId person, CancellationToken cancellationToken)
    {
        if (_recent.TryGet(person, out var recent))
        {
            return recent;
        }

        var profile = await FindOrAddAsync(person, cancellationToken);
        _recent.AddOrUpdate(person, profile);
        return profile;
    }

    public Task<bool> HasOthersAsync(IReadOnlyCollection<PersonId> people, CancellationToken cancellationToken)
    {
        var known = people.Select(person => person.Value).ToList();
        return database.ReadAsync(context => context.Profiles.AnyAsync(profile => !known.Contains(profile.PersonId), cancellationToken), cancellationToken);
    }

    private async Task<ProfileId> FindOrAddAsync(PersonId person, CancellationToken cancellationToken) =>
        await database.ReadAsync(context => FindAsync(context, person, cancellationToken), cancellationToken)
        ?? await database.WriteAsync(
            async context =>
            {
                if (await FindAsync(context, person, cancellationToken) is { } existing)
                {
                    return existing;
                }

                var profile = ProfileId.FirstOf(person);
                context.Profiles.Add(new ProfileRow { Id = profile.Value, PersonId = person.Value });
                await context.SaveChangesAsync(cancellationToken);
                return profile;
            },
            cancellationToken);

    private static async Task<ProfileId?> FindAsync(PersonalizationContext context, PersonId person, CancellationToken cancellationToken)
    {
        var row = await context.Profiles.AsNoTracking().FirstOrDefaultAsync(profile => profile.PersonId == person.Value, cancellationToken);
        return row is null ? null : new ProfileId(row.Id);
    }
}
