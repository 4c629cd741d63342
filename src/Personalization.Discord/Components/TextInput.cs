namespace Personalization.Discord.Components;

/// <summary>A text field in a modal, of several lines unless made by <see cref="Line"/>.</summary>
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

    /// <summary>1 for one line, 2 for several, by Discord's numbers.</summary>
    public int Style { get; private init; } = 2;

    public string Value { get; }

    /// <summary>The longest text people may send, 1 to 4,000 characters.</summary>
    public int MaxLength { get; init; } = MaximumLength;

    public bool Required { get; init; } = true;

    /// <summary>A field of one line.</summary>
    public static TextInput Line(string customId, string value) => new(customId, value) { Style = 1 };
}
