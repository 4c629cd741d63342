namespace Personalization.Taste.Model;

/// <summary>Where a person's taste most probably changed.</summary>
/// <param name="Probability">That it changed at all, here or between other answers, 0 to 1.</param>
/// <param name="Before">How many of the comparisons it was learnt from come before the change.</param>
public sealed record ChangePoint(double Probability, int Before);
