namespace Personalization.Taste.Model;

/// <summary>The posterior of w.x, w a person's weights and x the difference of features of two pictures.</summary>
/// <param name="Liking">Its mean, in log odds.</param>
/// <param name="Variance">Its variance, at least 0.</param>
internal readonly record struct Prediction(double Liking, double Variance);
