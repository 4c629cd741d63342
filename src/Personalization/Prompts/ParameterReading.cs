namespace Personalization.Prompts;

/// <summary>What there is to read a parameter from.</summary>
/// <param name="Prompt">What the parameters before it came to.</param>
/// <param name="Text">Everything up to the next parameter, trimmed; strays may follow the value proper.</param>
/// <param name="Versions">What <c>--v</c> may say.</param>
internal readonly record struct ParameterValue(Prompt Prompt, string Text, IReadOnlyList<string> Versions);

/// <summary>What reading a parameter's value came to.</summary>
/// <param name="Prompt">The prompt with the value, or with the nearest right one, or as it was where there is none.</param>
/// <param name="Length">Characters that belong to the value; text that has strayed follows them.</param>
/// <param name="Wrong">The part that is not right as written, empty where a value is missing; null where all is right.</param>
/// <param name="Takes">What the parameter takes, as in "it takes a whole number".</param>
/// <param name="IsUnguessable">Whether only the person knows what is meant, so that any correction would be another prompt.</param>
internal readonly record struct ParameterReading(Prompt Prompt, int Length, string? Wrong, string Takes, bool IsUnguessable = false);
