using System.Buffers;
using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>
/// A person's own effects of the pictures that recur in their comparisons, integrated out of the posterior of the weights.
/// What a person sees in a picture is the same each time they meet it: taken as new each time, ten comparisons of one
/// picture would count as ten observations of the features it has. With Z the differences of effects in the log odds z = Xw + Ze, and
/// T the precisions of the factors of expectation propagation, e given w has the precision M = Z'TZ + I/se^2, which is sparse,
/// and the mean M^-1 Z'(s - TXw), s being the shifts. The effects of pictures that do not recur are in <see cref="Kappas"/>.
/// </summary>
internal sealed class SharedEffects : IDisposable
{
    // Eliminating a picture changes what its neighbours' elimination takes from it; messages settle in a few sweeps, because
    // each picture's own precision bounds them.
    private const int Sweeps = 6;

    private const int MaxConjugateSteps = 200;

    // Rows that are transposed together: a row's part of each column is then one line of the processor's cache.
    private const int TransposedBlock = 8;

    // Of squared residuals. Errors of G count squared, since it enters a quadratic form at its minimum; those of the effects' means
    // are 1e-4 of them, a hundredth of what expectation propagation leaves.
    private const double Tolerance = 1e-8;

    private readonly int[] _preferred;
    private readonly int[] _other;
    private readonly int _count;
    private readonly int _pictures;
    private readonly int _dimension;
    private readonly double _precision;
    private readonly double[] _weights;
    private readonly double[] _diagonal;
    private readonly double[] _taken;
    private readonly double[] _solution;
    private readonly int[] _edgeOf;
    private readonly Edge[] _edges;
    private double[] _differences = [];
    private double[] _reduced = [];

    private SharedEffects(int[] preferred, int[] other, int pictures, double[] kappas, int dimension, double variance)
    {
        (_preferred, _other, _count, _pictures, _dimension, _precision, Kappas) = (preferred, other, preferred.Length, pictures, dimension, 1 / variance, kappas);
        _weights = new double[Stride];
        _diagonal = new double[pictures];
        _taken = new double[pictures];
        _solution = new double[pictures * Width];
        (_edgeOf, _edges) = Edges(preferred, other);
    }

    /// <summary>kappa of each comparison, for the unknown effects of those of its pictures that do not recur.</summary>
    public double[] Kappas { get; }

    /// <summary>The distance between rows of <see cref="Reduced"/>: n comparisons, then m pictures.</summary>
    public int Stride => _count + _pictures;

    /// <summary>
    /// Of <see cref="Eliminate"/>: d rows of X - ZG and, behind it, G, with G = M^-1 Z'TX. With <see cref="Weights"/> its Gram matrix
    /// is X'(T^-1 + se^2 ZZ')^-1 X, which the votes add to the precision of the weights.
    /// </summary>
    public ReadOnlySpan<double> Reduced => _reduced;

    /// <summary>T, then 1/se^2 for each picture.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    // The features, and the effects themselves.
    private int Width => _dimension + 1;

    /// <summary>The effects that recur in these comparisons.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="variance">se^2, above 0.</param>
    public static SharedEffects Of(Comparison[] comparisons, int dimension, double variance)
    {
        var met = comparisons.SelectMany(comparison => new[] { comparison.Preferred.Picture, comparison.Other.Picture }).CountBy(picture => picture).ToDictionary();
        var index = new Dictionary<long, int>();
        var (preferred, other) = (Array.ConvertAll(comparisons, comparison => IndexOf(comparison.Preferred)), Array.ConvertAll(comparisons, comparison => IndexOf(comparison.Other)));
        var kappas = preferred.Zip(other, (one, two) => Logistic.ProbitScale(((one < 0 ? 1 : 0) + (two < 0 ? 1 : 0)) * variance)).ToArray();
        return new(preferred, other, index.Count, kappas, dimension, variance);

        // A picture without an id is a different one each time.
        int IndexOf(PictureFeatures picture)
        {
            if (picture.Picture == 0 || met[picture.Picture] < 2)
            {
                return -1;
            }

            if (!index.TryGetValue(picture.Picture, out var at))
            {
                at = index[picture.Picture] = index.Count;
            }

            return at;
        }
    }

    public void Dispose()
    {
        if (_reduced.Length > 0)
        {
            ArrayPool<double>.Shared.Return(_differences);
            ArrayPool<double>.Shared.Return(_reduced);
        }
    }

