using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Personalization.Taste.Model;

/// <summary>
/// What people agree and disagree about in known pictures beyond all features: the leading directions of what is left of
/// their comparisons, people by pictures. For those pictures each is one more feature, standardised, clipped and scaled as
/// the others are; for every other picture it is 0. Immutable.
/// </summary>
/// <param name="Count">How many directions, k.</param>
/// <param name="Coordinates">k features of each picture that enough people have met, by picture id.</param>
public sealed record LatentFactors(int Count, IReadOnlyDictionary<long, double[]> Coordinates)
{
    /// <summary>Directions at most.</summary>
    public const int MaxCount = 8;

    /// <summary>The variance of a weight on a direction before any vote: little is expected of it until people show it.</summary>
    public const double Variance = 0.1;

    // A picture that fewer people have met tells less about them than chance does.
    private const int MinPeople = 8;

    // What chance makes of the same comparisons is found this often, and the strongest of it counts.
    private const int Shuffles = 3;

    // A direction only as strong as the strongest that chance makes is mostly chance: it is in a random direction, and holds
    // much of the very people it was found in. From half as strong again on, most of it is true.
    private const double Margin = 1.5;

    // More columns than directions let those separate quickly.
    private const int SpareColumns = 8;
    private const int Rounds = 40;

    /// <summary>Finds the directions that are clearly stronger than chance would make them; null where there are none.</summary>
    /// <param name="prior">The community that was fitted to the same people.</param>
    /// <param name="people">Everybody's comparisons, in the prior's features.</param>
    /// <param name="parallelism">How many people are looked at at a time, at least 1. The result does not depend on it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static LatentFactors? Find(CommunityPrior prior, IReadOnlyList<IReadOnlyList<Comparison>> people, int parallelism, CancellationToken cancellationToken)
    {
        var residuals = Residuals.Create(prior, people, parallelism, cancellationToken);
        if (residuals.Pictures.Count <= MaxCount + SpareColumns)
        {
            return null;
        }

        var random = new StableRandom(0);
        var chance = 0.0;
        for (var shuffle = 0; shuffle < Shuffles; shuffle++)
        {
            chance = Math.Max(chance, Leading(residuals.Flipped(random), cancellationToken).Strengths[0]);
        }

        var (strengths, directions) = Leading(residuals, cancellationToken);
        var count = strengths.Take(MaxCount).TakeWhile(strength => strength > Margin * chance).Count();
        return count == 0 ? null : new(count, Standardized(residuals, directions, count));
    }

    /// <summary>The features, the directions' among them.</summary>
    public PictureFeatures Extend(PictureFeatures features)
    {
        var values = new double[features.Dimension + Count];
        features.Values.CopyTo(values);
        if (Coordinates.TryGetValue(features.Picture, out var coordinates))
        {
            coordinates.CopyTo(values, features.Dimension);
        }

        return new(features.Picture, values);
    }

    /// <summary>The comparisons with such features. Each picture's are made once.</summary>
    public IReadOnlyList<IReadOnlyList<Comparison>> Extend(IReadOnlyList<IReadOnlyList<Comparison>> people)
    {
        var extended = new Dictionary<PictureFeatures, PictureFeatures>(ReferenceEqualityComparer.Instance);
        PictureFeatures Once(PictureFeatures features) => extended.TryGetValue(features, out var known) ? known : extended[features] = Extend(features);
        return [.. people.Select(comparisons => comparisons.Select(comparison => comparison with { Preferred = Once(comparison.Preferred), Other = Once(comparison.Other) }).ToArray())];
    }

    /// <summary>The prior over the weights of such features: nothing is known of the new ones but <see cref="Variance"/>.</summary>
    public CommunityPrior Extend(CommunityPrior prior)
    {
        var dimension = prior.Dimension + Count;
        var (mean, spread, doubt) = (new double[dimension], new double[dimension * dimension], new double[dimension * dimension]);
        var known = prior.MeanCovariance();
        prior.Mean.CopyTo(mean);
        for (var row = 0; row < prior.Dimension; row++)
        {
            prior.PopulationCovariance.Slice(row * prior.Dimension, prior.Dimension).CopyTo(spread.AsSpan(row * dimension));
            known.AsSpan(row * prior.Dimension, prior.Dimension).CopyTo(doubt.AsSpan(row * dimension));
        }

        for (var row = prior.Dimension; row < dimension; row++)
        {
            spread[(row * dimension) + row] = Variance;
        }

        return new(prior.Version, mean, spread, doubt, prior.AppealVariance, prior.Appeals, prior.TieOdds);
    }

