namespace Personalization;

/// <summary>Draws from the standard normal distribution by the transform of Box and Muller (1958).</summary>
public static class NormalDistribution
{
    /// <summary>A draw from the standard normal distribution, for which two uniform numbers are taken from <paramref name="random"/>.</summary>
    public static double NextNormal(this Random random) => FromUniform(1 - random.NextDouble(), random.NextDouble());

    /// <param name="radius">Uniform, above 0 and at most 1, so that its logarithm is finite.</param>
    /// <param name="angle">Uniform, at least 0 and below 1, in turns.</param>
    internal static double FromUniform(double radius, double angle) =>
        Math.Sqrt(-2 * Math.Log(radius)) * Math.Cos(2 * Math.PI * angle);
}
