namespace Personalization.Discord.Components;

/// <summary>One to three texts with a button beside them.</summary>
public sealed record Section : MessageComponent
{
    public const int MaximumTexts = 3;

    public Section(IReadOnlyList<TextDisplay> texts, Button accessory)
    {
        Components = Limits.Count<MessageComponent>(texts, 1, MaximumTexts, "A section");
        Accessory = accessory;
    }

    public IReadOnlyList<MessageComponent> Components { get; }

    // As its base type, so that it is written with its type number.
    public MessageComponent Accessory { get; }

    internal override IEnumerable<MessageComponent> Children => [.. Components, Accessory];
}
