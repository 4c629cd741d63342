using Personalization.Codes;

namespace Personalization.Prompts;

/// <summary>A code of <c>--p</c> with its weight in the blend.</summary>
/// <param name="Weight">
/// <see cref="MinWeight"/> to <see cref="MaxWeight"/>, or as far below 0; 1 unless given as <c>code::weight</c>.
/// </param>
public sealed record WeightedCode(PersonalizationCode Code, double Weight)
{
    /// <summary>The taste itself, if the prompt contains a portable code; null for a code of this installation.</summary>
    public PortableCode? Portable { get; init; }

    /// <summary>Small enough to have no visible effect.</summary>
    public const double MinWeight = 0.01;

    public const double MaxWeight = 100;
}
