using Personalization.Codes;
using Personalization.Styles;
using Personalization.Taste.Model;
using Personalization.Tests.Taste;
using Xunit;

namespace Personalization.Tests.Codes;

public sealed class CodeComparisonTests
{
    [Fact]
    public void Unrelated_tastes_agree_half_the_time() =>
        Assert.Equal(0.5, Compare([3, 0, 0, 0, 0], [0, 3, 0, 0, 0]).Agreement, 1e-9);

    [Fact]
    public void Agreement_is_how_often_two_people_choose_the_same_picture()
    {
        float[] first = [2, -1, 0, 0.5f, 0];
        float[] second = [1.5f, 0.5f, 0, 0.5f, 1];

        var agreement = Compare(first, second, variance: 1e-6f).Agreement;

        // Two thousand pairs, both choosing by the model's law.
        var random = new Random(1);
        var alike = 0.0;
        const int Pairs = 20_000;
        for (var i = 0; i < Pairs; i++)
        {
            var (a, b) = (StyleWorld.RandomStyle(random), StyleWorld.RandomStyle(random));
            var (p, q) = (Chooses(first, a, b), Chooses(second, a, b));
            alike += ((p * q) + ((1 - p) * (1 - q))) / Pairs;
        }

        Assert.Equal(alike, agreement, 0.02);
    }

    [Theory]
    [InlineData(2, 0.1f)]
    [InlineData(0.1f, 2)]
    public void Variance_of_either_taste_moves_the_agreement_towards_a_half(float ofFirst, float ofSecond)
    {
        var (sure, first, second) = (Taste([3, 0, 0, 0, 0], 0.1f), Taste([3, 0, 0, 0, 0], ofFirst), Taste([3, 0, 0, 0, 0], ofSecond));

        Assert.True(CodeComparison.Create(first, second, StyleWorld.Vocabulary).Agreement < CodeComparison.Create(sure, sure, StyleWorld.Vocabulary).Agreement - 0.01);
    }

    [Fact]
    public void Comparison_names_shared_and_opposed_traits()
    {
        var comparison = Compare([3, -2, 0.1f, 0, 1], [2, 2, 0, 0, 2]);

        Assert.Equal(["vivid", "ornate"], comparison.Shared.Select(trait => trait.Liked));
        Assert.Equal([("dark", "bright")], comparison.Opposed.Select(pair => (pair.First.Liked, pair.Second.Liked)));
        Assert.False(comparison.IsOpposite);
    }

    [Fact]
    public void Opposite_tastes_are_recognised() => Assert.True(Compare([3, -2, 0, 0, 0], [-3, 2, 0, 0, 0]).IsOpposite);

    private static double Chooses(float[] taste, StyleVector a, StyleVector b)
    {
        var z = taste.Select((weight, axis) => weight * TasteModel.Kappa * TasteModel.FeatureScale(5) * (a[axis] - b[axis])).Sum();
        return 1 / (1 + Math.Exp(-z));
    }

    private static CodeComparison Compare(float[] first, float[] second, float variance = 0.1f) =>
        CodeComparison.Create(Taste(first, variance), Taste(second, variance), StyleWorld.Vocabulary);

    private static Blend Taste(float[] mean, float variance) => Blend.From(new TasteSnapshot(new(1), 1, 1, 0, mean, mean, [.. mean.Select(_ => variance)], 200, 0));
}
