using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Personalization.Taste.Model;

/// <summary>
/// Latent factors of known pictures: the leading eigenvectors of the picture by picture covariance of comparison residuals
/// within people. Each is an additional feature, standardised, clipped and scaled like the others, and 0 for a picture that is
/// not known. Immutable; stored as JSON under these names.
/// </summary>
/// <param name="Count">The number of factors, k.</param>
/// <param name="Coordinates">The k features of each picture that enough people have compared, by picture id.</param>
public sealed record LatentFactors(int Count, IReadOnlyDictionary<long, double[]> Coordinates)
{
    /// <summary>The maximum number of factors.</summary>
    public const int MaxCount = 8;

    /// <summary>The prior variance of a factor's weight, relative to 1 for a style axis.</summary>
    public const double Variance = 0.1;

    // Residuals of a picture that fewer people have compared are mostly noise.
    private const int MinPeople = 8;

    // Parallel analysis (Horn 1965): the null eigenvalue is the largest over this many copies with random signs.
    private const int NullCopies = 3;

    // Near the null eigenvalue an eigenvector is mostly noise (a phase transition of spiked models; Benaych-Georges and
    // Nadakuditi 2011). From 1.5 times the null eigenvalue on, most of it is signal.
    private const double Margin = 1.5;

    // Columns beyond the wanted ones speed up the convergence of subspace iteration.
    private const int SpareColumns = 8;
    private const int Iterations = 40;

    /// <summary>Finds the factors whose eigenvalue is at least 1.5 times that of noise; null if there are none.</summary>
    /// <param name="prior">The prior that was fitted to the same people.</param>
    /// <param name="people">The comparisons of each person, in the prior's features.</param>
    /// <param name="parallelism">How many people are processed concurrently, at least 1. It does not change the result.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static LatentFactors? Find(CommunityPrior prior, IReadOnlyList<IReadOnlyList<Comparison>> people, int parallelism, CancellationToken cancellationToken)
    {
        var residuals = Residuals.Create(prior, people, parallelism, cancellationToken);
        if (residuals.Pictures.Count <= MaxCount + SpareColumns)
        {
            return null;
        }

        var random = new StableRandom(0);
        var nullStrength = 0.0;
        for (var copy = 0; copy < NullCopies; copy++)
        {
            nullStrength = Math.Max(nullStrength, Leading(residuals.WithRandomSigns(random), cancellationToken).Eigenvalues[0]);
        }

        var (eigenvalues, eigenvectors) = Leading(residuals, cancellationToken);
        var count = eigenvalues.Take(MaxCount).TakeWhile(value => value > Margin * nullStrength).Count();
        return count == 0 ? null : new(count, Standardized(residuals, eigenvectors, count));
    }

    /// <summary>The features, followed by the k of the factors.</summary>
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

    /// <summary>The comparisons with extended features. Comparisons that share features share the extended ones.</summary>
    public IReadOnlyList<IReadOnlyList<Comparison>> Extend(IReadOnlyList<IReadOnlyList<Comparison>> people)
    {
        var extended = new Dictionary<PictureFeatures, PictureFeatures>(ReferenceEqualityComparer.Instance);
        PictureFeatures Once(PictureFeatures features) => extended.TryGetValue(features, out var known) ? known : extended[features] = Extend(features);
        return [.. people.Select(comparisons => comparisons.Select(comparison => comparison with { Preferred = Once(comparison.Preferred), Other = Once(comparison.Other) }).ToArray())];
    }

    /// <summary>The prior over the weights of extended features: the new weights are independent, with mean 0 and <see cref="Variance"/>.</summary>
    public CommunityPrior Extend(CommunityPrior prior)
    {
        var dimension = prior.Dimension + Count;
        var (mean, populationCovariance, meanCovariance) = (new double[dimension], new double[dimension * dimension], new double[dimension * dimension]);
        var known = prior.MeanCovariance();
        prior.Mean.CopyTo(mean);
        for (var row = 0; row < prior.Dimension; row++)
        {
            prior.PopulationCovariance.Slice(row * prior.Dimension, prior.Dimension).CopyTo(populationCovariance.AsSpan(row * dimension));
            known.AsSpan(row * prior.Dimension, prior.Dimension).CopyTo(meanCovariance.AsSpan(row * dimension));
        }

        for (var row = prior.Dimension; row < dimension; row++)
        {
            populationCovariance[(row * dimension) + row] = Variance;
        }

        return new(prior.Version, mean, populationCovariance, meanCovariance, prior.AppealVariance, prior.Appeals, prior.TieOdds, prior.PictureEffectVariance, prior.Lapse);
    }

    /// <summary>
    /// The largest eigenvalues, in descending order, and eigenvectors, in columns, of the matrix that
    /// <see cref="Residuals.Multiply"/> applies, by subspace iteration (Golub and Van Loan 2013, "Matrix Computations", 8.2.4).
    /// </summary>
    private static (double[] Eigenvalues, Matrix<double> Eigenvectors) Leading(Residuals residuals, CancellationToken cancellationToken)
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

