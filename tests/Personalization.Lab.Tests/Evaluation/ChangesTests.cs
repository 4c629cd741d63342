using Personalization.Lab.Evaluation;

namespace Personalization.Lab.Tests.Evaluation;

public sealed class ChangesTests
{
    private static readonly SyntheticVoters Voters = SyntheticVoters.Draw(people: 20, pictures: 100, votes: 200, features: 4, seed: 2);

    [Fact]
    public void Following_changes_lowers_the_loss_where_tastes_reverse_half_way()
    {
        var turning = Voters.Rows.Select(row => row.Index < 100 ? row : row.Flipped());
        using var files = new Files(SyntheticVoters.Csv(turning, timed: true), Voters.PicturesCsv());

        var changes = files.Report(files.Options with { At = [20] }).Changes!;

        Assert.Equal(20, changes.People);
        Assert.True(changes.Changed >= 16, $"{changes.Changed}");
        Assert.True(changes.Gain.Value > 4 * changes.Gain.StandardError, changes.Gain.ToString());
        Assert.Contains($"Changes of taste, in {changes.Changed} of 20 people", files.Printed);
    }

    [Fact]
    public void Following_changes_costs_nothing_where_tastes_stay()
    {
        using var files = new Files(Voters.VotesCsv(timed: true), Voters.PicturesCsv());

        var changes = files.Report(files.Options with { At = [20] }).Changes!;

        Assert.Equal(0, changes.Changed);
        Assert.InRange(changes.Gain.Value, -0.001, 0.001);
    }

    [Fact]
    public void Changes_are_not_reported_without_times()
    {
        using var files = new Files(Voters.VotesCsv(), Voters.PicturesCsv());

        Assert.Null(files.Report(files.Options with { At = [5] }).Changes);
        Assert.DoesNotContain("Changes of taste", files.Printed);
    }
}
