namespace Personalization.Discord.Interactions;

/// <summary>Why an interaction is not handled, and its person is only told so.</summary>
public enum InteractionRefusal
{
    /// <summary>More people ask than can be answered in time.</summary>
    Busy,

    /// <summary>What came in is no text, too long, or nested too deeply.</summary>
    Unreadable,
}
