namespace Personalization.Discord.Components;

/// <summary>One to five buttons side by side.</summary>
public sealed record ActionRow : MessageComponent
{
    public const int MaximumButtons = 5;

    public ActionRow(IReadOnlyList<Button> components) => Components = Limits.Count<MessageComponent>(components, 1, MaximumButtons, "A row of buttons");

    // As their base type, so that they are written with their type number.
    public IReadOnlyList<MessageComponent> Components { get; }

    internal override int Count => 1 + Components.Count;
}
