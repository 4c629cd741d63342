using Personalization.Lab.Evaluation;

namespace Personalization.Lab.Tests.Evaluation;

/// <summary>What the model is measured to be on people with known weights.</summary>
public sealed class AccuracyTests(AccuracyTests.Measured measured) : IClassFixture<AccuracyTests.Measured>
{
    private static readonly string[] Baselines = ["community mean", "personal logistic", "Bradley-Terry", "tag counting"];

    [Theory]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(200)]
    public void Model_predicts_people_who_differ_better_than_every_baseline(int votes)
    {
        var methods = measured.After(votes).Methods;

        Assert.Equal(["this model", .. Baselines], methods.Select(method => method.Method));
        Assert.All(methods.Skip(1), baseline =>
        {
            Assert.True(baseline.ModelAccuracyLead!.Value > 2 * baseline.ModelAccuracyLead.StandardError, $"{baseline.Method}: {baseline.ModelAccuracyLead}");
            Assert.True(baseline.ModelLogLossLead!.Value > 2 * baseline.ModelLogLossLead.StandardError, $"{baseline.Method}: {baseline.ModelLogLossLead}");
        });
    }

    [Fact]
    public void Model_is_within_a_point_of_the_true_tastes_after_200_votes()
    {
        var model = measured.After(200).Methods[0].Accuracy.Value;

        Assert.InRange(model, measured.OwnAccuracy - 0.01, measured.OwnAccuracy + 0.01);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(100)]
    [InlineData(200)]
    public void Model_is_calibrated(int votes) =>
        Assert.InRange(measured.After(votes).Methods[0].ReliabilitySlope!.Value, 0.9, 1.15);

    [Theory]
    [InlineData(0.15)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void Model_is_not_below_the_community_mean_by_more_than_noise(double difference)
    {
        var voters = SyntheticVoters.Draw(people: 60, pictures: 150, votes: 140, difference: difference, seed: 3);
        using var files = new Files(voters.VotesCsv(), voters.PicturesCsv());

        var report = files.Report(files.Options with { At = [1, 5, 10, 20, 50, 100] });

        Assert.Equal(6, report.Communities[0].Rounds.Count);
        Assert.All(report.Communities[0].Rounds, round =>
        {
            var mean = round.Methods[1];
            Assert.True(mean.ModelAccuracyLead!.Value > -2 * mean.ModelAccuracyLead.StandardError, $"{round.Votes}: {mean.ModelAccuracyLead}");
            Assert.True(mean.ModelLogLossLead!.Value > -2 * mean.ModelLogLossLead.StandardError, $"{round.Votes}: {mean.ModelLogLossLead}");
        });
    }

    [Fact]
    public void Model_improves_with_more_votes()
    {
        var losses = measured.Report.Communities[0].Rounds.Select(round => round.Methods[0].LogLoss.Value).ToArray();

        Assert.Equal(losses.OrderDescending(), losses);
    }

    [Fact]
    public void Model_and_baselines_predict_new_pictures_by_features_only()
    {
        var voters = SyntheticVoters.Draw(people: 60, pictures: 150, votes: 200, seed: 4);
        using var files = new Files(voters.VotesCsv(), voters.PicturesCsv());

        var methods = files.Report(files.Options with { At = [50], NewPictures = true }).Communities[0].Rounds[0].Methods;

        Assert.Equal(0.5, methods.Single(method => method.Method == "Bradley-Terry").Accuracy.Value);
        Assert.True(methods[0].Accuracy.Value > 0.7, methods[0].Accuracy.ToString());
    }

    /// <summary>One measurement that many tests look at.</summary>
    public sealed class Measured
    {
        public Measured()
        {
            var voters = SyntheticVoters.Draw(people: 200, pictures: 300, votes: 290);
            using var files = new Files(voters.VotesCsv(), voters.PicturesCsv());
            var options = files.Options with { Test = Share("0.3") };
            Report = files.Report(options);
            OwnAccuracy = voters.OwnAccuracy(files.Votes, files.Pictures, options.HeldOut, options.Seed);
        }

        internal EvaluationReport Report { get; }

        /// <summary>How often the people's true weights predict the same held-out votes.</summary>
        internal double OwnAccuracy { get; }

        internal EvaluationReport.RoundResult After(int votes) => Report.Communities[0].Rounds.Single(round => round.Votes == votes);

        internal static HoldOut Share(string text) => HoldOut.TryParse(text, out var heldOut) ? heldOut : throw new ArgumentException(text, nameof(text));
    }
}
