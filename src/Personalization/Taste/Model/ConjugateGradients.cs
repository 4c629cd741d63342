using System.Buffers;
using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>
/// Solves AX = B for a sparse symmetric positive definite A by conjugate gradients with its diagonal as preconditioner
/// (Hestenes and Stiefel 1952), all columns of X together. A is never formed: it is n by n, X and B are n by the number of
/// columns, row by row.
/// </summary>
internal static class ConjugateGradients
{
    /// <param name="x">Where to start; overwritten with the solution.</param>
    /// <param name="right">B.</param>
    /// <param name="diagonal">The n diagonal entries of A.</param>
    /// <param name="apply">Writes A times its first matrix to its second; the arrays may be longer.</param>
    /// <param name="tolerance">Of each column's residual r, r'D^-1 r relative to that of B, D being the diagonal.</param>
    /// <param name="maxSteps">After so many steps it stops anyway.</param>
    public static void Solve(double[] x, double[] right, double[] diagonal, Action<double[], double[]> apply, double tolerance, int maxSteps)
    {
        if (right.Length == 0)
        {
            return;
        }

        var width = right.Length / diagonal.Length;
        double[][] rented = [.. Enumerable.Range(0, 4).Select(_ => ArrayPool<double>.Shared.Rent(right.Length))];
        Span<double> residual = rented[0].AsSpan(0, right.Length), scaled = rented[1].AsSpan(0, right.Length);
        Span<double> direction = rented[2].AsSpan(0, right.Length), image = rented[3].AsSpan(0, right.Length);
        apply(x, rented[0]);
        TensorPrimitives.Subtract(right, residual, residual);
        Precondition(residual, diagonal, width, scaled);
        scaled.CopyTo(direction);
        var length = Dots(residual, scaled, width);
        Precondition(right, diagonal, width, image);
        var limit = Dots(right, image, width);
        TensorPrimitives.Multiply(limit, tolerance, limit);
        var (step, back) = (new double[width], new double[width]);
        for (var iteration = 0; iteration < maxSteps && Exceeds(length, limit); iteration++)
        {
            apply(rented[2], rented[3]);
            var along = Dots(direction, image, width);
            for (var column = 0; column < width; column++)
            {
                step[column] = along[column] > 0 ? length[column] / along[column] : 0;
                back[column] = -step[column];
            }

            AddScaled(direction, step, x);
            AddScaled(image, back, residual);
            Precondition(residual, diagonal, width, scaled);
            var next = Dots(residual, scaled, width);
            for (var column = 0; column < width; column++)
            {
                step[column] = length[column] > 0 ? next[column] / length[column] : 0;
            }

            for (var row = 0; row < right.Length; row += width)
            {
                var mine = direction.Slice(row, width);
                TensorPrimitives.MultiplyAdd(mine, step, scaled.Slice(row, width), mine);
            }

            length = next;
        }

        foreach (var array in rented)
        {
            ArrayPool<double>.Shared.Return(array);
        }
    }

    private static bool Exceeds(double[] length, double[] limit)
    {
        for (var column = 0; column < length.Length; column++)
        {
            if (length[column] > limit[column])
            {
                return true;
            }
        }

        return false;
    }

    private static void Precondition(ReadOnlySpan<double> from, double[] diagonal, int width, Span<double> to)
    {
        for (var row = 0; row < diagonal.Length; row++)
        {
            TensorPrimitives.Divide(from.Slice(row * width, width), diagonal[row], to.Slice(row * width, width));
        }
    }

    /// <summary>The inner products of each column with the same of another matrix.</summary>
    private static double[] Dots(ReadOnlySpan<double> left, ReadOnlySpan<double> right, int width)
    {
        var sums = new double[width];
        for (var row = 0; row < left.Length; row += width)
        {
            TensorPrimitives.MultiplyAdd(left.Slice(row, width), right.Slice(row, width), sums, sums);
        }

        return sums;
    }

    /// <summary>Adds a matrix, each column times its own factor.</summary>
    private static void AddScaled(ReadOnlySpan<double> matrix, double[] factors, Span<double> to)
    {
        for (var row = 0; row < matrix.Length; row += factors.Length)
        {
            var into = to.Slice(row, factors.Length);
            TensorPrimitives.MultiplyAdd(matrix.Slice(row, factors.Length), factors, into, into);
        }
    }
}
