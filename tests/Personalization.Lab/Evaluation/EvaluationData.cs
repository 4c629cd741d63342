namespace Personalization.Lab.Evaluation;

/// <summary>
/// Generated people's votes for <c>evaluate</c>, as many as it has to take: tastes, pictures' appeals and wavering are
/// drawn by the model's own law, so that it is known how often the votes can be foretold at all.
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
        var own = voters.OwnAccuracy(votes, pictures, options.Test, options.Seed);
        var learnt = voters.LearntAccuracy(votes, pictures, options.Test, options.Seed, Learnt);
        await output.WriteLineAsync(FormattableString.Invariant($"""
            {People} people, {Pictures} pictures with {Features} features, {Votes} votes each: {votes}, {pictures}
            Of those that evaluate holds out, their true weights and appeals foresee {100 * own:0.0} %.
            {Learnt} votes of each, and knowing by what law they were drawn, foresee {100 * learnt:0.0} %: the best that can be learnt.
            """));
    }
}
