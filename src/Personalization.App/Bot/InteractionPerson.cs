using Personalization.Discord.Interactions;

namespace Personalization.App.Bot;

/// <summary>Who pressed or typed, as the product knows people.</summary>
internal static class InteractionPerson
{
    public static PersonId Person(this Interaction interaction) => new(interaction.User.Id);
}
