using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Personalization.Taste.Model;

/// <summary>
/// Matrix products over many comparisons, in tiles that stay in the processor's registers: they are bound by arithmetic, where one
/// vector operation at a time would be bound by memory. They compute in single precision, twice as many numbers at a time, and
/// add up blocks of comparisons in double: relative errors are about 1e-6, a thousandth of what the fits leave.
/// A matrix is d rows at a common stride, of which a range of columns is used.
/// </summary>
internal static class BlockedProducts
{
    // Columns whose products are summed together, and whose triangular systems are solved together: they stay in the
    // processor's cache.
    private const int GramBlock = 256;
    private const int SolvedBlock = 64;

    private static int Lanes => Vector<float>.Count;

    /// <summary>The length of the workspace for matrices of <paramref name="dimension"/> rows.</summary>
    public static int WorkspaceLength(int dimension) => dimension * Math.Max(GramBlock, SolvedBlock + dimension);

    /// <summary>Adds X diag(h) X' to the lower triangle of a d by d matrix, row by row.</summary>
    /// <param name="x">X, from the first used column of its first row.</param>
    /// <param name="stride">The distance between rows of X, in numbers.</param>
    /// <param name="weights">h, one for each column, at least 0.</param>
    /// <param name="workspace"><see cref="WorkspaceLength"/> numbers.</param>
    /// <param name="gram">d by d; the upper triangle is not used.</param>
    /// <param name="dimension">d.</param>
    public static void AddGram(ReadOnlySpan<double> x, int stride, ReadOnlySpan<double> weights, Span<float> workspace, Span<double> gram, int dimension)
    {
        Span<float> roots = stackalloc float[GramBlock];
        for (var first = 0; first < weights.Length; first += GramBlock)
        {
            // X diag(sqrt(h)), followed by zeros up to a whole number of vectors.
            var count = Math.Min(GramBlock, weights.Length - first);
            var padded = (count + Lanes - 1) / Lanes * Lanes;
            Narrow(weights.Slice(first, count), roots);
            TensorPrimitives.Sqrt<float>(roots[..count], roots);
            for (var row = 0; row < dimension; row++)
            {
                var scaled = workspace.Slice(row * padded, padded);
                Narrow(x.Slice((row * stride) + first, count), scaled);
                TensorPrimitives.Multiply<float>(scaled[..count], roots[..count], scaled);
                scaled[count..].Clear();
            }

            AddGram(workspace[..(dimension * padded)], padded, gram, dimension);
        }
    }

    /// <summary>The quadratic forms x'(LL')^-1 x of the columns x of a matrix X: the sum of squares of each column of L^-1 X.</summary>
    /// <param name="factor">L, lower triangular, d by d.</param>
    /// <param name="x">X, from the first used column of its first row.</param>
    /// <param name="stride">The distance between rows of X.</param>
    /// <param name="workspace"><see cref="WorkspaceLength"/> numbers.</param>
    /// <param name="forms">The results, one for each column; overwritten.</param>
    /// <param name="dimension">d.</param>
    public static void SetQuadraticForms(Cholesky factor, ReadOnlySpan<double> x, int stride, Span<float> workspace, Span<double> forms, int dimension)
    {
        var lower = workspace[(dimension * SolvedBlock)..];
        for (var row = 0; row < dimension; row++)
        {
            Narrow(factor.Row(row), lower[(row * dimension)..]);
        }

        Span<float> squares = stackalloc float[SolvedBlock];
        for (var first = 0; first < forms.Length; first += SolvedBlock)
        {
            var count = Math.Min(SolvedBlock, forms.Length - first);
            for (var row = 0; row < dimension; row++)
            {
                var mine = workspace.Slice(row * SolvedBlock, SolvedBlock);
                Narrow(x.Slice((row * stride) + first, count), mine);
                mine[count..].Clear();
            }

            squares.Clear();
            Solve(lower, workspace, squares, dimension);
            TensorPrimitives.ConvertTruncating<float, double>(squares[..count], forms.Slice(first, count));
        }
    }

    /// <summary>Adds XX' to the lower triangle of a matrix.</summary>
    private static void AddGram(ReadOnlySpan<float> x, int count, Span<double> gram, int dimension)
    {
        Span<float> sums = stackalloc float[8];
        for (var row = 0; row < dimension; row += 2)
        {
            // At an odd end, the last row or column is computed twice and the surplus sums are discarded.
            var second = Math.Min(row + 1, dimension - 1);
            for (var column = 0; column <= second; column += 4)
            {
                Tile(x, count, row, second, column, sums);
                for (var i = 0; i < 4 && column + i <= second; i++)
                {
                    if (column + i <= row)
                    {
                        gram[(row * dimension) + column + i] += sums[i];
                    }

                    if (second > row)
                    {
                        gram[(second * dimension) + column + i] += sums[4 + i];
                    }
                }
            }
        }
    }

