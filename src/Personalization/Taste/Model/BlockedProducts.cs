using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Personalization.Taste.Model;

/// <summary>
/// Matrix products in tiles that stay in the processor's registers: they are bound by arithmetic, where one vector
/// operation at a time would be bound by memory. A matrix is d rows at a common stride, of which a range of columns is used.
/// </summary>
internal static class BlockedProducts
{
    private static int Lanes => Vector<double>.Count;

    /// <summary>Adds X diag(h) X' to the lower triangle of a d by d matrix, row by row.</summary>
    /// <param name="x">X, from the first used column of its first row.</param>
    /// <param name="stride">The distance between rows of X, in numbers.</param>
    /// <param name="weights">h, one for each column.</param>
    /// <param name="scratch">Workspace for two rows.</param>
    /// <param name="gram">d by d; the upper triangle is not used.</param>
    /// <param name="dimension">d.</param>
    public static void AddGram(ReadOnlySpan<double> x, int stride, ReadOnlySpan<double> weights, Span<double> scratch, Span<double> gram, int dimension)
    {
        var count = weights.Length;
        var upper = scratch[..count];
        var lower = scratch.Slice(count, count);
        Span<double> sums = stackalloc double[8];
        for (var row = 0; row < dimension; row += 2)
        {
            // At an odd end, the last row or column is computed twice and the surplus sums are discarded.
            var second = Math.Min(row + 1, dimension - 1);
            TensorPrimitives.Multiply(x.Slice(row * stride, count), weights, upper);
            TensorPrimitives.Multiply(x.Slice(second * stride, count), weights, lower);
            for (var column = 0; column <= second; column += 4)
            {
                Tile(upper, lower, x, stride, column, second, sums);
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

    /// <summary>Solves L Y = X and returns the sum of squares of each column of Y, the quadratic forms x'(LL')^-1 x.</summary>
    /// <param name="factor">L, lower triangular, d by d.</param>
    /// <param name="x">X, from the first used column of its first row.</param>
    /// <param name="stride">The distance between rows of X, in numbers.</param>
    /// <param name="solved">Workspace for Y: d rows, one number for each column.</param>
    /// <param name="squares">The results, one for each column; overwritten.</param>
    public static void SumSquaresOfSolved(Cholesky factor, ReadOnlySpan<double> x, int stride, Span<double> solved, Span<double> squares, int dimension)
    {
        var count = squares.Length;
        squares.Clear();
        ref var first = ref MemoryMarshal.GetReference(solved);
        ref var total = ref MemoryMarshal.GetReference(squares);
        for (var row = 0; row < dimension; row++)
        {
            var known = factor.Row(row);
            var inverse = 1 / known[row];
            ref var mine = ref MemoryMarshal.GetReference(x.Slice(row * stride, count));
            var i = 0;
            for (; i <= count - (4 * Lanes); i += 4 * Lanes)
            {
                var (a, b, c, d) = (Load(ref mine, i), Load(ref mine, i + Lanes), Load(ref mine, i + (2 * Lanes)), Load(ref mine, i + (3 * Lanes)));
                for (var column = 0; column < row; column++)
                {
                    var minus = new Vector<double>(-known[column]);
                    var at = (column * count) + i;
                    a = Vector.FusedMultiplyAdd(minus, Load(ref first, at), a);
                    b = Vector.FusedMultiplyAdd(minus, Load(ref first, at + Lanes), b);
                    c = Vector.FusedMultiplyAdd(minus, Load(ref first, at + (2 * Lanes)), c);
                    d = Vector.FusedMultiplyAdd(minus, Load(ref first, at + (3 * Lanes)), d);
                }

                Keep(a * inverse, ref first, (row * count) + i, ref total, i);
                Keep(b * inverse, ref first, (row * count) + i + Lanes, ref total, i + Lanes);
                Keep(c * inverse, ref first, (row * count) + i + (2 * Lanes), ref total, i + (2 * Lanes));
                Keep(d * inverse, ref first, (row * count) + i + (3 * Lanes), ref total, i + (3 * Lanes));
            }

            for (; i < count; i++)
            {
                var value = x[(row * stride) + i];
                for (var column = 0; column < row; column++)
                {
                    value = Math.FusedMultiplyAdd(-known[column], solved[(column * count) + i], value);
                }

                value *= inverse;
                solved[(row * count) + i] = value;
                squares[i] = Math.FusedMultiplyAdd(value, value, squares[i]);
            }
        }
    }

    /// <summary>The eight inner products of two rows with up to four others.</summary>
    private static void Tile(ReadOnlySpan<double> upper, ReadOnlySpan<double> lower, ReadOnlySpan<double> x, int stride, int column, int last, Span<double> sums)
    {
        var count = upper.Length;
        ref var u = ref MemoryMarshal.GetReference(upper);
        ref var l = ref MemoryMarshal.GetReference(lower);
        var (at0, at1, at2, at3) = (column * stride, Math.Min(column + 1, last) * stride, Math.Min(column + 2, last) * stride, Math.Min(column + 3, last) * stride);
        ref var x0 = ref MemoryMarshal.GetReference(x[at0..]);
        ref var x1 = ref MemoryMarshal.GetReference(x[at1..]);
        ref var x2 = ref MemoryMarshal.GetReference(x[at2..]);
        ref var x3 = ref MemoryMarshal.GetReference(x[at3..]);
        Vector<double> u0 = default, u1 = default, u2 = default, u3 = default, l0 = default, l1 = default, l2 = default, l3 = default;
        var i = 0;
        for (; i <= count - Lanes; i += Lanes)
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
        for (; i < count; i++)
        {
            sums[0] += upper[i] * x[at0 + i];
            sums[1] += upper[i] * x[at1 + i];
            sums[2] += upper[i] * x[at2 + i];
            sums[3] += upper[i] * x[at3 + i];
            sums[4] += lower[i] * x[at0 + i];
            sums[5] += lower[i] * x[at1 + i];
            sums[6] += lower[i] * x[at2 + i];
            sums[7] += lower[i] * x[at3 + i];
        }
    }

    private static void Keep(Vector<double> value, ref double solved, int at, ref double squares, int column)
    {
        Vector.StoreUnsafe(value, ref solved, (nuint)at);
        Vector.StoreUnsafe(Vector.FusedMultiplyAdd(value, value, Load(ref squares, column)), ref squares, (nuint)column);
    }

    private static Vector<double> Load(ref double first, int at) => Vector.LoadUnsafe(ref first, (nuint)at);
}
