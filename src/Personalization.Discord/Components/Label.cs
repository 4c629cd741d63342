using System.Text.Json.Serialization;

namespace Personalization.Discord.Components;

/// <summary>A field of a modal with its name, at most 45 characters.</summary>
public sealed record Label : MessageComponent
{
    public const int MaximumLength = 45;

    public Label(string text, TextInput component)
    {
        Text = Limits.Text(text, 1, MaximumLength, "A field's label");
        Component = component;
    }

    [JsonPropertyName("label")]
    public string Text { get; }

    // As its base type, so that it is written with its type number.
    public MessageComponent Component { get; }
}
