namespace Personalization.Lab.Evaluation;

/// <summary>
/// Votes of generated people for <c>evaluate</c>, in the largest supported number: tastes, item effects and answers are drawn from
/// the model's own distribution, so that the best possible accuracy is known.
/// </summary>
internal static class EvaluationData
{
    private const int People = 1000;
    private const int Pictures = 1000;
    private const int Votes = 300;
    private const int Features = 40;
    private const int Learnt = 200;

    public static async Task WriteAsync(string folder, TextWriter output, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var (votes, pictures) = (Path.Combine(folder, "votes.csv"), Path.Combine(folder, "pictures.csv"));
        var voters = SyntheticVoters.Draw(People, Pictures, Votes, Features);
        await File.WriteAllTextAsync(votes, voters.VotesCsv(), cancellationToken);
        await File.WriteAllTextAsync(pictures, voters.PicturesCsv(), cancellationToken);

        var options = new EvaluationOptions { Votes = votes, Pictures = pictures };
        var own = voters.OwnAccuracy(votes, pictures, options.HeldOut, options.Seed);
        var learnt = voters.LearntAccuracy(votes, pictures, options.HeldOut, options.Seed, Learnt);
        await output.WriteLineAsync(FormattableString.Invariant($"""
            {People} people, {Pictures} pictures with {Features} features, {Votes} votes each: {votes}, {pictures}
            Of the votes that evaluate holds out, the true weights and item effects predict {100 * own:0.0} % correctly.
            With the true prior and {Learnt} votes of each person, {100 * learnt:0.0} % are predicted correctly: the best that can be learnt.
            """));
    }
}
