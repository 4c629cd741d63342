using Personalization.Codes;

namespace Personalization.Prompts;

/// <summary>One code of a <c>--p</c> with its share of the blend.</summary>
/// <param name="Weight">
/// <see cref="MinimumWeight"/> to <see cref="MaximumWeight"/>, or as far below 0; 1 unless given as <c>code::weight</c>.
/// </param>
public sealed record WeightedCode(PersonalizationCode Code, double Weight)
{
    /// <summary>The taste itself, where the prompt brought it as text; null where it gave a code of this installation.</summary>
    public PortableCode? Portable { get; init; }

    /// <summary>The least weight, small enough to make no difference.</summary>
    public const double MinimumWeight = 0.01;

    public const double MaximumWeight = 100;
}
