using Personalization.Lab.Evaluation;
using Personalization.Lab.Evaluation.Input;
using Personalization.Lab.Evaluation.Scoring;

namespace Personalization.Lab.Tests.Evaluation;

/// <summary>Nothing of what is held out may be in what is learnt.</summary>
public sealed class LeakTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Training_is_independent_of_the_held_out_answers(bool newPictures)
    {
        var voters = SyntheticVoters.Draw(people: 12, pictures: 40, votes: 60, features: 4);
        var (pictures, split) = Draw(voters.VotesCsv(timed: true), voters.PicturesCsv(), newPictures);
        var heldOut = split.People.Select(person => person.Test.Select(vote => (vote.Left, vote.Right)).ToHashSet()).ToArray();
        var flipped = voters.Rows.Select(row => heldOut[row.Person].Contains((row.Left, row.Right)) ? row.Flipped() : row).ToArray();
        var (_, turned) = Draw(SyntheticVoters.Csv(flipped, timed: true), voters.PicturesCsv(), newPictures);

        var before = Learn(pictures, split);
        var after = Learn(pictures, turned);

        Assert.NotEqual(split.People.SelectMany(person => person.Test), turned.People.SelectMany(person => person.Test));
        Assert.Equal(before.Communities, after.Communities);
        Assert.Equal(before.Predictions, after.Predictions);
        Assert.Equal(before.Ridge, after.Ridge);
        Assert.Equal(before.Losses, after.Losses);
    }

    [Fact]
    public void Inverted_held_out_answers_invert_the_accuracy_of_every_method()
    {
        var voters = SyntheticVoters.Draw(people: 12, pictures: 40, votes: 60, features: 4);
        var (_, split) = Draw(voters.VotesCsv(), voters.PicturesCsv(), false);
        var heldOut = split.People.Select(person => person.Test.Select(vote => (vote.Left, vote.Right)).ToHashSet()).ToArray();
        var flipped = voters.Rows.Select(row => heldOut[row.Person].Contains((row.Left, row.Right)) ? row.Flipped() : row);
        using var files = new Files(voters.VotesCsv(), voters.PicturesCsv());
        using var turned = new Files(SyntheticVoters.Csv(flipped), voters.PicturesCsv());

        var before = files.Report(files.Options with { At = [20] }).Communities[0].Rounds[0];
        var after = turned.Report(turned.Options with { At = [20] }).Communities[0].Rounds[0];

        Assert.All(before.Methods.Zip(after.Methods), pair =>
            Assert.Equal(1 - pair.First.Accuracy.Value, pair.Second.Accuracy.Value, 1e-12));
    }

    [Fact]
    public void Training_depends_on_every_training_answer()
    {
        var voters = SyntheticVoters.Draw(people: 12, pictures: 40, votes: 60, features: 4);
        var (pictures, split) = Draw(voters.VotesCsv(), voters.PicturesCsv(), false);
        var learnt = split.People[0].Training[0];
        var flipped = voters.Rows.Select(row => row.Person == 0 && (row.Left, row.Right) == (learnt.Left, learnt.Right) ? row.Flipped() : row);
        var (_, turned) = Draw(SyntheticVoters.Csv(flipped), voters.PicturesCsv(), false);

        Assert.NotEqual(Learn(pictures, split).Predictions, Learn(pictures, turned).Predictions);
    }

    [Fact]
    public void Persons_own_votes_are_not_in_the_community_they_are_judged_with()
    {
        var voters = SyntheticVoters.Draw(people: 2, pictures: 40, votes: 60, features: 4);
        var (pictures, split) = Draw(voters.VotesCsv(), voters.PicturesCsv(), false);
        var flipped = voters.Rows.Select(row => row.Person == 0 ? row.Flipped() : row);
        var (_, turned) = Draw(SyntheticVoters.Csv(flipped), voters.PicturesCsv(), false);

        // With two people, each is judged with the community of the other: the first has it unchanged, the second does not.
        var mean = (int)Method.CommunityMean;
        var before = CrossValidation(pictures, split).After(20).LogOdds[mean];
        var after = CrossValidation(pictures, turned).After(20).LogOdds[mean];

        Assert.Equal(before[0], after[0]);
        Assert.NotEqual(before[1], after[1]);
    }

    private static (PictureTable Pictures, Split Split) Draw(string votes, string pictures, bool newPictures)
    {
        using var files = new Files(votes, pictures);
        var table = PictureTable.Read(files.Pictures).Value!;
        return (table, Split.Draw(VoteFile.Read(files.Votes, table).Value!.Voters, table, HoldOut.Usual, newPictures, 1));
    }

    private static CrossValidation CrossValidation(PictureTable pictures, Split split) =>
        Lab.Evaluation.Scoring.CrossValidation.Prepare(pictures.FittedWithout(split.HeldOutPictures), split, 1, null, _ => { }, TestContext.Current.CancellationToken);

    private static (double[] Communities, double[] Predictions, double Ridge, double[] Losses) Learn(PictureTable pictures, Split split)
    {
        var crossValidation = CrossValidation(pictures, split);
        var round = crossValidation.After(10);
        return (
            [.. crossValidation.Communities.SelectMany(prior => (double[])[.. prior.Mean, .. prior.Covariance, .. prior.Appeals.OrderBy(appeal => appeal.Key).Select(appeal => appeal.Value.Mean)])],
            [.. round.LogOdds.SelectMany(method => method.SelectMany(person => person))],
            round.Ridge,
            [.. crossValidation.Prequential().SelectMany(person => (double[])[person.Following, person.Constant])]);
    }
}
