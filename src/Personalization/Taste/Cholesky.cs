namespace Personalization.Taste;

/// <summary>The Cholesky factor of a symmetric positive definite matrix A = LL', both n by n, row by row.</summary>
internal sealed class Cholesky
{
    private readonly double[] _factor;
    private readonly int _size;

    /// <exception cref="ArgumentException">The matrix is not positive definite.</exception>
    public Cholesky(ReadOnlySpan<double> matrix, int size)
    {
        _factor = matrix.ToArray();
        _size = size;
        for (var column = 0; column < size; column++)
        {
            for (var row = column; row < size; row++)
            {
                var sum = _factor[(row * size) + column];
                for (var k = 0; k < column; k++)
                {
                    sum -= _factor[(row * size) + k] * _factor[(column * size) + k];
                }

                if (row > column)
                {
                    _factor[(row * size) + column] = sum / _factor[(column * size) + column];
                }
                else if (sum > 0)
                {
                    _factor[(row * size) + column] = Math.Sqrt(sum);
                }
                else
                {
                    throw new ArgumentException("The matrix is not positive definite.", nameof(matrix));
                }
            }
        }
    }

    /// <summary>Solves Ax = b.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        var x = right.ToArray();
        for (var row = 0; row < _size; row++)
        {
            for (var k = 0; k < row; k++)
            {
                x[row] -= _factor[(row * _size) + k] * x[k];
            }

            x[row] /= _factor[(row * _size) + row];
        }

        for (var row = _size - 1; row >= 0; row--)
        {
            for (var k = row + 1; k < _size; k++)
            {
                x[row] -= _factor[(k * _size) + row] * x[k];
            }

            x[row] /= _factor[(row * _size) + row];
        }

        return x;
    }

    /// <summary>The inverse of A, exactly symmetric.</summary>
    public double[] Inverse()
    {
        var inverse = new double[_size * _size];
        var unit = new double[_size];
        for (var column = 0; column < _size; column++)
        {
            unit[column] = 1;
            var solved = Solve(unit);
            unit[column] = 0;
            for (var row = 0; row <= column; row++)
            {
                inverse[(row * _size) + column] = solved[row];
                inverse[(column * _size) + row] = solved[row];
            }
        }

        return inverse;
    }
}