    /// <summary>Eliminates the effects under the present factors.</summary>
    /// <param name="x">X, d rows, of which the first <paramref name="precisions"/>.Length numbers are used; the same at each call.</param>
    /// <param name="stride">The distance between rows of X.</param>
    /// <param name="precisions">T.</param>
    /// <param name="shifts">s, relative to the prior mean of the weights; on return s - TZM^-1 Z's.</param>
    public void Eliminate(ReadOnlySpan<double> x, int stride, ReadOnlySpan<double> precisions, Span<double> shifts)
    {
        if (_reduced.Length == 0)
        {
            _differences = ArrayPool<double>.Shared.Rent(_count * _dimension);
            _reduced = ArrayPool<double>.Shared.Rent(_dimension * Stride);
            for (var feature = 0; feature < _dimension; feature++)
            {
                for (var k = 0; k < _count; k++)
                {
                    _differences[(k * _dimension) + feature] = x[(feature * stride) + k];
                }
            }
        }

        precisions.CopyTo(_weights);
        _weights.AsSpan(_count).Fill(_precision);
        Array.Fill(_diagonal, _precision);
        var right = new double[_solution.Length];
        for (var k = 0; k < _count; k++)
        {
            if (_preferred[k] < 0 && _other[k] < 0)
            {
                continue;
            }

            AddTo(_preferred[k], k, 1, shifts[k], right);
            AddTo(_other[k], k, -1, shifts[k], right);
        }

        // Starts from the solution under the factors before.
        ConjugateGradients.Solve(_solution, right, _diagonal, Apply, Tolerance, MaxConjugateSteps);
        SetTaken();
        for (var k = 0; k < _count; k++)
        {
            shifts[k] -= precisions[k] * Difference(k, _solution, Width, _dimension);
        }

        SetReduced();
    }

    /// <summary>Sets <see cref="Reduced"/> from the solution.</summary>
    private void SetReduced()
    {
        var rows = new double[TransposedBlock * _dimension];
        for (var first = 0; first < Stride; first += TransposedBlock)
        {
            var count = Math.Min(TransposedBlock, Stride - first);
            for (var i = 0; i < count; i++)
            {
                SetReducedRow(first + i, rows.AsSpan(i * _dimension, _dimension));
            }

            for (var feature = 0; feature < _dimension; feature++)
            {
                var into = _reduced.AsSpan((feature * Stride) + first, count);
                for (var i = 0; i < into.Length; i++)
                {
                    into[i] = rows[(i * _dimension) + feature];
                }
            }
        }
    }

    /// <summary>One comparison's row of X - ZG, or, after the comparisons, one picture's row of G.</summary>
    private void SetReducedRow(int index, Span<double> row)
    {
        if (index >= _count)
        {
            Effect(index - _count).CopyTo(row);
            return;
        }

        _differences.AsSpan(index * _dimension, _dimension).CopyTo(row);
        if (_preferred[index] >= 0)
        {
            TensorPrimitives.MultiplyAdd(Effect(_preferred[index]), -Kappas[index], row, row);
        }

        if (_other[index] >= 0)
        {
            TensorPrimitives.MultiplyAdd(Effect(_other[index]), Kappas[index], row, row);
        }

        ReadOnlySpan<double> Effect(int picture) => _solution.AsSpan(picture * Width, _dimension);
    }

    /// <summary>Adds the posterior means of Ze to the log odds.</summary>
    /// <param name="deviation">The posterior mean of the weights less their prior mean, d.</param>
    public void AddMeans(ReadOnlySpan<double> deviation, Span<double> logOdds)
    {
        var means = Means(deviation);
        for (var k = 0; k < _count; k++)
        {
            logOdds[k] += Difference(k, means, 1, 0);
        }
    }

    /// <summary>
    /// Adds the variances of Ze given the weights, the diagonal of ZM^-1 Z', by Gaussian belief propagation: exact
    /// where comparisons form no cycles, and close to it elsewhere (Weiss and Freeman 2001, "Correctness of belief propagation in
    /// Gaussian graphical models of arbitrary topology").
    /// </summary>
    public void AddVariances(Span<double> variances)
    {
        for (var k = 0; k < _count; k++)
        {
            var square = Kappas[k] * Kappas[k];
            if (_edgeOf[k] >= 0)
            {
                ref readonly var edge = ref _edges[_edgeOf[k]];
                var (lower, upper) = (Rest(edge.Lower) + edge.FromUpper, Rest(edge.Upper) + edge.FromLower);
                variances[k] += square * (lower + upper - (2 * edge.Curvature)) / ((lower * upper) - (edge.Curvature * edge.Curvature));
            }
            else if (_preferred[k] != _other[k])
            {
                variances[k] += square / Rest(Math.Max(_preferred[k], _other[k]));
            }
        }
    }

    /// <summary>What the effects tell of se^2.</summary>
    /// <param name="deviation">The posterior mean of the weights less their prior mean, d.</param>
    /// <param name="variances">Of each picture's row of G, its variance under the posterior of the weights.</param>
    /// <returns>
    /// The sum of their squared posterior means, and how many of them the comparisons determine, the sum of 1 - variance/se^2:
    /// their ratio is the next estimate (MacKay 1992, "Bayesian interpolation"). The variances are those of belief propagation, which
    /// are too small where comparisons form short cycles.
    /// </returns>
    public (double Squares, double Determined) Evidence(ReadOnlySpan<double> deviation, double[] variances)
    {
        var means = Means(deviation);
        var (squares, determined) = (TensorPrimitives.SumOfSquares<double>(means), 0.0);
        for (var picture = 0; picture < _pictures; picture++)
        {
            determined += 1 - (_precision * ((1 / Rest(picture)) + variances[picture]));
        }

        return (squares, Math.Max(0, determined));
    }

