using Personalization.Codes;
using Personalization.Prompts;

namespace Personalization.Imagine;

/// <summary>
/// How far a taste moves each style axis, and how much of that <c>--s</c> applies. A picture's shift in CIELAB is close to
/// linear in each of the Painter's coordinates, so that what the eye sees grows as evenly as <see cref="Reach"/> does.
/// </summary>
public sealed class StyleDial
{
    /// <summary>The reach at the default, <c>--s 100</c>: about 7 units of CIELAB along an axis of colour, three just noticeable differences.</summary>
    public const double DefaultReach = 0.4;

    // The norm that bounds a taste: one axis alone reaches the end of its scale, twelve equal ones half of it. The maximum
    // would push all twelve to their ends, and the Euclidean norm leave each below a third.
    private const double Norm = 4;

    private readonly double[] _pulls;

    private StyleDial(double[] pulls, double norm)
    {
        _pulls = pulls;
        Scale = 1 / norm;
    }

    /// <summary>Where the taste leads on each axis, -1 to 1: the coordinates of its style at full reach.</summary>
    public ReadOnlySpan<double> Pulls => _pulls;

    /// <summary>What turns a weight into a coordinate at full reach.</summary>
    public double Scale { get; }

    // Nearly straight above the default: a straight line would hide the step from 100 to 250 from one person in three; 1000 is
    // still nearly twice as far from 100 as 500 is.
    private const double Curve = 0.75;

    /// <summary>
    /// The share of a taste's full effect, 0 to 1: 0.4 s/100 up to the default, then 0.4 + 0.6 ((s - 100)/900)^0.75, which is
    /// 0.56 at 250, 0.73 at 500 and 1 at 1000.
    /// </summary>
    public static double Reach(Stylize stylize) => stylize.Value <= Stylize.Default
        ? DefaultReach * stylize.Value / Stylize.Default
        : DefaultReach + ((1 - DefaultReach) * Math.Pow((stylize.Value - Stylize.Default) / (double)(Stylize.MaxValue - Stylize.Default), Curve));

    /// <summary>
    /// Where a taste leads. With its weights w and variances v, each weight is shrunk by its share of signal, u = w * w^2/(w^2 + v),
    /// and the pull is u / sqrt(1 + |u|^2) with the norm of order four: the prior's standard deviation of a weight is 1, so
    /// that a taste well below it moves a picture little, however surely it is known.
    /// </summary>
    public static StyleDial From(Blend taste)
    {
        var pulls = new double[taste.Dimension];
        var sum = 0.0;
        for (var axis = 0; axis < pulls.Length; axis++)
        {
            var weight = taste.WeightOf(axis);
            var square = weight * weight;
            pulls[axis] = square > 0 ? weight * square / (square + taste.Variance[axis]) : 0;
            sum += Math.Pow(Math.Abs(pulls[axis]), Norm);
        }

        var norm = Math.Sqrt(1 + Math.Pow(sum, 2 / Norm));
        for (var axis = 0; axis < pulls.Length; axis++)
        {
            pulls[axis] /= norm;
        }

        return new(pulls, norm);
    }
}
