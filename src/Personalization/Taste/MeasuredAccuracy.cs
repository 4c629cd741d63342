namespace Personalization.Taste;

/// <summary>
/// How often a person's choice was predicted correctly before they made it, on random pairs: unbiased, because these pairs were
/// not picked for being easy or hard. Only the latest count, since a taste is known better with every vote.
/// </summary>
/// <param name="Correct">Choices that were predicted.</param>
/// <param name="Total">Choices in all, <see cref="MinPairs"/> to <see cref="MaxPairs"/>.</param>
public readonly record struct MeasuredAccuracy(int Correct, int Total)
{
    /// <summary>A share of fewer pairs says nothing.</summary>
    public const int MinPairs = 10;

    /// <summary>The number of latest pairs that are counted.</summary>
    public const int MaxPairs = 60;

    /// <summary>0 to 1.</summary>
    public double Share => Correct / (double)Total;

    /// <summary>The standard error of <see cref="Share"/>, with two successes and two failures added (Agresti and Coull 1998).</summary>
    public double StandardError => Math.Sqrt((Correct + 2.0) * (Total - Correct + 2.0) / Math.Pow(Total + 4.0, 3));
}
