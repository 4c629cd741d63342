namespace Personalization.Taste.Model;

/// <summary>The factors that expectation propagation ended with: the next fit to the same comparisons begins close to its end with them.</summary>
/// <param name="Precisions">One of each comparison that tells of the weights, in their order, at least 0.</param>
/// <param name="Shifts">As many.</param>
/// <param name="Lapse">The person's lapse rate.</param>
internal sealed record PosteriorFactors(double[] Precisions, double[] Shifts, double Lapse);
