namespace Personalization.Discord.Components;

/// <summary>A button: its press comes back as an interaction under its custom id, or it leads to a web page.</summary>
public sealed record Button : MessageComponent
{
    public const int MaximumLabel = 80;
    public const int MaximumCustomId = 100;
    public const int MaximumUrl = 512;

    private Button(ButtonStyle style, string label, string? emoji)
    {
        Style = style;
        Label = Limits.Text(label, 1, MaximumLabel, "A button's label");
        Emoji = emoji is null ? null : new ButtonEmoji(emoji);
    }

    public ButtonStyle Style { get; }

    /// <summary>Null where it leads to a web page.</summary>
    public string? CustomId { get; private init; }

    /// <summary>Null where it does not lead to a web page.</summary>
    public string? Url { get; private init; }

    public string Label { get; }

    public ButtonEmoji? Emoji { get; }

    /// <summary>Null where it can be pressed.</summary>
    public bool? Disabled { get; init; }

    /// <summary>The one thing to do next.</summary>
    public static Button Primary(string customId, string label, string? emoji = null) => Press(ButtonStyle.Primary, customId, label, emoji);

    public static Button Secondary(string customId, string label, string? emoji = null) => Press(ButtonStyle.Secondary, customId, label, emoji);

    public static Button Success(string customId, string label, string? emoji = null) => Press(ButtonStyle.Success, customId, label, emoji);

    /// <summary>Something that cannot be undone.</summary>
    public static Button Danger(string customId, string label, string? emoji = null) => Press(ButtonStyle.Danger, customId, label, emoji);

    /// <summary>Leads to a web page; nothing comes back.</summary>
    public static Button Link(Uri url, string label, string? emoji = null) =>
        new(ButtonStyle.Link, label, emoji) { Url = Limits.Text(url.AbsoluteUri, 1, MaximumUrl, "A button's address") };

    private static Button Press(ButtonStyle style, string customId, string label, string? emoji) =>
        new(style, label, emoji) { CustomId = Limits.Text(customId, 1, MaximumCustomId, "A button's custom id") };
}