    private double[] Means(ReadOnlySpan<double> deviation)
    {
        var means = new double[_pictures];
        for (var picture = 0; picture < _pictures; picture++)
        {
            means[picture] = _solution[(picture * Width) + _dimension] - TensorPrimitives.Dot(_solution.AsSpan(picture * Width, _dimension), deviation);
        }

        return means;
    }

    /// <summary>The entry of Z'TZ that a comparison adds to the diagonal of each of its pictures, and takes from that between both.</summary>
    private double Curvature(int comparison) => Kappas[comparison] * Kappas[comparison] * _weights[comparison];

    /// <summary>A picture's precision, all others eliminated.</summary>
    private double Rest(int picture) => _diagonal[picture] - _taken[picture];

    /// <summary>A row of Z times one column of a matrix with a row for each picture.</summary>
    private double Difference(int comparison, double[] matrix, int width, int column)
    {
        var (one, two) = (_preferred[comparison], _other[comparison]);
        return Kappas[comparison] * ((one < 0 ? 0 : matrix[(one * width) + column]) - (two < 0 ? 0 : matrix[(two * width) + column]));
    }

    /// <summary>Adds a comparison to the row of one of its pictures of Z'TX, Z's and the diagonal of M.</summary>
    /// <param name="sign">1 for the preferred picture, -1 for the other.</param>
    private void AddTo(int picture, int comparison, double sign, double shift, double[] right)
    {
        if (picture >= 0)
        {
            _diagonal[picture] += Curvature(comparison);
            var kappa = sign * Kappas[comparison];
            var into = right.AsSpan(picture * Width, Width);
            var features = into[.._dimension];
            TensorPrimitives.MultiplyAdd(_differences.AsSpan(comparison * _dimension, _dimension), kappa * _weights[comparison], features, features);
            into[_dimension] += kappa * shift;
        }
    }

    /// <summary>Sets what the elimination of all other pictures takes from each picture's precision.</summary>
    private void SetTaken()
    {
        foreach (ref var edge in _edges.AsSpan())
        {
            (edge.Curvature, edge.FromLower, edge.FromUpper) = (0, 0, 0);
        }

        for (var k = 0; k < _count; k++)
        {
            if (_edgeOf[k] >= 0)
            {
                _edges[_edgeOf[k]].Curvature += Curvature(k);
            }
        }

        Array.Clear(_taken);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (ref var edge in _edges.AsSpan())
            {
                // The two pictures without what each took from the other.
                var (lower, upper) = (Rest(edge.Lower) + edge.FromUpper, Rest(edge.Upper) + edge.FromLower);
                (edge.FromUpper, edge.FromLower) = (edge.Curvature * edge.Curvature / upper, edge.Curvature * edge.Curvature / lower);
            }

            Array.Clear(_taken);
            foreach (ref readonly var edge in _edges.AsSpan())
            {
                _taken[edge.Lower] += edge.FromUpper;
                _taken[edge.Upper] += edge.FromLower;
            }
        }
    }

    /// <summary>The distinct pairs of recurring pictures, and which of them each comparison is about, -1 for none.</summary>
    private static (int[] EdgeOf, Edge[] Edges) Edges(int[] preferred, int[] other)
    {
        var index = new Dictionary<(int, int), int>();
        var edgeOf = new int[preferred.Length];
        for (var k = 0; k < edgeOf.Length; k++)
        {
            var pair = (Math.Min(preferred[k], other[k]), Math.Max(preferred[k], other[k]));
            edgeOf[k] = pair.Item1 < 0 || pair.Item1 == pair.Item2 ? -1
                : index.TryGetValue(pair, out var known) ? known
                : index[pair] = index.Count;
        }

        return (edgeOf, [.. index.OrderBy(pair => pair.Value).Select(pair => new Edge { Lower = pair.Key.Item1, Upper = pair.Key.Item2 })]);
    }

    /// <summary>Multiplies by M.</summary>
    private void Apply(double[] from, double[] to)
    {
        for (var picture = 0; picture < _pictures; picture++)
        {
            TensorPrimitives.Multiply(from.AsSpan(picture * Width, Width), _diagonal[picture], to.AsSpan(picture * Width, Width));
        }

        for (var k = 0; k < _count; k++)
        {
            if (_preferred[k] >= 0 && _other[k] >= 0)
            {
                var (one, two) = (_preferred[k] * Width, _other[k] * Width);
                TensorPrimitives.MultiplyAdd(from.AsSpan(two, Width), -Curvature(k), to.AsSpan(one, Width), to.AsSpan(one, Width));
                TensorPrimitives.MultiplyAdd(from.AsSpan(one, Width), -Curvature(k), to.AsSpan(two, Width), to.AsSpan(two, Width));
            }
        }
    }

    /// <summary>A pair of recurring pictures.</summary>
    private struct Edge
    {
        public int Lower;
        public int Upper;

        /// <summary>Minus the entry of M between both.</summary>
        public double Curvature;

        /// <summary>What eliminating the lower one takes from the precision of the upper one.</summary>
        public double FromLower;
        public double FromUpper;
    }
}
