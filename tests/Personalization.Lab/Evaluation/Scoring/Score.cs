using Personalization.Lab.Evaluation.Input;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Lab.Evaluation.Scoring;

/// <summary>Scores of predicted log odds. Each person counts the same, however many votes they have.</summary>
internal static class Score
{
    private const int Bins = 10;
    private const int Resamples = 200;

    /// <summary>1 if the more probable picture won, 0 if the other one did, 1/2 if both were equally probable.</summary>
    public static double Hit(double logOdds, in Vote vote) =>
        logOdds == 0 ? 0.5 : logOdds > 0 == (vote.Choice == Choice.Left) ? 1 : 0;

    /// <summary>-ln p of the choice, in nats.</summary>
    public static double LogLoss(double logOdds, in Vote vote) =>
        -Logistic.LogSigmoid(vote.Choice == Choice.Left ? logOdds : -logOdds);

    /// <summary>
    /// The slope of a logistic regression of outcomes on predicted log odds by maximum likelihood, without an intercept, so that
    /// the side of the pictures does not matter; null if it does not exist, as when all predictions are 0 or all are correct.
    /// </summary>
    public static double? Slope(IReadOnlyList<(double LogOdds, bool IsLeft, double Weight)> predictions)
    {
        const double MaxSlope = 1e6;

        var slope = 0.0;
        for (var step = 0; step < 100; step++)
        {
            var (gradient, curvature) = Derivatives(predictions, slope);
            if (!(curvature > 1e-12))
            {
                return null;
            }

            // Long steps overshoot where predictions saturate; the likelihood is concave, so that shorter steps still converge.
            var move = gradient / curvature;
            slope += Math.Clamp(move, -1 - Math.Abs(slope), 1 + Math.Abs(slope));
            if (Math.Abs(slope) > MaxSlope)
            {
                return null;
            }

            if (Math.Abs(move) < 1e-9 * (1 + Math.Abs(slope)))
            {
                return slope;
            }
        }

        return null;
    }

    /// <summary>The reliability slope: 1 for calibrated log odds, below 1 for overconfident ones. Its standard error is the sandwich estimator, clustered by person.</summary>
    public static Estimate? Reliability(double[][] logOdds, IReadOnlyList<IReadOnlyList<Vote>> tests)
    {
        if (Slope([.. Enumerable.Range(0, tests.Count).SelectMany(person => Weighted(logOdds[person], tests[person]))]) is not { } slope)
        {
            return null;
        }

        var (squares, curvature) = (0.0, 0.0);
        for (var person = 0; person < tests.Count; person++)
        {
            var (pull, hold) = Derivatives(Weighted(logOdds[person], tests[person]), slope);
            squares += pull * pull;
            curvature += hold;
        }

        return new(slope, tests.Count < 2 ? null : Math.Sqrt(squares * tests.Count / (tests.Count - 1.0)) / curvature);
    }

    /// <summary>
    /// Over ten bins of the probability of the more probable picture, 0.5 to 1, the sum of that probability minus 1 for a win, as a
    /// share of all predictions: what <see cref="CalibrationError"/> needs of a person.
    /// </summary>
    public static double[] Deviations(double[] logOdds, IReadOnlyList<Vote> tests)
    {
        var bins = new double[Bins];
        for (var test = 0; test < logOdds.Length; test++)
        {
            var p = Logistic.Sigmoid(Math.Abs(logOdds[test]));
            bins[Math.Min(Bins - 1, (int)((p - 0.5) * 2 * Bins))] += (p - Hit(logOdds[test], tests[test])) / logOdds.Length;
        }

        return bins;
    }

    /// <summary>
    /// The expected calibration error: over the bins, the mean absolute difference between the predicted probability and the share
    /// of wins. Its standard error is a bootstrap over people.
    /// </summary>
    /// <param name="people">The <see cref="Deviations"/> of each person.</param>
    public static Estimate CalibrationError(double[][] people, int seed)
    {
        var error = Distance(people);
        if (people.Length < 2)
        {
            return new(error, null);
        }

        var random = new StableRandom((ulong)seed);
        var resampled = new double[Resamples];
        var drawn = new double[people.Length][];
        for (var i = 0; i < Resamples; i++)
        {
            for (var person = 0; person < drawn.Length; person++)
            {
                drawn[person] = people[random.Below(people.Length)];
            }

            resampled[i] = Distance(drawn);
        }

        var mean = resampled.Average();
        return new(error, Math.Sqrt(resampled.Sum(value => (value - mean) * (value - mean)) / (Resamples - 1)));
    }

    private static double Distance(double[][] people) =>
        Enumerable.Range(0, Bins).Sum(bin => Math.Abs(people.Sum(person => person[bin]))) / people.Length;

    private static (double LogOdds, bool IsLeft, double Weight)[] Weighted(double[] logOdds, IReadOnlyList<Vote> tests) =>
        [.. logOdds.Select((value, test) => (value, tests[test].Choice == Choice.Left, 1.0 / logOdds.Length))];

    private static (double Gradient, double Curvature) Derivatives(IReadOnlyList<(double LogOdds, bool IsLeft, double Weight)> predictions, double slope)
    {
        var (gradient, curvature) = (0.0, 0.0);
        foreach (var (logOdds, isLeft, weight) in predictions)
        {
            var p = Logistic.Sigmoid(slope * logOdds);
            gradient += weight * logOdds * ((isLeft ? 1 : 0) - p);
            curvature += weight * logOdds * logOdds * p * (1 - p);
        }

        return (gradient, curvature);
    }
}
