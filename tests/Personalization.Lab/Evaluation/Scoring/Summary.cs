namespace Personalization.Lab.Evaluation.Scoring;

/// <summary>Summarises the predictions of all methods for a report.</summary>
internal static class Summary
{
    private static readonly string[] Names = ["this model", "community mean", "personal logistic", "Bradley-Terry", "tag counting"];

    public static string Protocol(EvaluationOptions options) =>
        (options.Ratings is not null
            ? $"Rated pictures are drawn by the seed and held out. Each person's training votes are pairs of the other pictures that they rated differently, drawn by the seed, {options.At.Max()} at most; their held-out votes are all such pairs of held-out pictures, or {Split.MaxTestPairs} drawn from them where there are more."
            : options.NewPictures
            ? "Pictures are drawn by the seed and held out, in whole groups where votes connect only small groups of pictures. Every vote between two of them is held out; rows with one of them are left out."
            : "Of each person's votes, some are drawn by the seed and held out; rows of the same person about the same pair are left out.")
        + (options.HoldsPicturesOut ? " Features are standardised, and embeddings reduced to principal components, by the pictures that are not held out: in the bot that was done before a new picture comes." : "")
        + " People are assigned to folds by the seed. The community, the pictures' Bradley-Terry strengths and what a tag is worth are learnt from the training votes of the other folds' people"
        + (options.Communities.Count > 0 ? ", as many of them as are asked for, drawn by the seed, the smaller communities from the larger;" : ";")
        + " the taste, the logistic regression and the tag counts from the first votes of the person's own training votes, with the skips between them for the taste alone."
        + " The ridge of the logistic regression is chosen by five-fold cross-validation within training votes. No held-out vote is in anything that is learnt, and the community with which a person is judged contains none of their own votes."
        + " Skips are not judged. Each person counts the same, and standard errors are over people"
        + (options.Splits > 1 ? ", for accuracies and log losses over the splits as well (Nadeau and Bengio 2003). Each person's values are means over the splits in which they are judged; a slope is the mean of those of the splits." : ".");

    /// <param name="splits">One for each split in which people were judged.</param>
    /// <param name="testToTraining">How much is held out for each part that is learnt from.</param>
    public static EvaluationReport.RoundResult Summarize(int votes, IReadOnlyList<PersonScores> splits, double testToTraining, int seed)
    {
        Estimate Over(Func<PersonScores, int, double> valueOf) =>
            Estimate.FromSplits([.. splits.Select(split => split.People.Select((person, i) => (person, valueOf(split, i))).ToArray())], testToTraining);

        const int model = (int)Method.Model;
        const int none = (int)Method.CommunityMean;
        return new(
            votes,
            splits.SelectMany(split => split.People).Distinct().Count(),
            splits.Sum(split => split.TestVotes),
            [.. splits.Select(split => split.Ridge)],
            Over((split, person) => split.Accuracies[model][person] - split.Accuracies[none][person]),
            Over((split, person) => split.LogLosses[none][person] - split.LogLosses[model][person]),
            [.. Enum.GetValues<Method>().Select(method => (int)method).Select(method => new EvaluationReport.MethodResult(
                Names[method],
                Over((split, person) => split.Accuracies[method][person]),
                Over((split, person) => split.LogLosses[method][person]),
                Slope([.. splits.Select(split => split.Slopes[method]).OfType<Estimate>()]),
                Score.CalibrationError(MeanDeviations(splits, method), seed),
                method == model ? null : Over((split, person) => split.Accuracies[model][person] - split.Accuracies[method][person]),
                method == model ? null : Over((split, person) => split.LogLosses[method][person] - split.LogLosses[model][person])))]);
    }

    private static Estimate? Slope(Estimate[] splits) => splits.Length == 0
        ? null
        : new(splits.Average(slope => slope.Value), splits.All(slope => slope.StandardError is not null) ? splits.Average(slope => slope.StandardError!.Value) : null);

    private static double[][] MeanDeviations(IReadOnlyList<PersonScores> splits, int method) =>
    [
        .. splits.SelectMany(split => split.People.Select((person, i) => (Person: person, Bins: split.Deviations[method][i])))
            .GroupBy(one => one.Person, one => one.Bins)
            .Select(person => person.First().Select((_, bin) => person.Average(bins => bins[bin])).ToArray()),
    ];

    /// <param name="people">For each person, the log losses of a taste that may change and of one that stays, and whether it changed.</param>
    public static EvaluationReport.ChangeResult SummarizeChanges(IReadOnlyList<(double Following, double Constant, bool HasChanged)> people) => new(
        people.Count,
        people.Count(person => person.HasChanged),
        Estimate.FromPeople([.. people.Select(person => person.Following)]),
        Estimate.FromPeople([.. people.Select(person => person.Constant - person.Following)]));
}
