namespace Personalization;

/// <summary>
/// Whose taste it is: votes, likes, tastes and codes belong to a profile, pictures and jobs to a person. Each person has one
/// profile for now, kept by <c>IProfileStore</c>. The default, 0, is the owner of a taste that came from another
/// installation.
/// </summary>
public readonly record struct ProfileId(ulong Value)
{
    /// <summary>
    /// The first profile of a person, with the person's own number: what was stored before there were profiles, and what is
    /// seeded or hashed from the number (codes), stays equal. Further profiles need numbers that are not those of people.
    /// </summary>
    public static ProfileId FirstOf(PersonId person) => new(person.Value);

    public override string ToString() => Value.ToString();
}
