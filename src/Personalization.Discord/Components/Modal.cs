namespace Personalization.Discord.Components;

/// <summary>A form that opens over the chat.</summary>
public sealed record Modal
{
    public const int MaximumTitle = 45;
    public const int MaximumFields = 5;

    public Modal(string customId, string title, IReadOnlyList<Label> fields)
    {
        CustomId = Limits.Text(customId, 1, Button.MaximumCustomId, "A modal's custom id");
        Title = Limits.Text(title, 1, MaximumTitle, "A modal's title");
        Components = Limits.Count<MessageComponent>(fields, 1, MaximumFields, "A modal");
    }

    public string CustomId { get; }

    public string Title { get; }

    public IReadOnlyList<MessageComponent> Components { get; }
}