    /// <summary>The eigenvectors of the greatest eigenvalues of <see cref="Residuals.Multiply"/>, by subspace iteration (Golub and Van Loan 2013, "Matrix Computations", 8.2.4).</summary>
    private static (double[] Strengths, Matrix<double> Directions) Leading(Residuals residuals, CancellationToken cancellationToken)
    {
        const int columns = MaxCount + SpareColumns;
        var random = new StableRandom(1);
        var basis = Matrix<double>.Build.Dense(residuals.Pictures.Count, columns);
        for (var column = 0; column < columns; column++)
        {
            for (var row = 0; row < basis.RowCount; row++)
            {
                basis[row, column] = random.NextNormal();
            }
        }

        for (var round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            basis = residuals.Multiply(basis.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin).Q);
        }

        var orthonormal = basis.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin).Q;
        var projected = orthonormal.TransposeThisAndMultiply(residuals.Multiply(orthonormal));
        var spectrum = ((projected + projected.Transpose()) / 2).Evd(Symmetricity.Symmetric);
        var order = Enumerable.Range(0, columns).OrderByDescending(index => spectrum.EigenValues[index].Real).ToArray();
        return (
            [.. order.Select(index => spectrum.EigenValues[index].Real)],
            orthonormal * Matrix<double>.Build.DenseOfColumnVectors(order.Select(index => spectrum.EigenVectors.Column(index))));
    }

    private static Dictionary<long, double[]> Standardized(Residuals residuals, Matrix<double> directions, int count)
    {
        var result = residuals.Pictures.ToDictionary(picture => picture, _ => new double[count]);
        var scale = PictureFeatures.ScaleOf(count);
        for (var direction = 0; direction < count; direction++)
        {
            // Undoes what gave every picture's residuals the same noise.
            var loadings = residuals.Pictures.Select((_, picture) => directions[picture, direction] / Math.Sqrt(residuals.Information[picture])).ToArray();
            var size = Math.Sqrt(loadings.Average(loading => loading * loading));
            for (var picture = 0; picture < loadings.Length; picture++)
            {
                result[residuals.Pictures[picture]][direction] = scale * Math.Clamp(loadings[picture] / size, -PictureFeatures.Clip, PictureFeatures.Clip);
            }
        }

        return result;
    }

    /// <summary>What is left of comparisons once their person's taste and the pictures' own appeal are accounted for.</summary>
    private sealed class Residuals
    {
        private readonly Entry[][] _people;
        private readonly (int Picture, double Residual)[][] _sums;

        private Residuals(IReadOnlyList<long> pictures, double[] information, Entry[][] people)
        {
            (Pictures, Information, _people) = (pictures, information, people);
            _sums = Array.ConvertAll(people, Sums);
        }

        /// <summary>The pictures that enough people have met.</summary>
        public IReadOnlyList<long> Pictures { get; }

        /// <summary>The Fisher information of all comparisons on each picture's appeal: the variance of its residuals' sum.</summary>
        public double[] Information { get; }

        public static Residuals Create(CommunityPrior prior, IReadOnlyList<IReadOnlyList<Comparison>> people, int parallelism, CancellationToken cancellationToken)
        {
            var pictures = people
                .SelectMany(comparisons => comparisons.SelectMany(comparison => new[] { comparison.Preferred.Picture, comparison.Other.Picture }).Distinct())
                .CountBy(picture => picture)
                .Where(met => met.Value >= MinPeople)
                .Select(met => met.Key)
                .Order()
                .ToArray();
            var indices = pictures.Index().ToDictionary(picture => picture.Item, picture => picture.Index);
            var model = new TasteModel(prior);
            var entries = new Entry[people.Count][];
            Parallel.For(0, people.Count, new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken }, person =>
            {
                // What one person alone sees in a picture is left in: what many see in it is what is looked for.
                var taste = model.RebuildWeights(people[person]);
                entries[person] = [.. people[person].Select(comparison =>
                {
                    var p = model.Probability(taste, comparison.Preferred, comparison.Other);
                    return new Entry(
                        indices.GetValueOrDefault(comparison.Preferred.Picture, -1),
                        indices.GetValueOrDefault(comparison.Other.Picture, -1),
                        comparison.Weight * (comparison.Outcome - p),
                        comparison.Weight * p * (1 - p));
                })];
            });
            var information = new double[pictures.Length];
            foreach (var entry in entries.SelectMany(entry => entry))
            {
                Add(information, entry.Preferred, entry.Information);
                Add(information, entry.Other, entry.Information);
            }

            return new(pictures, information, entries);
        }

        /// <summary>The same comparisons, each with its residual's sign by chance: whatever they had in common is gone.</summary>
        public Residuals Flipped(StableRandom random)
        {
            var flipped = new Entry[_people.Length][];
            for (var person = 0; person < flipped.Length; person++)
            {
                flipped[person] = (Entry[])_people[person].Clone();
                foreach (ref var entry in flipped[person].AsSpan())
                {
                    entry = random.Below(2) == 0 ? entry with { Residual = -entry.Residual } : entry;
                }
            }

            return new(Pictures, Information, flipped);
        }

        /// <summary>
        /// By how residuals of two pictures go together within people, summed over people, each picture's at unit noise. A
        /// comparison's residual goes with itself, and a picture's with all that one person sees in it; neither is shared
        /// by anybody, so both are left out. By chance alone, what remains is 0 on average.
        /// </summary>
        public Matrix<double> Multiply(Matrix<double> columns)
        {
            var width = columns.ColumnCount;
            var scaled = new double[Pictures.Count][];
            var product = new double[Pictures.Count][];
            for (var picture = 0; picture < scaled.Length; picture++)
            {
                var unit = 1 / Math.Sqrt(Information[picture]);
                scaled[picture] = [.. Enumerable.Range(0, width).Select(column => unit * columns[picture, column])];
                product[picture] = new double[width];
            }

            var seen = new double[width];
            for (var person = 0; person < _people.Length; person++)
            {
                Array.Clear(seen);
                foreach (var (picture, residual) in _sums[person])
                {
                    TensorPrimitives.MultiplyAdd(scaled[picture], residual, seen, seen);
                }

                foreach (var (picture, residual) in _sums[person])
                {
                    TensorPrimitives.MultiplyAdd<double>(seen, residual, product[picture], product[picture]);
                    TensorPrimitives.MultiplyAdd(scaled[picture], -residual * residual, product[picture], product[picture]);
                }

                foreach (var entry in _people[person])
                {
                    if (entry.Preferred < 0 || entry.Other < 0)
                    {
                        continue;
                    }

                    // Of a comparison of two known pictures, that product has -r^2 between them.
                    var square = entry.Residual * entry.Residual;
                    TensorPrimitives.MultiplyAdd(scaled[entry.Other], square, product[entry.Preferred], product[entry.Preferred]);
                    TensorPrimitives.MultiplyAdd(scaled[entry.Preferred], square, product[entry.Other], product[entry.Other]);
                }
            }

            return Matrix<double>.Build.Dense(product.Length, width, (picture, column) => product[picture][column] / Math.Sqrt(Information[picture]));
        }

        /// <summary>A person's residuals, picture by picture.</summary>
        private static (int Picture, double Residual)[] Sums(Entry[] person) =>
        [
            .. person
                .SelectMany(entry => new[] { (Picture: entry.Preferred, entry.Residual), (Picture: entry.Other, Residual: -entry.Residual) })
                .Where(end => end.Picture >= 0)
                .GroupBy(end => end.Picture, end => end.Residual)
                .Select(picture => (picture.Key, picture.Sum())),
        ];

        private static void Add(double[] sums, int picture, double value)
        {
            if (picture >= 0)
            {
                sums[picture] += value;
            }
        }

        /// <summary>One comparison: indices of its pictures, -1 for one too few have met; y - p and p (1 - p), by its weight.</summary>
        private readonly record struct Entry(int Preferred, int Other, double Residual, double Information);
    }
}
