using Personalization.Discord.Interactions;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary>The person of an interaction, and the profile that they teach with it.</summary>
internal static class InteractionPerson
{
    public static PersonId Person(this Interaction interaction) => new(interaction.User.Id);

    /// <summary>Where the person is; null outside of a guild.</summary>
    public static GuildId? Guild(this Interaction interaction) => interaction.Handle.GuildId is { } guild ? new GuildId(guild) : null;

    /// <summary>The person's profile; creates it at their first interaction that needs one.</summary>
    public static async Task<Voter> VoterAsync(this IProfileStore profiles, Interaction interaction, CancellationToken cancellationToken) =>
        new(interaction.Person(), await profiles.GetOrCreateAsync(interaction.Person(), cancellationToken), interaction.Guild());
}
