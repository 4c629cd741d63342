namespace Personalization.Discord.Components;

/// <summary>How a button looks, by Discord's numbers.</summary>
public enum ButtonStyle
{
    Primary = 1,
    Secondary = 2,
    Success = 3,
    Danger = 4,

    /// <summary>Leads to a web page.</summary>
    Link = 5,
}
