namespace Personalization.Discord.Interactions;

/// <summary>What an option takes, by Discord's numbers.</summary>
public enum CommandOptionType
{
    Text = 3,
    WholeNumber = 4,
    Boolean = 5,
    User = 6,
    Attachment = 11,
}