    /// <summary>The eight inner products of rows <paramref name="upper"/> and <paramref name="lower"/> with up to four others from <paramref name="column"/>.</summary>
    private static void Tile(ReadOnlySpan<float> x, int count, int upper, int lower, int column, Span<float> sums)
    {
        ref var u = ref MemoryMarshal.GetReference(x.Slice(upper * count, count));
        ref var l = ref MemoryMarshal.GetReference(x.Slice(lower * count, count));
        ref var x0 = ref MemoryMarshal.GetReference(x.Slice(column * count, count));
        ref var x1 = ref MemoryMarshal.GetReference(x.Slice(Math.Min(column + 1, lower) * count, count));
        ref var x2 = ref MemoryMarshal.GetReference(x.Slice(Math.Min(column + 2, lower) * count, count));
        ref var x3 = ref MemoryMarshal.GetReference(x.Slice(Math.Min(column + 3, lower) * count, count));
        Vector<float> u0 = default, u1 = default, u2 = default, u3 = default, l0 = default, l1 = default, l2 = default, l3 = default;
        for (var i = 0; i < count; i += Lanes)
        {
            var (above, below) = (Load(ref u, i), Load(ref l, i));
            var (c0, c1, c2, c3) = (Load(ref x0, i), Load(ref x1, i), Load(ref x2, i), Load(ref x3, i));
            u0 = Vector.FusedMultiplyAdd(above, c0, u0);
            u1 = Vector.FusedMultiplyAdd(above, c1, u1);
            u2 = Vector.FusedMultiplyAdd(above, c2, u2);
            u3 = Vector.FusedMultiplyAdd(above, c3, u3);
            l0 = Vector.FusedMultiplyAdd(below, c0, l0);
            l1 = Vector.FusedMultiplyAdd(below, c1, l1);
            l2 = Vector.FusedMultiplyAdd(below, c2, l2);
            l3 = Vector.FusedMultiplyAdd(below, c3, l3);
        }

        (sums[0], sums[1], sums[2], sums[3]) = (Vector.Sum(u0), Vector.Sum(u1), Vector.Sum(u2), Vector.Sum(u3));
        (sums[4], sums[5], sums[6], sums[7]) = (Vector.Sum(l0), Vector.Sum(l1), Vector.Sum(l2), Vector.Sum(l3));
    }

    /// <summary>Solves LY = X for <see cref="SolvedBlock"/> columns, in place, and sets their sums of squares.</summary>
    private static void Solve(ReadOnlySpan<float> lower, Span<float> x, Span<float> squares, int dimension)
    {
        ref var first = ref MemoryMarshal.GetReference(x);
        ref var total = ref MemoryMarshal.GetReference(squares);
        for (var row = 0; row < dimension; row++)
        {
            var known = lower.Slice(row * dimension, row + 1);
            var inverse = 1 / known[row];
            for (var i = 0; i < SolvedBlock; i += 4 * Lanes)
            {
                var own = (row * SolvedBlock) + i;
                var (a, b, c, d) = (Load(ref first, own), Load(ref first, own + Lanes), Load(ref first, own + (2 * Lanes)), Load(ref first, own + (3 * Lanes)));
                for (var column = 0; column < row; column++)
                {
                    var minus = new Vector<float>(-known[column]);
                    var at = (column * SolvedBlock) + i;
                    a = Vector.FusedMultiplyAdd(minus, Load(ref first, at), a);
                    b = Vector.FusedMultiplyAdd(minus, Load(ref first, at + Lanes), b);
                    c = Vector.FusedMultiplyAdd(minus, Load(ref first, at + (2 * Lanes)), c);
                    d = Vector.FusedMultiplyAdd(minus, Load(ref first, at + (3 * Lanes)), d);
                }

                Keep(a * inverse, ref first, own, ref total, i);
                Keep(b * inverse, ref first, own + Lanes, ref total, i + Lanes);
                Keep(c * inverse, ref first, own + (2 * Lanes), ref total, i + (2 * Lanes));
                Keep(d * inverse, ref first, own + (3 * Lanes), ref total, i + (3 * Lanes));
            }
        }
    }

    private static void Keep(Vector<float> value, ref float solved, int at, ref float squares, int column)
    {
        Vector.StoreUnsafe(value, ref solved, (nuint)at);
        Vector.StoreUnsafe(Vector.FusedMultiplyAdd(value, value, Load(ref squares, column)), ref squares, (nuint)column);
    }

    private static Vector<float> Load(ref float first, int at) => Vector.LoadUnsafe(ref first, (nuint)at);

    private static void Narrow(ReadOnlySpan<double> from, Span<float> to) => TensorPrimitives.ConvertTruncating(from, to);
}
