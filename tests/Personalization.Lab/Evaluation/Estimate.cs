namespace Personalization.Lab.Evaluation;

/// <summary>A number measured on people.</summary>
/// <param name="StandardError">Over people; null where there is only one.</param>
public sealed record Estimate(double Value, double? StandardError);
