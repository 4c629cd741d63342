namespace Personalization.Taste.Model;

/// <summary>What is known of a picture's own appeal b, beyond its features: N(mean, variance), in log odds.</summary>
public readonly record struct Appeal(double Mean, double Variance);
