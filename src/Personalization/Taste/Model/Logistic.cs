using MathNet.Numerics;

namespace Personalization.Taste.Model;

/// <summary>The logistic function sigma and its averages over Gaussians, without overflow.</summary>
internal static class Logistic
{
    /// <summary>sigma(z) = 1/(1 + e^-z).</summary>
    public static double Sigmoid(double z) => z >= 0 ? 1 / (1 + Math.Exp(-z)) : Math.Exp(z) / (1 + Math.Exp(z));

    /// <summary>ln sigma(z).</summary>
    public static double LogSigmoid(double z) => z >= 0 ? -Math.Log(1 + Math.Exp(-z)) : z - Math.Log(1 + Math.Exp(z));

    /// <summary>
    /// The average of sigma over N(z, variance), with sigma approximated by a mixture of three normal distribution functions
    /// (Monahan and Stefanski 1992, "Normal scale mixture approximations to F*(z) and computation of the logistic-normal
    /// integral"). The error is at most 0.0005 in probability and 2% in log odds; with a single function
    /// (<see cref="ProbitScale"/>) the log odds are up to 1/6 too small.
    /// </summary>
    public static double Average(double z, double variance) =>
        (0.25220 * Normal(z, 0.90793, variance)) + (0.58523 * Normal(z, 0.57778, variance)) + (0.16257 * Normal(z, 0.36403, variance));

    /// <summary>
    /// The factor by which uncertainty of this variance scales log odds near 0: 1/sqrt(1 + pi variance/8), so that the average of
    /// sigma over N(z, variance) is about sigma(scale z) (MacKay 1992, "The evidence framework applied to classification
    /// networks").
    /// </summary>
    /// <param name="variance">At least 0.</param>
    public static double ProbitScale(double variance) => 1 / Math.Sqrt(1 + (Math.PI * variance / 8));

    /// <summary>The entropy of a choice of probability p, in nats.</summary>
    public static double Entropy(double p) => p is <= 0 or >= 1 ? 0 : -(p * Math.Log(p)) - ((1 - p) * Math.Log(1 - p));

    /// <summary>The average of Phi(slope z) over N(z, variance).</summary>
    private static double Normal(double z, double slope, double variance) =>
        0.5 * SpecialFunctions.Erfc(-slope * z / Math.Sqrt(2 * (1 + (slope * slope * variance))));
}
