namespace Personalization.Prompts;

/// <summary>Why a prompt cannot be run as written.</summary>
/// <param name="Parameter">The parameter at fault with its dashes, such as <c>--ar</c>; null where it is the text or the whole prompt.</param>
/// <param name="Got">The value it was given, exactly as written; null where there was none.</param>
/// <param name="Message">
/// A sentence or two of Discord markdown that name the parameter, what it got, what it takes and the nearest right
/// spelling. What the person wrote stands in it shortened, and can neither mention anybody nor break the formatting.
/// </param>
/// <param name="Corrected">The whole prompt put right, in canonical form; null where nothing sensible can be made of it.</param>
public sealed record PromptProblem(string? Parameter, string? Got, string Message, string? Corrected);
