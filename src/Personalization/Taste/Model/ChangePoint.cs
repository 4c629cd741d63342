namespace Personalization.Taste.Model;

/// <summary>Where a person's answers most probably ceased to follow one taste.</summary>
/// <param name="Kind">What they follow since.</param>
/// <param name="Probability">Of a change of this kind, here or between other answers, 0 to 1.</param>
/// <param name="Before">How many of the comparisons it was learnt from come before it.</param>
public sealed record ChangePoint(ChangeKind Kind, double Probability, int Before);
