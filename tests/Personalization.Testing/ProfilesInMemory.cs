using Personalization.Votes;

namespace Personalization.Testing;

/// <summary>The one profile of each person, without a disk.</summary>
public sealed class ProfilesInMemory : IProfileStore
{
    public Task<ProfileId> GetOrCreateAsync(PersonId person, CancellationToken cancellationToken) => Task.FromResult(ProfileId.FirstOf(person));
}
