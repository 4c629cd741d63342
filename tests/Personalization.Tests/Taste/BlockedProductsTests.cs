using Personalization.Taste.Model;
using Xunit;

namespace Personalization.Tests.Taste;

public sealed class BlockedProductsTests
{
    private static readonly Random Chance = new(5);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 7)]
    [InlineData(5, 64)]
    [InlineData(12, 255)]
    [InlineData(47, 600)]
    public void The_gram_matrix_is_that_of_one_product_after_the_other(int dimension, int count)
    {
        // Numbers before and after the used columns must not matter.
        var stride = count + 3;
        var x = Numbers(dimension * stride, -1);
        var weights = Numbers(count, 0);
        var gram = Enumerable.Repeat(2.0, dimension * dimension).ToArray();

        BlockedProducts.AddGram(x.AsSpan(2), stride, weights, Workspace(dimension), gram, dimension);

        for (var row = 0; row < dimension; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var sum = 2 + Enumerable.Range(0, count).Sum(i => weights[i] * x[2 + (row * stride) + i] * x[2 + (column * stride) + i]);
                Assert.Equal(sum, gram[(row * dimension) + column], 1e-5 * count);
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 65)]
    [InlineData(12, 63)]
    [InlineData(47, 200)]
    public void Quadratic_forms_are_those_of_the_inverse(int dimension, int count)
    {
        var stride = count + 3;
        var x = Numbers(dimension * stride, -1);
        var factor = new Cholesky(Definite(dimension), dimension);
        var inverse = factor.Inverse();
        var forms = new double[count];

        BlockedProducts.SetQuadraticForms(factor, x.AsSpan(2), stride, Workspace(dimension), forms, dimension);

        for (var i = 0; i < count; i++)
        {
            var column = Enumerable.Range(0, dimension).Select(row => x[2 + (row * stride) + i]).ToArray();
            var image = new double[dimension];
            SymmetricMatrix.Multiply(inverse, column, image);
            Assert.Equal(1, forms[i] / column.Zip(image, (one, other) => one * other).Sum(), 1e-4);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(50)]
    public void A_cholesky_factor_times_its_transpose_is_the_matrix(int size)
    {
        var matrix = Definite(size);

        var factor = new Cholesky(matrix, size);

        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var mine = factor.Row(row);
                var other = factor.Row(column);
                var sum = 0.0;
                for (var i = 0; i <= column; i++)
                {
                    sum += mine[i] * other[i];
                }

                Assert.Equal(matrix[(row * size) + column], sum, 1e-12 * size);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(8)]
    public void A_matrix_whose_last_pivot_is_negative_has_no_cholesky_factor(int size)
    {
        var matrix = Definite(size);
        matrix[^1] = -1e-9;

        Assert.Throws<ArgumentException>(() => new Cholesky(matrix, size));
    }

    private static float[] Workspace(int dimension)
    {
        // What it holds must not matter.
        var workspace = new float[BlockedProducts.WorkspaceLength(dimension)];
        Array.Fill(workspace, float.NaN);
        return workspace;
    }

    private static double[] Numbers(int count, double from) => [.. Enumerable.Range(0, count).Select(_ => from + ((1 - from) * Chance.NextDouble()))];

    /// <summary>A symmetric positive definite matrix, row by row, of which the upper triangle is not to be used.</summary>
    private static double[] Definite(int size)
    {
        var root = Numbers(size * size, -1);
        var matrix = new double[size * size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                matrix[(row * size) + column] = column > row ? double.NaN
                    : (row == column ? 0.5 : 0) + Enumerable.Range(0, size).Sum(i => root[(row * size) + i] * root[(column * size) + i]);
            }
        }

        return matrix;
    }
}
