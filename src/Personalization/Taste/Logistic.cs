namespace Personalization.Taste;

/// <summary>The logistic function and what goes with it, without overflow.</summary>
internal static class Logistic
{
    /// <summary>sigma(z) = 1/(1 + e^-z).</summary>
    public static double Sigmoid(double z) => z >= 0 ? 1 / (1 + Math.Exp(-z)) : Math.Exp(z) / (1 + Math.Exp(z));

    /// <summary>ln sigma(z).</summary>
    public static double LogSigmoid(double z) => z >= 0 ? -Math.Log(1 + Math.Exp(-z)) : z - Math.Log(1 + Math.Exp(z));

    /// <summary>
    /// The average of sigma over N(z, variance), by the probit's slope (MacKay 1992, "The evidence framework applied to
    /// classification networks"): sigma(z / sqrt(1 + pi variance/8)).
    /// </summary>
    public static double Average(double z, double variance) => Sigmoid(z * Slope(variance));

    /// <summary>By how much doubt of this variance flattens log odds: 1/sqrt(1 + pi variance/8).</summary>
    public static double Slope(double variance) => 1 / Math.Sqrt(1 + (Math.PI * variance / 8));

    /// <summary>The entropy of a choice of probability p, in nats.</summary>
    public static double Entropy(double p) => p is <= 0 or >= 1 ? 0 : -(p * Math.Log(p)) - ((1 - p) * Math.Log(1 - p));
}
