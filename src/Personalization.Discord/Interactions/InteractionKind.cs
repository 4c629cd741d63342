namespace Personalization.Discord.Interactions;

/// <summary>What somebody did, by Discord's numbers.</summary>
public enum InteractionKind
{
    Command = 2,
    Component = 3,
    Modal = 5,
}
