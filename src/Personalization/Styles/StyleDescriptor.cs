namespace Personalization.Styles;

/// <summary>A phrase that moves a picture's style and names no subject.</summary>
/// <param name="Phrase">What is written into a prompt, such as "rich saturated colours".</param>
/// <param name="Opposite">The phrase for the other way, used as what to avoid.</param>
/// <param name="Axis">The id of the axis it belongs to; at most one descriptor an axis is used in a prompt.</param>
/// <param name="Category">What the phrase is about, one of <see cref="Categories"/>: of one category a prompt gets few.</param>
/// <param name="Direction">How far the phrase moves a picture on every axis.</param>
/// <param name="Clashes">Lower-case words that, found in a prompt in any form, rule this descriptor out.</param>
public sealed record StyleDescriptor(
    string Phrase,
    string Opposite,
    string Axis,
    string Category,
    StyleVector Direction,
    IReadOnlyList<string> Clashes)
{
    /// <summary>What phrases may be about.</summary>
    public static IReadOnlyList<string> Categories { get; } = ["colour", "tone", "light", "detail", "composition", "ornament", "medium", "line"];
}
