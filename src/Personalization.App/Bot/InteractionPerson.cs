using Personalization.Discord.Interactions;

namespace Personalization.App.Bot;

/// <summary>The person of an interaction.</summary>
internal static class InteractionPerson
{
    public static PersonId Person(this Interaction interaction) => new(interaction.User.Id);
}
