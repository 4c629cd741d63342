namespace Personalization.Votes;

/// <summary>
/// The profiles of people. A door asks here once for each request and passes the <see cref="Voter"/> or the profile on, so
/// that a choice among several profiles of a person is made in one place.
/// </summary>
public interface IProfileStore
{
    /// <summary>The person's profile; creates it on the first call. From memory where it was asked for lately, one indexed lookup else.</summary>
    Task<ProfileId> GetOrCreateAsync(PersonId person, CancellationToken cancellationToken);

    /// <summary>Whether anybody but these people has a profile.</summary>
    Task<bool> HasOthersAsync(IReadOnlyCollection<PersonId> people, CancellationToken cancellationToken);
}
