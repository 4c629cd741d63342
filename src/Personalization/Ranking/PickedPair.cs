using Personalization.Pictures;

namespace Personalization.Ranking;

/// <summary>A pair to show next.</summary>
/// <param name="IsRandom">Whether chance alone chose it.</param>
/// <param name="Expectation">The probability that the person will prefer the left picture.</param>
public readonly record struct PickedPair(Picture Left, Picture Right, bool IsRandom, double Expectation);
