using Personalization.Styles;

namespace Personalization.Taste;

/// <summary>One piece of evidence: <paramref name="Preferred"/> was chosen over <paramref name="Other"/>.</summary>
/// <param name="Weight">1 for a vote; a like over three passed-over pictures is three comparisons of 1/3.</param>
public sealed record Comparison(StyleVector Preferred, StyleVector Other, double Weight);
