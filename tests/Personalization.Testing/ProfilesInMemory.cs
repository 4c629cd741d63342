using System.Collections.Concurrent;
using Personalization.Votes;

namespace Personalization.Testing;

/// <summary>The one profile of each person, without a disk.</summary>
public sealed class ProfilesInMemory : IProfileStore
{
    private readonly ConcurrentDictionary<PersonId, ProfileId> _profiles = new();

    public Task<ProfileId> GetOrCreateAsync(PersonId person, CancellationToken cancellationToken) => Task.FromResult(_profiles.GetOrAdd(person, ProfileId.FirstOf));

    public Task<bool> HasOthersAsync(IReadOnlyCollection<PersonId> people, CancellationToken cancellationToken) => Task.FromResult(_profiles.Keys.Except(people).Any());
}
