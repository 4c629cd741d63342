using Personalization.Lab.Evaluation;
using Personalization.Lab.Evaluation.Scoring;

namespace Personalization.Lab.Tests.Evaluation;

public sealed class DriftTests
{
    [Fact]
    public void Drift_lowers_the_loss_where_tastes_reverse_half_way()
    {
        var voters = SyntheticVoters.Draw(people: 40, pictures: 100, votes: 200, features: 4, seed: 2);
        var turning = voters.Rows.Select(row => row.Index < 100 ? row : row.Flipped());
        using var files = new Files(SyntheticVoters.Csv(turning, timed: true), voters.PicturesCsv());

        var drift = files.Report(files.Options with { At = [20] }).Drift!;

        Assert.Equal([0, 0.005, 0.01, 0.02, 0.05, 0.1], drift.Rates.Select(rate => rate.Rate));
        Assert.Equal(40, drift.People);
        Assert.True(drift.BestRate >= 0.02, $"{drift.BestRate}");
        var best = drift.Rates.Single(rate => rate.Rate == drift.BestRate).GainOverNone;
        Assert.True(best.Value > 2 * best.StandardError, best.ToString());
        Assert.Contains("(the setting Ranking:DriftPerWeek)", files.Printed);
    }

    [Fact]
    public void Drift_does_not_lower_the_loss_where_tastes_stay()
    {
        var voters = SyntheticVoters.Draw(people: 40, pictures: 100, votes: 200, features: 4, seed: 2);
        using var files = new Files(voters.VotesCsv(timed: true), voters.PicturesCsv());

        var drift = files.Report(files.Options with { At = [20] }).Drift!;

        Assert.True(drift.BestRate <= 0.01, $"{drift.BestRate}");
        Assert.True(drift.Rates[^1].GainOverNone.Value < 0);
    }

    [Fact]
    public void Drift_advice_is_0_for_a_gain_within_noise()
    {
        double[] none = [0.6, 0.6, 0.6, 0.6], noisy = [0.5, 0.65, 0.55, 0.63];

        Assert.Equal(0, Summary.SummarizeDrift([0, 0.1], [none, noisy]).BestRate);
        Assert.Equal(0, Summary.SummarizeDrift([0, 0.1], [[0.6], [0.5]]).BestRate);
    }

    [Fact]
    public void Drift_advice_prefers_a_significant_gain_to_a_larger_insignificant_one()
    {
        double[] none = [0.6, 0.6, 0.6, 0.6], sure = [0.590, 0.591, 0.592, 0.589], surer = [0.580, 0.581, 0.582, 0.579], noisy = [0.4, 0.65, 0.55, 0.68];

        Assert.Equal(0.02, Summary.SummarizeDrift([0, 0.01, 0.02, 0.1], [none, sure, surer, noisy]).BestRate);
    }

    [Fact]
    public void Drift_advice_is_to_leave_the_setting_at_0_without_a_significant_gain()
    {
        var voters = SyntheticVoters.Draw(people: 4, pictures: 30, votes: 50, features: 4, seed: 2);
        using var files = new Files(voters.VotesCsv(timed: true), voters.PicturesCsv());

        var drift = files.Report(files.Options with { At = [10] }).Drift!;

        Assert.Equal(0, drift.BestRate);
        Assert.Contains("No gain is above two standard errors: leave the setting Ranking:DriftPerWeek at 0.", files.Printed);
        Assert.DoesNotContain("Best: q", files.Printed);
    }

    [Fact]
    public void Drift_is_not_reported_without_times()
    {
        var voters = SyntheticVoters.Draw(people: 6, pictures: 20, votes: 30, features: 3);
        using var files = new Files(voters.VotesCsv(), voters.PicturesCsv());

        Assert.Null(files.Report(files.Options with { At = [5] }).Drift);
        Assert.DoesNotContain("Drift", files.Printed);
    }
}
