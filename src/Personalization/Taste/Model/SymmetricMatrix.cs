using System.Numerics.Tensors;

namespace Personalization.Taste.Model;

/// <summary>Square matrices, row by row.</summary>
internal static class SymmetricMatrix
{
    /// <summary>Ax.</summary>
    public static void Multiply(ReadOnlySpan<double> matrix, ReadOnlySpan<double> x, Span<double> product)
    {
        for (var row = 0; row < x.Length; row++)
        {
            product[row] = TensorPrimitives.Dot(matrix.Slice(row * x.Length, x.Length), x);
        }
    }

    /// <summary>The product of two n by n matrices, the second of them symmetric.</summary>
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
