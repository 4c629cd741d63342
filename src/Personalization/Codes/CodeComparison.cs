using Personalization.Styles;
using Personalization.Taste;
using Personalization.Taste.Model;

namespace Personalization.Codes;

/// <summary>How similar two tastes are.</summary>
/// <param name="Agreement">
/// The probability, 0 to 1, that both choose the same picture when each is shown the same pair: 0.5 for unrelated tastes, less
/// for opposite ones. It is below 1 even for a taste and itself, because choices are noisy.
/// </param>
/// <param name="Shared">What both like, strongest first.</param>
/// <param name="Opposed">Traits of opposite sign, strongest first.</param>
public sealed record CodeComparison(double Agreement, IReadOnlyList<TasteTrait> Shared, IReadOnlyList<(TasteTrait First, TasteTrait Second)> Opposed)
{
    /// <summary>The agreement below which a blend of both is close to neither.</summary>
    public const double MinBlendable = 0.4;

    /// <summary>Whether a blend would cancel what either likes, so that using the codes in turns is better.</summary>
    public bool IsOpposite => Agreement < MinBlendable;

    /// <summary>Compares two tastes on the axes of a vocabulary.</summary>
    public static CodeComparison Create(Blend first, Blend second, StyleVocabulary vocabulary)
    {
        var (mine, theirs) = (first.TraitsOn(vocabulary), second.TraitsOn(vocabulary));
        var pairs = mine.Join(theirs, trait => trait.Axis, trait => trait.Axis, (one, other) => (One: one, Other: other))
            .Where(pair => pair.One.IsSure && pair.Other.IsSure)
            .OrderByDescending(pair => Math.Min(Math.Abs(pair.One.Weight), Math.Abs(pair.Other.Weight)))
            .ToArray();
        return new(
            AgreementOf(first, second),
            [.. pairs.Where(pair => pair.One.Weight * pair.Other.Weight > 0).Select(pair => pair.One)],
            [.. pairs.Where(pair => pair.One.Weight * pair.Other.Weight < 0)]);
    }

    /// <summary>
    /// Over pairs of random style, the log odds of both people are jointly normal. With the logistic's noise taken as a normal
    /// one of variance 8/pi (the probit whose slope at 0 is the same), both signs are equal with probability
    /// 1/2 + asin(rho)/pi (Sheppard 1899); the variance of either taste adds to the noise and lowers rho.
    /// </summary>
    private static double AgreementOf(Blend first, Blend second)
    {
        const double Noise = 8 / Math.PI;

        var dimension = Math.Max(first.Dimension, second.Dimension);
        var (a, b) = (first.In(dimension), second.In(dimension));

        // The difference of two coordinates spread evenly over -1 to 1 has variance 2/3.
        var scale = TasteModel.Kappa * TasteModel.FeatureScale(dimension);
        var pair = scale * scale * 2 / 3;
        var (together, firstSquare, secondSquare) = (0.0, Noise, Noise);
        for (var axis = 0; axis < dimension; axis++)
        {
            var (one, other) = (a.WeightOf(axis), b.WeightOf(axis));
            together += pair * one * other;
            firstSquare += pair * ((one * one) + a.Variance[axis]);
            secondSquare += pair * ((other * other) + b.Variance[axis]);
        }

        return 0.5 + (Math.Asin(together / Math.Sqrt(firstSquare * secondSquare)) / Math.PI);
    }
}
