namespace Personalization.Discord.Components;

/// <summary>One to five buttons side by side, or a select menu.</summary>
public sealed record ActionRow : MessageComponent
{
    public const int MaximumButtons = 5;

    public ActionRow(IReadOnlyList<Button> components) => Components = Limits.Count<MessageComponent>(components, 1, MaximumButtons, "A row of buttons");

    public ActionRow(StringSelect select) => Components = [select];

    // As their base type, so that they are written with their type number.
    public IReadOnlyList<MessageComponent> Components { get; }

    internal override IEnumerable<MessageComponent> Children => Components;
}
