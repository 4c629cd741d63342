namespace Personalization.Lab.Evaluation.Scoring;

/// <summary>What is kept of the predictions in one split. The first index of every array is the method, the second the person.</summary>
/// <param name="People">The index of each judged person.</param>
/// <param name="TestVotes">All their held-out votes.</param>
/// <param name="Ridge">The ridge penalty of the personal logistic regression.</param>
/// <param name="Accuracies">The share of held-out votes predicted correctly.</param>
/// <param name="LogLosses">The mean log loss, in nats.</param>
/// <param name="Deviations">By bin, see <see cref="Score.Deviations"/>.</param>
/// <param name="Slopes">The reliability slope over all people; null where it does not exist.</param>
internal sealed record PersonScores(
    IReadOnlyList<int> People,
    int TestVotes,
    double Ridge,
    double[][] Accuracies,
    double[][] LogLosses,
    double[][][] Deviations,
    Estimate?[] Slopes)
{
    private delegate double JudgedVote(double logOdds, in Input.Vote vote);

    /// <summary>Judges the predictions of one split.</summary>
    public static PersonScores From(MethodScores scores) => new(
        scores.People,
        scores.Tests.Sum(tests => tests.Count),
        scores.Ridge,
        Array.ConvertAll(scores.LogOdds, method => ByPerson(scores, method, Score.Hit)),
        Array.ConvertAll(scores.LogOdds, method => ByPerson(scores, method, Score.LogLoss)),
        Array.ConvertAll(scores.LogOdds, method => scores.Tests.Select((tests, person) => Score.Deviations(method[person], tests)).ToArray()),
        Array.ConvertAll(scores.LogOdds, method => Score.Reliability(method, scores.Tests)));

    private static double[] ByPerson(MethodScores scores, double[][] logOdds, JudgedVote judge) =>
        [.. scores.Tests.Select((tests, person) => tests.Select((vote, test) => judge(logOdds[person][test], vote)).Average())];
}
