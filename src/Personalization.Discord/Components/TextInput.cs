namespace Personalization.Discord.Components;

/// <summary>A text field of several lines in a modal.</summary>
public sealed record TextInput : MessageComponent
{
    /// <summary>The longest text a field may hold.</summary>
    public const int MaximumLength = 4000;

    /// <param name="customId">What the text comes back under.</param>
    /// <param name="value">What it holds at first, at most 4,000 characters.</param>
    public TextInput(string customId, string value)
    {
        CustomId = Limits.Text(customId, 1, Button.MaximumCustomId, "A field's custom id");
        Value = Limits.Text(value, 0, MaximumLength, "A field's text");
    }

    public string CustomId { get; }

    // Discord's number for a field of several lines.
    public int Style { get; } = 2;

    public string Value { get; }

    public int MaxLength { get; } = MaximumLength;

    public bool Required { get; } = true;
}
