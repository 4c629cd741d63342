namespace Personalization.Prompts;

/// <summary>One parameter as written.</summary>
/// <param name="Written">Its dashes and name, untouched.</param>
/// <param name="Name">Its name in lower case.</param>
/// <param name="Meant">The name itself where there is such a parameter; the nearest one where it is misspelt; null where none is near.</param>
/// <param name="Value">All up to the next parameter, trimmed, without an equals sign or a colon in front.</param>
/// <param name="IsGlued">Whether the value follows the name without a space.</param>
/// <param name="HasOneHyphen">Whether it is <c>-ar</c>, which counts only where parameters are expected anyway.</param>
internal sealed record PromptToken(string Written, string Name, string? Meant, string Value, bool IsGlued, bool HasOneHyphen);
