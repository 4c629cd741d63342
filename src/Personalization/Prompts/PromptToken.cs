namespace Personalization.Prompts;

/// <summary>A parameter as written.</summary>
/// <param name="Written">Its dashes and name, untouched.</param>
/// <param name="Name">Its name in lower case.</param>
/// <param name="Meant">The name itself if there is such a parameter; the nearest one if it is misspelt; null if none is near.</param>
/// <param name="Value">Everything up to the next parameter, trimmed, without an equals sign or a colon in front; for <c>--no-text</c>, "text".</param>
/// <param name="Rest">What follows a value that the name contains, and is text; else empty.</param>
/// <param name="IsGlued">Whether the value follows the name without a space.</param>
/// <param name="HasOneHyphen">Whether it has one hyphen (<c>-ar</c>).</param>
/// <param name="IsUnclear">Whether it stands where it could be text: within a word, or with a space after its dashes.</param>
internal sealed record PromptToken(string Written, string Name, string? Meant, string Value, string Rest, bool IsGlued, bool HasOneHyphen, bool IsUnclear);
