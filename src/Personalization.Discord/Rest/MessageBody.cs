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

    /// <summary>Discord's flag for a message that one person sees; it only counts when the message is made.</summary>
    internal const int EphemeralFlag = 1 << 6;

    /// <summary>Discord's flag for a message made of components; it cannot be taken back.</summary>
    private const int ComponentsV2Flag = 1 << 15;

    /// <summary>From top to bottom; at most 40 in all, nested ones included, and 4,000 characters of text.</summary>
    public required IReadOnlyList<MessageComponent> Components { get; init; }

    /// <summary>Shown to the person alone.</summary>
    public bool Ephemeral { get; init; }

    public IReadOnlyList<MessageFile> Files { get; init; } = [];

    /// <summary>Whether an edit leaves the message its files, which the components name as before; there must be no new ones.</summary>
    public bool KeepsFiles { get; init; }

    /// <summary>The JSON of the message.</summary>
    /// <param name="nonce">At most 25 characters; Discord then makes one message of several calls with it.</param>
    /// <exception cref="ArgumentException">The message is over one of Discord's limits.</exception>
    internal object ToPayload(string? nonce = null)
    {
        var all = Components.SelectMany(component => component.Flatten()).ToList();
        Limits.Count(all, 1, MessageComponent.MaximumCount, "A message's list of components, nested ones included,");
        Limits.Number(all.OfType<TextDisplay>().Sum(text => text.Content.Length), 0, TextDisplay.MaximumLength, "The number of characters in a message's text");
        Limits.Count(Files, 0, KeepsFiles ? 0 : MaximumFiles, "A message's list of files");
        return new
        {
            Components,
            Flags = ComponentsV2Flag | (Ephemeral ? EphemeralFlag : 0),
            AllowedMentions = new { Parse = Array.Empty<string>() },
            Attachments = KeepsFiles ? null : Files.Select((file, i) => new { Id = i.ToString(), Filename = file.Name, file.Description }),
            Nonce = nonce,
            EnforceNonce = nonce is null ? (bool?)null : true,
        };
    }
}
