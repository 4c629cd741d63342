namespace Personalization.Votes;

/// <summary>A person who votes, and the profile that their votes teach.</summary>
/// <param name="Person">Who votes; is not shown pictures of their own.</param>
/// <param name="Profile">Whose taste it is, by <see cref="IProfileStore"/>.</param>
/// <param name="Guild">Where they are, which decides whose pictures they are shown; null outside of a guild.</param>
public readonly record struct Voter(PersonId Person, ProfileId Profile, GuildId? Guild = null);