        for (var iteration = 0; iteration < Iterations; iteration++)
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

    private static Dictionary<long, double[]> Standardized(Residuals residuals, Matrix<double> eigenvectors, int count)
    {
        var result = residuals.Pictures.ToDictionary(picture => picture, _ => new double[count]);
        var scale = PictureFeatures.ScaleOf(count);
        for (var factor = 0; factor < count; factor++)
        {
            // Undoes the scaling to unit noise.
            var loadings = residuals.Pictures.Select((_, picture) => eigenvectors[picture, factor] / Math.Sqrt(residuals.Information[picture])).ToArray();
            var size = Math.Sqrt(loadings.Average(loading => loading * loading));
            for (var picture = 0; picture < loadings.Length; picture++)
            {
                result[residuals.Pictures[picture]][factor] = scale * Math.Clamp(loadings[picture] / size, -PictureFeatures.Clip, PictureFeatures.Clip);
            }
        }

        return result;
    }

    /// <summary>The residuals y - p of all comparisons, given each person's taste and the item effects.</summary>
    private sealed class Residuals
    {
        private readonly Entry[][] _people;
        private readonly (int Picture, double Residual)[][] _sums;

        private Residuals(IReadOnlyList<long> pictures, double[] information, Entry[][] people)
        {
            (Pictures, Information, _people) = (pictures, information, people);
            _sums = Array.ConvertAll(people, Sums);
        }

        /// <summary>The pictures that enough people have compared, in the order of their ids.</summary>
        public IReadOnlyList<long> Pictures { get; }

        /// <summary>The Fisher information of all comparisons on each picture's item effect, which is the variance of the sum of its residuals.</summary>
        public double[] Information { get; }

        public static Residuals Create(CommunityPrior prior, IReadOnlyList<IReadOnlyList<Comparison>> people, int parallelism, CancellationToken cancellationToken)
        {
            var pictures = people
                .SelectMany(comparisons => comparisons.SelectMany(comparison => new[] { comparison.Preferred.Picture, comparison.Other.Picture }).Distinct())
                .CountBy(picture => picture)
                .Where(met => met.Key != 0 && met.Value >= MinPeople)
                .Select(met => met.Key)
                .Order()
                .ToArray();
            var indices = pictures.Index().ToDictionary(picture => picture.Item, picture => picture.Index);
            var model = new TasteModel(prior);
            var entries = new Entry[people.Count][];
            Parallel.For(0, people.Count, new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken }, person =>
            {
                // Without the person's own picture effects: they would absorb what the factors are to explain.
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

        /// <summary>A copy in which each residual has a random sign, which removes all structure between comparisons.</summary>
        public Residuals WithRandomSigns(StableRandom random)
        {
            var copy = new Entry[_people.Length][];
            for (var person = 0; person < copy.Length; person++)
            {
                copy[person] = (Entry[])_people[person].Clone();
                foreach (ref var entry in copy[person].AsSpan())
                {
                    entry = random.Below(2) == 0 ? entry with { Residual = -entry.Residual } : entry;
                }
            }

            return new(Pictures, Information, copy);
        }

        /// <summary>
        /// Multiplies the matrix of picture by picture products of residual sums within people, summed over people and scaled
        /// to unit noise, with some columns. The products of a comparison's residual with itself, and of a picture's sum with
        /// itself, contain variance that people do not share; they are left out, so that the expectation is 0 without structure.
        /// </summary>
        /// <param name="columns">One row for each of <see cref="Pictures"/>.</param>
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

            var combined = new double[width];
            for (var person = 0; person < _people.Length; person++)
            {
                Array.Clear(combined);
                foreach (var (picture, residual) in _sums[person])
                {
                    TensorPrimitives.MultiplyAdd(scaled[picture], residual, combined, combined);
                }

                foreach (var (picture, residual) in _sums[person])
                {
                    TensorPrimitives.MultiplyAdd<double>(combined, residual, product[picture], product[picture]);
                    TensorPrimitives.MultiplyAdd(scaled[picture], -residual * residual, product[picture], product[picture]);
                }

                foreach (var entry in _people[person])
                {
                    if (entry.Preferred < 0 || entry.Other < 0)
                    {
                        continue;
                    }

                    // The product above contains -r^2 between the two pictures of one comparison: take it out.
                    var square = entry.Residual * entry.Residual;
                    TensorPrimitives.MultiplyAdd(scaled[entry.Other], square, product[entry.Preferred], product[entry.Preferred]);
                    TensorPrimitives.MultiplyAdd(scaled[entry.Preferred], square, product[entry.Other], product[entry.Other]);
                }
            }

            return Matrix<double>.Build.Dense(product.Length, width, (picture, column) => product[picture][column] / Math.Sqrt(Information[picture]));
        }

        /// <summary>The sum of a person's residuals for each picture, counted negative where it was the other one.</summary>
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

        /// <summary>One comparison: the indices of its pictures, -1 for one that too few people have compared; y - p and p (1 - p), times its weight.</summary>
        private readonly record struct Entry(int Preferred, int Other, double Residual, double Information);
    }
}
