using Personalization.Votes;

namespace Personalization.Tests.Ranking;

/// <summary>The one profile of each person, without a disk.</summary>
internal sealed class ProfilesInMemory : IProfileStore
{
    public Task<ProfileId> GetOrCreateAsync(PersonId person, CancellationToken cancellationToken) => Task.FromResult(ProfileId.FirstOf(person));
}
