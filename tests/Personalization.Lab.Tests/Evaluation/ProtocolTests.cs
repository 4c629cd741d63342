using Personalization.Lab.Evaluation;
using Personalization.Lab.Evaluation.Input;
using Personalization.Lab.Evaluation.Scoring;

namespace Personalization.Lab.Tests.Evaluation;

/// <summary>The gain over no votes, communities of given sizes, and several splits.</summary>
public sealed class ProtocolTests
{
    private readonly SyntheticVoters _voters = SyntheticVoters.Draw(people: 30, pictures: 80, votes: 60, features: 4);

    [Fact]
    public void After_no_votes_the_model_is_the_community_mean_and_its_gain_is_0()
    {
        using var files = new Files(_voters.VotesCsv(), _voters.PicturesCsv());

        var round = files.Report(files.Options with { At = [0, 20] }).Communities[0].Rounds[0];

        Assert.Equal((0, 30), (round.Votes, round.People));
        Assert.Equal(round.Methods[1].Accuracy, round.Methods[0].Accuracy);
        Assert.Equal(round.Methods[1].LogLoss, round.Methods[0].LogLoss);
        Assert.Equal((new(0, 0), new(0, 0)), (round.AccuracyGain, round.LogLossGain));
        Assert.Equal([0.5, 0.5], round.Methods.Where(method => method.Method is "personal logistic" or "tag counting").Select(method => method.Accuracy.Value));
    }

    [Fact]
    public void Gain_over_no_votes_is_paired_and_above_0_where_votes_help()
    {
        using var files = new Files(_voters.VotesCsv(), _voters.PicturesCsv());

        var rounds = files.Report(files.Options with { At = [0, 40] }).Communities[0].Rounds;

        var (none, some) = (rounds[0].Methods[0], rounds[1].Methods[0]);
        Assert.Equal(some.Accuracy.Value - none.Accuracy.Value, rounds[1].AccuracyGain.Value, 1e-12);
        Assert.Equal(none.LogLoss.Value - some.LogLoss.Value, rounds[1].LogLossGain.Value, 1e-12);
        Assert.True(rounds[1].AccuracyGain.Value > 2 * rounds[1].AccuracyGain.StandardError, rounds[1].AccuracyGain.ToString());
        Assert.True(rounds[1].LogLossGain.Value > 2 * rounds[1].LogLossGain.StandardError, rounds[1].LogLossGain.ToString());
        Assert.Matches(@"(?m)^votes  people      accuracy in %   log loss in nats\r?$", files.Printed);
        Assert.Matches(@"(?m)^   40      30\s+\+\d+\.\d ± \d\.\d\s+\+\d\.\d{3} ± \d\.\d{3}\r?$", files.Printed);
    }

    [Fact]
    public void Gain_is_below_0_where_votes_mislead()
    {
        // Everyone begins with the opposite of what they mean.
        using var files = new Files(SyntheticVoters.Csv(_voters.Rows.Select(row => row.Index < 15 ? row.Flipped() : row)), _voters.PicturesCsv());

        var round = files.Report(files.Options with { At = [10] }).Communities[0].Rounds[0];

        Assert.True(round.AccuracyGain.Value < -2 * round.AccuracyGain.StandardError, round.AccuracyGain.ToString());
        Assert.True(round.LogLossGain.Value < -2 * round.LogLossGain.StandardError, round.LogLossGain.ToString());
    }

    [Fact]
    public void Community_is_learnt_from_as_many_people_of_the_other_folds_the_smaller_within_the_larger()
    {
        using var files = new Files(_voters.VotesCsv(), _voters.PicturesCsv());
        var pictures = PictureTable.Read(files.Pictures).Value!;
        var split = Split.Draw(VoteFile.Read(files.Votes, pictures).Value!.Voters, pictures, HoldOut.Usual, false, 1);
        IReadOnlyList<int>[] MembersOf(int? size) => [.. CrossValidation.Prepare(pictures, split, 1, size, _ => { }, TestContext.Current.CancellationToken).Members];

        var (few, more, all) = (MembersOf(4), MembersOf(9), MembersOf(null));

        Assert.Equal(27, CrossValidation.MaxCommunity(split, 1));
        Assert.All(all, members => Assert.Equal(27, members.Count));
        Assert.All(few, members => Assert.Equal(4, members.Distinct().Count()));
        Assert.All(few.Zip(more, all), fold =>
        {
            Assert.Equal(9, fold.Second.Count);
            Assert.Empty(fold.First.Except(fold.Second));
            Assert.Empty(fold.Second.Except(fold.Third));
        });
        Assert.True(few.SelectMany(members => members).Distinct().Count() > 12);
    }

    [Fact]
    public void Larger_communities_know_a_newcomer_better_and_one_without_people_knows_nothing()
    {
        using var files = new Files(_voters.VotesCsv(), _voters.PicturesCsv());

        var communities = files.Report(files.Options with { At = [0, 20], Communities = [27, 0, 3, 500] }).Communities;

        Assert.Equal([0, 3, 27], communities.Select(community => community.People));
        double[] accuracies = [.. communities.Select(community => community.Rounds[0].Methods[0].Accuracy.Value)];
        Assert.Equal(0.5, accuracies[0]);
        Assert.True(accuracies[0] < accuracies[1] && accuracies[1] < accuracies[2], string.Join(", ", accuracies));
        Assert.Contains("The other folds do not have 500 people who voted: there are no rows for such a community", files.Printed);
        Assert.Matches(@"(?m)^    0      30(\s+\d+\.\d ± \d+\.\d){5}                  3\r?$", files.Printed);
    }

    [Fact]
    public void Community_of_more_people_than_there_are_is_reported()
    {
        using var files = new Files(_voters.VotesCsv(), _voters.PicturesCsv());

        Assert.Equal(
            "--community 28: a community is drawn from the people of the other folds, and those are 27 at the least. Give a smaller number.",
            files.Run(files.Options with { At = [5], Communities = [40, 28] }).Problem);
    }

    [Fact]
    public void Splits_hold_out_different_pictures_and_their_mean_is_reported()
    {
        using var files = new Files(_voters.RatingsCsv(), _voters.PicturesCsv());
        var options = files.OfRatings with { At = [0, 50] };

        var first = files.Report(options).Communities[0];
        var second = files.Report(options with { Seed = RepeatedCrossValidation.SeedOf(options.Seed, 1) }).Communities[0];
        var report = files.Report(options with { Splits = 2 });

        var both = report.Communities[0];
        Assert.Equal(first.LatentFactors.Concat(second.LatentFactors), both.LatentFactors);
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(30, both.Rounds[round].People);
            Assert.Equal(first.Rounds[round].TestVotes + second.Rounds[round].TestVotes, both.Rounds[round].TestVotes);
            Assert.NotEqual(first.Rounds[round].Methods[0].LogLoss.Value, second.Rounds[round].Methods[0].LogLoss.Value);
            Assert.Equal((first.Rounds[round].Methods[0].LogLoss.Value + second.Rounds[round].Methods[0].LogLoss.Value) / 2, both.Rounds[round].Methods[0].LogLoss.Value, 1e-12);
            Assert.Equal((first.Rounds[round].AccuracyGain.Value + second.Rounds[round].AccuracyGain.Value) / 2, both.Rounds[round].AccuracyGain.Value, 1e-12);
        }

        Assert.Equal(2, report.Protocol.Splits);
        Assert.Contains("over people and 2 splits", files.Printed);
        Assert.Contains("Split 2 of 2. Learning the community, part 10 of 10", files.Printed);
    }
}
