using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>The Cholesky factor of a symmetric positive definite matrix A = LL', both n by n, row by row.</summary>
internal sealed class Cholesky
{
    private readonly double[] _factor;
    private readonly int _size;

    /// <summary>Factorises a matrix, of which only the lower triangle is read.</summary>
    /// <exception cref="ArgumentException">The matrix is not positive definite.</exception>
    public Cholesky(ReadOnlySpan<double> matrix, int size)
    {
        _factor = new double[size * size];
        _size = size;
        for (var row = 0; row < size; row++)
        {
            var upTo = _factor.AsSpan(row * size, size);
            for (var column = 0; column < row; column++)
            {
                var above = TensorPrimitives.Dot(upTo[..column], _factor.AsSpan(column * size, column));
                upTo[column] = (matrix[(row * size) + column] - above) / _factor[(column * size) + column];
            }

            var rest = matrix[(row * size) + row] - TensorPrimitives.SumOfSquares<double>(upTo[..row]);
            if (!(rest > 0))
            {
                throw new ArgumentException("The matrix is not positive definite.", nameof(matrix));
            }

            upTo[row] = Math.Sqrt(rest);
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
}
