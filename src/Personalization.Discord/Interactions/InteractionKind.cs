namespace Personalization.Discord.Interactions;

/// <summary>What the person did; the values are Discord's.</summary>
public enum InteractionKind
{
    Command = 2,
    Component = 3,

    /// <summary>They are typing an option's value, and Discord asks for suggestions.</summary>
    Autocomplete = 4,
    Modal = 5,
}
