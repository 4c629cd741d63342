namespace Personalization.Taste.Model;

/// <summary>The item effect b of a picture, its appeal beyond its features: b ~ N(mean, variance), in log odds.</summary>
public readonly record struct Appeal(double Mean, double Variance);
