using Personalization.Discord.Components;

namespace Personalization.Discord.Rest;

/// <summary>
/// A message in Components V2. Mentions never ring. On an edit, the files given are all the message has afterwards, so
/// that repeating an edit yields the same message.
/// </summary>
public sealed record MessageBody
{
    /// <summary>The most files a message may have.</summary>
    public const int MaximumFiles = 10;

    /// <summary>From top to bottom; at most 40 in all, nested ones included, and 4,000 characters of text.</summary>
    public required IReadOnlyList<MessageComponent> Components { get; init; }

    /// <summary>Shown to the person alone.</summary>
    public bool Ephemeral { get; init; }

    public IReadOnlyList<MessageFile> Files { get; init; } = [];

    /// <summary>Whether an edit leaves the message its files, which the components name as before; there must be no new ones.</summary>
    public bool KeepsFiles { get; init; }

    /// <exception cref="ArgumentException">The message is over one of Discord's limits.</exception>
    internal void Check()
    {
        var all = Components.SelectMany(component => component.Flatten()).ToList();
        Limits.Count(all, 1, MessageComponent.MaximumCount, "A message's list of components, nested ones included,");
        Limits.Number(all.OfType<TextDisplay>().Sum(text => text.Content.Length), 0, TextDisplay.MaximumLength, "The number of characters in a message's text");
        Limits.Count(Files, 0, KeepsFiles ? 0 : MaximumFiles, "A message's list of files");
    }
}
