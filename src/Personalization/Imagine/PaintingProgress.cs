namespace Personalization.Imagine;

/// <summary>How far a painting is.</summary>
/// <param name="Fraction">0 to 1.</param>
public readonly record struct PaintingProgress(double Fraction);
