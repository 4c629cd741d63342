using Personalization.Lab.Evaluation;
using Personalization.Lab.Evaluation.Input;
using Personalization.Lab.Evaluation.Scoring;

namespace Personalization.Lab.Tests.Evaluation;

public sealed class SplitTests
{
    [Theory]
    [InlineData("0.25", 10)]
    [InlineData("7", 7)]
    [InlineData("1000", 40)]
    public void Share_or_a_count_of_each_persons_votes_is_held_out(string test, int expected)
    {
        var split = Draw(SyntheticVoters.Draw(people: 5, pictures: 200, votes: 40), test);

        Assert.All(split.People, person => Assert.Equal(expected, person.Test.Count));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.0")]
    [InlineData("-3")]
    [InlineData("0,2")]
    [InlineData("some")]
    public void Hold_out_rejects_what_is_neither_a_share_nor_a_count(string text) => Assert.False(HoldOut.TryParse(text, out _));

    [Fact]
    public void Every_row_is_learnt_from_held_out_or_left_out()
    {
        var voters = SyntheticVoters.Draw(people: 5, pictures: 8, votes: 40, tieOdds: 0.8);

        var split = Draw(voters, "0.2");

        Assert.Equal(voters.Rows.Count, split.LeftOut + split.People.Sum(person => person.Training.Count + person.Test.Count));
        Assert.True(split.LeftOut > 0);
    }

    [Fact]
    public void Skips_are_never_held_out()
    {
        var split = Draw(SyntheticVoters.Draw(people: 5, pictures: 50, votes: 40, tieOdds: 3), "0.5");

        Assert.All(split.People, person => Assert.DoesNotContain(person.Test, vote => vote.IsSkip));
        Assert.Contains(split.People, person => person.Training.Any(vote => vote.IsSkip));
    }

    [Fact]
    public void Pair_that_is_held_out_is_not_learnt_from_the_same_person_either()
    {
        // Eight pictures have 28 pairs: each of 40 votes is likely to be about a pair of another one.
        var split = Draw(SyntheticVoters.Draw(people: 5, pictures: 8, votes: 40), "0.2");

        Assert.All(split.People, person => Assert.Empty(person.Test.Select(vote => vote.Pair).Intersect(person.Training.Select(vote => vote.Pair))));
    }

    [Fact]
    public void First_votes_come_in_order_with_the_skips_between_them()
    {
        var voters = SyntheticVoters.Draw(people: 1, pictures: 100, votes: 40, tieOdds: 2);

        var person = Draw(voters, "0.2").People[0];
        var first = person.First(10);

        Assert.Equal(10, first.Count(vote => !vote.IsSkip));
        Assert.Equal(person.Training.Take(first.Count), first);
        Assert.False(first[^1].IsSkip);
    }

    [Fact]
    public void Other_seeds_hold_out_other_votes()
    {
        var voters = SyntheticVoters.Draw(people: 3, pictures: 100, votes: 40);

        Assert.Equal(Draw(voters, "0.2", seed: 1).People.SelectMany(person => person.Test), Draw(voters, "0.2", seed: 1).People.SelectMany(person => person.Test));
        Assert.NotEqual(Draw(voters, "0.2", seed: 1).People.SelectMany(person => person.Test), Draw(voters, "0.2", seed: 2).People.SelectMany(person => person.Test));
    }

    [Fact]
    public void Split_has_no_training_pair_with_a_new_picture()
    {
        var split = Draw(SyntheticVoters.Draw(people: 30, pictures: 60, votes: 80, tieOdds: 0.3), "0.2", newPictures: true);

        var learnt = split.People.SelectMany(person => person.Training).SelectMany(vote => (int[])[vote.Left, vote.Right]).ToHashSet();
        var tested = split.People.SelectMany(person => person.Test).SelectMany(vote => (int[])[vote.Left, vote.Right]).ToHashSet();
        Assert.Empty(learnt.Intersect(tested));
        Assert.Equal(split.HeldOutPictures.Order(), tested.Order());
    }

    [Theory]
    [InlineData("0.2", 40)]
    [InlineData("30", 30)]
    public void Asked_share_or_count_of_pictures_is_new(string test, int expected)
    {
        var voters = SyntheticVoters.Draw(people: 30, pictures: 200, votes: 100);

        Assert.Equal(expected, Draw(voters, test, newPictures: true).HeldOutPictures.Count);
    }

    [Fact]
    public void New_pictures_are_whole_groups_if_votes_stay_within_small_groups()
    {
        var voters = SyntheticVoters.Draw(people: 30, pictures: 160, votes: 100);
        var rows = voters.Rows.Select(row => row with { Right = (row.Left / 4 * 4) + ((row.Left + 1 + (row.Right % 3)) % 4) }).ToArray();

        var split = Draw(SyntheticVoters.Csv(rows), voters.PicturesCsv(), "0.2", newPictures: true);

        Assert.Equal(0, split.LeftOut);
        Assert.All(split.HeldOutPictures.GroupBy(picture => picture / 4), group => Assert.Equal(4, group.Count()));
    }

    private static Split Draw(SyntheticVoters voters, string test, int seed = 1, bool newPictures = false) =>
        Draw(voters.VotesCsv(), voters.PicturesCsv(), test, seed, newPictures);

    private static Split Draw(string votes, string pictures, string test, int seed = 1, bool newPictures = false)
    {
        using var files = new Files(votes, pictures);
        var table = PictureTable.Read(files.Pictures).Value!;
        return Split.Draw(VoteFile.Read(files.Votes, table).Value!.Voters, table, AccuracyTests.Measured.Share(test), newPictures, seed);
    }
}
