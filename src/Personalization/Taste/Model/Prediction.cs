namespace Personalization.Taste.Model;

/// <summary>The posterior of w.x for a comparison, w a person's weights and x the difference of its pictures' features.</summary>
/// <param name="Liking">Its mean, in log odds.</param>
/// <param name="Variance">Its variance, at least 0.</param>
/// <param name="Weight">The weight with which the comparison was learnt.</param>
internal readonly record struct Prediction(double Liking, double Variance, double Weight);
