using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Personalization.Taste.Model;

/// <summary>The Cholesky factor of a symmetric positive definite matrix A = LL', both n by n, row by row.</summary>
internal sealed class Cholesky
{
    // Rows and columns that are computed together, in registers.
    private const int TileHeight = 4;

    private readonly double[] _factor;
    private readonly int _size;

    private static int TileWidth => 2 * Vector<double>.Count;

    /// <summary>Factorises a matrix, of which only the lower triangle is read.</summary>
    /// <exception cref="ArgumentException">The matrix is not positive definite.</exception>
    public Cholesky(ReadOnlySpan<double> matrix, int size)
    {
        (_factor, _size) = (new double[size * size], size);

        // Rows of L', followed by zeros up to a whole number of tiles. Of each row, what is left of its diagonal is not used.
        var stride = (size + TileWidth - 1) / TileWidth * TileWidth;
        var upper = new double[stride * ((size + TileHeight - 1) / TileHeight * TileHeight)];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                upper[(column * stride) + row] = matrix[(row * size) + column];
            }
        }

        for (var first = 0; first < size; first += TileHeight)
        {
            SubtractAbove(upper, stride, first);
            for (var row = first; row < Math.Min(first + TileHeight, size); row++)
            {
                var rest = upper.AsSpan(row * stride, stride)[row..];
                for (var above = first; above < row; above++)
                {
                    var known = upper.AsSpan(above * stride, stride)[row..];
                    TensorPrimitives.MultiplyAdd(known, -known[0], rest, rest);
                }

                if (!(rest[0] > 0))
                {
                    throw new ArgumentException("The matrix is not positive definite.", nameof(matrix));
                }

                TensorPrimitives.Multiply(rest, 1 / Math.Sqrt(rest[0]), rest);
                for (var column = row; column < size; column++)
                {
                    _factor[(column * size) + row] = rest[column - row];
                }
            }
        }
    }

    /// <summary>Row <paramref name="row"/> of L up to and including its diagonal.</summary>
    public ReadOnlySpan<double> Row(int row) => _factor.AsSpan(row * _size, row + 1);

    /// <summary>ln det A.</summary>
    public double LogDeterminant()
    {
        var sum = 0.0;
        for (var row = 0; row < _size; row++)
        {
            sum += 2 * Math.Log(_factor[(row * _size) + row]);
        }

        return sum;
    }

    /// <summary>Solves Ax = b.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        var x = right.ToArray();
        for (var row = 0; row < _size; row++)
        {
            var factor = _factor.AsSpan(row * _size, row + 1);
            x[row] = (x[row] - TensorPrimitives.Dot(factor[..row], x.AsSpan(0, row))) / factor[row];
        }

        for (var row = _size - 1; row >= 0; row--)
        {
            var factor = _factor.AsSpan(row * _size, row + 1);
            x[row] /= factor[row];
            TensorPrimitives.MultiplyAdd(factor[..row], -x[row], x.AsSpan(0, row), x.AsSpan(0, row));
        }

        return x;
    }

    /// <summary>The inverse of A, exactly symmetric.</summary>
    public double[] Inverse()
    {
        // Row i of M holds column i of the inverse of L, which is zero before i; A^-1 = M M'.
        var m = new double[_size * _size];
        for (var i = 0; i < _size; i++)
        {
            var column = m.AsSpan(i * _size, _size);
            column[i] = 1 / _factor[(i * _size) + i];
            for (var row = i + 1; row < _size; row++)
            {
                var sum = TensorPrimitives.Dot(_factor.AsSpan((row * _size) + i, row - i), column[i..row]);
                column[row] = -sum / _factor[(row * _size) + row];
            }
        }

        var inverse = new double[_size * _size];
        for (var row = 0; row < _size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var entry = TensorPrimitives.Dot(m.AsSpan((row * _size) + row, _size - row), m.AsSpan((column * _size) + row, _size - row));
                inverse[(row * _size) + column] = entry;
                inverse[(column * _size) + row] = entry;
            }
        }

        return inverse;
    }

    /// <summary>Subtracts from <see cref="TileHeight"/> rows of A, from their first diagonal on, what all rows of L' above them contribute.</summary>
    private static void SubtractAbove(double[] upper, int stride, int first)
    {
        var lanes = Vector<double>.Count;
        ref var start = ref MemoryMarshal.GetArrayDataReference(upper);
        for (var column = first / TileWidth * TileWidth; column < stride; column += TileWidth)
        {
            ref var tile = ref Unsafe.Add(ref start, (first * stride) + column);
            var (a0, b0, c0, d0) = (Load(ref tile, 0), Load(ref tile, stride), Load(ref tile, 2 * stride), Load(ref tile, 3 * stride));
            var (a1, b1, c1, d1) = (Load(ref tile, lanes), Load(ref tile, stride + lanes), Load(ref tile, (2 * stride) + lanes), Load(ref tile, (3 * stride) + lanes));
            for (var above = 0; above < first; above++)
            {
                ref var known = ref Unsafe.Add(ref start, above * stride);
                var (left, right) = (-Load(ref known, column), -Load(ref known, column + lanes));
                var (a, b, c, d) = (Broadcast(ref known, first), Broadcast(ref known, first + 1), Broadcast(ref known, first + 2), Broadcast(ref known, first + 3));
                (a0, a1) = (Vector.FusedMultiplyAdd(a, left, a0), Vector.FusedMultiplyAdd(a, right, a1));
                (b0, b1) = (Vector.FusedMultiplyAdd(b, left, b0), Vector.FusedMultiplyAdd(b, right, b1));
                (c0, c1) = (Vector.FusedMultiplyAdd(c, left, c0), Vector.FusedMultiplyAdd(c, right, c1));
                (d0, d1) = (Vector.FusedMultiplyAdd(d, left, d0), Vector.FusedMultiplyAdd(d, right, d1));
            }

            Store(a0, a1, ref tile, 0);
            Store(b0, b1, ref tile, stride);
            Store(c0, c1, ref tile, 2 * stride);
            Store(d0, d1, ref tile, 3 * stride);
        }
    }

    private static Vector<double> Load(ref double first, int at) => Vector.LoadUnsafe(ref first, (nuint)at);

    private static Vector<double> Broadcast(ref double first, int at) => new(Unsafe.Add(ref first, at));

    private static void Store(Vector<double> left, Vector<double> right, ref double first, int at)
    {
        Vector.StoreUnsafe(left, ref first, (nuint)at);
        Vector.StoreUnsafe(right, ref first, (nuint)(at + Vector<double>.Count));
    }
}
