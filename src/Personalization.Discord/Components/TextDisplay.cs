namespace Personalization.Discord.Components;

/// <summary>Text in Discord's markdown, 1 to 4,000 characters; all of a message's text together has the same limit.</summary>
public sealed record TextDisplay : MessageComponent
{
    public const int MaximumLength = 4000;

    public TextDisplay(string content) => Content = Limits.Text(content, 1, MaximumLength, "A message's text");

    public string Content { get; }
}
