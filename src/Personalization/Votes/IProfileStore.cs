namespace Personalization.Votes;

/// <summary>
/// The profiles of people. The classes a door calls (the ballot box, the code issuer, the summary, the unlock rule) take a
/// <see cref="PersonId"/> and ask here, so that a choice among several profiles of a person is made in one place; doors never
/// see a profile. Profiles by server would add the server to this call and to those classes' signatures, and to nothing below.
/// </summary>
public interface IProfileStore
{
    /// <summary>The person's profile; creates it on the first call. One indexed lookup after that.</summary>
    Task<ProfileId> GetOrCreateAsync(PersonId person, CancellationToken cancellationToken);
}
