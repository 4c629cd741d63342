using System.Numerics.Tensors;

namespace Personalization.Imagine.Jobs;

/// <summary>Chooses among more pictures than an answer holds.</summary>
internal static class BestPictures
{
    // The penalty for equality with a chosen picture, in standard deviations of the candidates' values.
    private const double SimilarityPenalty = 0.5;

    /// <summary>
    /// The pictures of the highest value, with some spread between them: each next one maximizes its value minus a penalty
    /// for its similarity to a chosen one (maximal marginal relevance; Carbonell and Goldstein 1998).
    /// </summary>
    /// <param name="styles">The style coordinates of each picture; null where unknown, which comes last.</param>
    /// <param name="preference">The value of one more of each coordinate.</param>
    /// <param name="count">How many to choose, at most the number of pictures.</param>
    /// <returns>Their indices in <paramref name="styles"/>, best first; equal ones in their order.</returns>
    public static IReadOnlyList<int> Choose(IReadOnlyList<double[]?> styles, IReadOnlyList<double> preference, int count)
    {
        int[] known = [.. Enumerable.Range(0, styles.Count).Where(i => styles[i] is not null)];
        var values = known.ToDictionary(i => i, i => Enumerable.Range(0, preference.Count).Sum(axis => preference[axis] * styles[i]![axis]));
        var deviation = Deviation([.. values.Values]);
        var usual = MeanSquareDistance([.. known.Select(i => styles[i]!)]);
        double Value(int i, List<int> chosen) =>
            values[i] - (SimilarityPenalty * deviation * chosen.Select(other => Likeness(styles[i]!, styles[other]!, usual)).DefaultIfEmpty(0).Max());

        var best = new List<int>(count);
        while (best.Count < Math.Min(count, known.Length))
        {
            best.Add(known.Except(best).MaxBy(i => Value(i, best)));
        }

        return [.. best, .. Enumerable.Range(0, styles.Count).Except(known).Take(count - best.Count)];
    }

    private static double Likeness(double[] one, double[] other, double usual) =>
        usual > 0 ? Math.Exp(-Square(TensorPrimitives.Distance<double>(one, other)) / (2 * usual)) : 1;

    private static double MeanSquareDistance(double[][] styles)
    {
        var pairs =
            from a in Enumerable.Range(0, styles.Length)
            from b in Enumerable.Range(0, a)
            select Square(TensorPrimitives.Distance<double>(styles[a], styles[b]));
        return pairs.DefaultIfEmpty(0).Average();
    }

    private static double Deviation(double[] values)
    {
        var mean = values.DefaultIfEmpty(0).Average();
        return Math.Sqrt(values.Select(value => Square(value - mean)).DefaultIfEmpty(0).Average());
    }

    private static double Square(double value) => value * value;
}
