using Personalization.Codes;

namespace Personalization.Prompts;

/// <summary>One code of a <c>--p</c> with its share of the blend.</summary>
/// <param name="Weight">Positive; 1 unless given as <c>code::weight</c>.</param>
public sealed record WeightedCode(PersonalizationCode Code, double Weight);
