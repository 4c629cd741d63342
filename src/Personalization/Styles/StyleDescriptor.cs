namespace Personalization.Styles;

/// <summary>A phrase that changes a picture's style without naming a subject.</summary>
/// <param name="Phrase">What is written into a prompt, such as "rich saturated colours".</param>
/// <param name="Opposite">The phrase for the opposite direction, used as a negative prompt.</param>
/// <param name="Axis">The id of the axis it belongs to; at most one descriptor an axis is used in a prompt.</param>
/// <param name="Category">One of <see cref="Categories"/>; a prompt gets few phrases of one category.</param>
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
    /// <summary>The allowed values of <see cref="Category"/>.</summary>
    public static IReadOnlyList<string> Categories { get; } = ["colour", "tone", "light", "detail", "composition", "ornament", "medium", "line"];
}
