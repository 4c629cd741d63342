namespace Personalization.Lab.Evaluation.Scoring;

/// <summary>Summarises the predictions of all methods for a report.</summary>
internal static class Summary
{
    private static readonly string[] Names = ["this model", "community mean", "personal logistic", "Bradley-Terry", "tag counting"];

    public static string Protocol(bool newPictures) =>
        (newPictures
            ? "Pictures are drawn by the seed, in whole groups where votes connect only small groups of pictures. Every vote between two of them is held out; rows with one of them are left out. As many are drawn as leave about the asked share of votes held out."
            : "Of each person's votes, some are drawn by the seed and held out; rows of the same person about the same pair are left out.")
        + " People are assigned to folds by the seed. The community, the pictures' Bradley-Terry strengths and what a tag is worth are learnt from the training votes of the other folds' people;"
        + " the taste, the logistic regression and the tag counts from the first votes of the person's own training votes, with the skips between them for the taste alone."
        + " The ridge of the logistic regression is chosen by five-fold cross-validation within training votes. No held-out vote is in anything that is learnt, and the community with which a person is judged contains none of their own votes."
        + " Skips are not judged. Each person counts the same, and standard errors are over people.";

    public static EvaluationReport.RoundResult Summarize(MethodScores scores, int seed)
    {
        var people = Enumerable.Range(0, scores.Tests.Count).ToArray();
        var accuracies = scores.LogOdds.Select(method => ByPerson(scores, method, Score.Hit)).ToArray();
        var losses = scores.LogOdds.Select(method => ByPerson(scores, method, Score.LogLoss)).ToArray();
        return new(
            scores.Votes,
            people.Length,
            scores.Tests.Sum(tests => tests.Count),
            scores.Ridge,
            [.. Enum.GetValues<Method>().Select(method => (int)method).Select(method => new EvaluationReport.MethodResult(
                Names[method],
                Estimate.FromPeople(accuracies[method]),
                Estimate.FromPeople(losses[method]),
                Score.Reliability(scores.LogOdds[method], scores.Tests),
                Score.CalibrationError(scores.LogOdds[method], scores.Tests, seed),
                method == (int)Method.Model ? null : Estimate.FromPeople([.. people.Select(person => accuracies[(int)Method.Model][person] - accuracies[method][person])]),
                method == (int)Method.Model ? null : Estimate.FromPeople([.. people.Select(person => losses[method][person] - losses[(int)Method.Model][person])])))]);
    }

    /// <param name="rates">The first of them 0.</param>
    /// <param name="losses">For each rate, the log loss of each person.</param>
    public static EvaluationReport.DriftResult SummarizeDrift(IReadOnlyList<double> rates, double[][] losses)
    {
        var measured = rates.Select((rate, index) => new EvaluationReport.DriftRate(
            rate,
            Estimate.FromPeople(losses[index]),
            Estimate.FromPeople([.. losses[index].Select((loss, person) => losses[0][person] - loss)]))).ToArray();
        var best = measured.Where(rate => rate.GainOverNone.Value > 2 * rate.GainOverNone.StandardError).MinBy(rate => rate.LogLoss.Value);
        return new(losses[0].Length, measured, best?.Rate ?? 0);
    }

    private static double[] ByPerson(MethodScores scores, double[][] logOdds, JudgedVote judge) =>
        [.. scores.Tests.Select((tests, person) => tests.Select((vote, test) => judge(logOdds[person][test], vote)).Average())];

    private delegate double JudgedVote(double logOdds, in Input.Vote vote);
}
