using Personalization.Pictures;

namespace Personalization.Ranking;

/// <summary>A pair to show next.</summary>
/// <param name="IsRandom">Whether it was drawn at random.</param>
/// <param name="Expectation">The predicted probability that the person prefers the left picture.</param>
public readonly record struct PickedPair(Picture Left, Picture Right, bool IsRandom, double Expectation);
