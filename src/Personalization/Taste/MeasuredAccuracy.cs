namespace Personalization.Taste;

/// <summary>
/// How often a person's choice was foretold before they made it, on pairs that chance alone chose: unbiased, for no pair was
/// picked for being easy or hard. The latest pairs count, since a taste is known better the more was voted.
/// </summary>
/// <param name="Right">Choices that were foretold.</param>
/// <param name="Of">Choices in all, <see cref="Least"/> to <see cref="Latest"/>.</param>
public readonly record struct MeasuredAccuracy(int Right, int Of)
{
    /// <summary>Of fewer pairs a share says nothing.</summary>
    public const int Least = 10;

    /// <summary>At most this many of the latest pairs are counted.</summary>
    public const int Latest = 60;

    /// <summary>0 to 1.</summary>
    public double Share => Right / (double)Of;

    /// <summary>The standard error of <see cref="Share"/>, with two successes and two failures added (Agresti and Coull 1998).</summary>
    public double StandardError => Math.Sqrt((Right + 2.0) * (Of - Right + 2.0) / Math.Pow(Of + 4.0, 3));
}
