namespace Personalization.Discord.Components;

/// <summary>A menu of one to 25 lines, of which people pick one.</summary>
public sealed record StringSelect : MessageComponent
{
    public const int MaximumOptions = 25;
    public const int MaximumPlaceholder = 150;

    /// <param name="placeholder">What it shows before something is picked, at most 150 characters; null for nothing.</param>
    public StringSelect(string customId, IReadOnlyList<SelectOption> options, string? placeholder = null)
    {
        CustomId = Limits.Text(customId, 1, Button.MaximumCustomId, "A select menu's custom id");
        Options = Limits.Count(options, 1, MaximumOptions, "A select menu");
        Placeholder = placeholder is null ? null : Limits.Text(placeholder, 0, MaximumPlaceholder, "A select menu's placeholder");
    }

    public string CustomId { get; }

    public IReadOnlyList<SelectOption> Options { get; }

    public string? Placeholder { get; }

    /// <summary>Null where something can be picked.</summary>
    public bool? Disabled { get; init; }
}
