using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>Operations on symmetric n by n matrices, stored row by row.</summary>
internal static class SymmetricMatrix
{
    /// <summary>product = A x, for a symmetric or general n by n matrix A.</summary>
    public static void Multiply(ReadOnlySpan<double> matrix, ReadOnlySpan<double> x, Span<double> product)
    {
        for (var row = 0; row < x.Length; row++)
        {
            product[row] = TensorPrimitives.Dot(matrix.Slice(row * x.Length, x.Length), x);
        }
    }

    /// <summary>The product of two n by n matrices, of which the second is symmetric: rows are then read in order.</summary>
    public static double[] MultiplyBySymmetric(ReadOnlySpan<double> left, ReadOnlySpan<double> symmetric, int size)
    {
        var product = new double[size * size];
        for (var row = 0; row < size; row++)
        {
            Multiply(symmetric, left.Slice(row * size, size), product.AsSpan(row * size, size));
        }

        return product;
    }

    /// <summary>A += scale xx'.</summary>
    public static void AddOuter(Span<double> matrix, ReadOnlySpan<double> x, double scale)
    {
        for (var row = 0; row < x.Length; row++)
        {
            var target = matrix.Slice(row * x.Length, x.Length);
            TensorPrimitives.MultiplyAdd(x, scale * x[row], target, target);
        }
    }
}
