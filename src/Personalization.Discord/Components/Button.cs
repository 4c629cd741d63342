namespace Personalization.Discord.Components;

/// <summary>A button: its press comes back as an interaction under its custom id.</summary>
public sealed record Button : MessageComponent
{
    public const int MaximumLabel = 80;
    public const int MaximumCustomId = 100;

    private Button(ButtonStyle style, string customId, string label, string? emoji)
    {
        Style = style;
        CustomId = Limits.Text(customId, 1, MaximumCustomId, "A button's custom id");
        Label = Limits.Text(label, 1, MaximumLabel, "A button's label");
        Emoji = emoji is null ? null : new ButtonEmoji(emoji);
    }

    public ButtonStyle Style { get; }

    public string CustomId { get; }

    public string Label { get; }

    public ButtonEmoji? Emoji { get; }

    /// <summary>Null where it can be pressed.</summary>
    public bool? Disabled { get; init; }

    /// <summary>The one thing to do next.</summary>
    public static Button Primary(string customId, string label, string? emoji = null) => new(ButtonStyle.Primary, customId, label, emoji);

    public static Button Secondary(string customId, string label, string? emoji = null) => new(ButtonStyle.Secondary, customId, label, emoji);

    public static Button Success(string customId, string label, string? emoji = null) => new(ButtonStyle.Success, customId, label, emoji);
}
