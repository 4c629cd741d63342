using Personalization.Codes;

namespace Personalization.Prompts;

/// <summary>One code of a <c>--p</c> with its share of the blend.</summary>
/// <param name="Weight"><see cref="MinimumWeight"/> to <see cref="MaximumWeight"/>; 1 unless given as <c>code::weight</c>.</param>
public sealed record WeightedCode(PersonalizationCode Code, double Weight)
{
    /// <summary>The least weight, small enough to make no difference.</summary>
    public const double MinimumWeight = 0.01;

    public const double MaximumWeight = 100;
}
