using Personalization.Lab.Evaluation;

namespace Personalization.Lab.Tests.Evaluation;

/// <summary>What people differ about in pictures that they all know, and that no feature tells of.</summary>
public sealed class LatentTests
{
    [Fact]
    public void Latent_factors_are_found_in_their_number_and_improve_predictions_of_newcomers()
    {
        var voters = SyntheticVoters.Draw(people: 120, pictures: 100, votes: 130, hidden: 2);
        using var files = new Files(voters.VotesCsv(), voters.PicturesCsv());

        var report = files.Report(files.Options with { At = [20, 50, 100] });

        Assert.All(report.Communities[0].LatentFactors, found => Assert.Equal(2, found));
        Assert.All(report.Communities[0].Rounds, round =>
        {
            // The personal regression has the features alone: more than their noise is in the lead over it.
            var lead = round.Methods.Single(method => method.Method == "personal logistic").ModelAccuracyLead!;
            Assert.True(lead.Value > 0.025 + (2 * lead.StandardError), $"{round.Votes}: {lead}");
            Assert.InRange(round.Methods[0].ReliabilitySlope!.Value, 0.85, 1.15);
        });
        Assert.Contains("Latent factors of the pictures, in each fold: 2, 2, 2, 2, 2", files.Printed);
    }

    [Fact]
    public void Latent_factors_are_not_found_where_there_are_none()
    {
        var voters = SyntheticVoters.Draw(people: 120, pictures: 100, votes: 130);
        using var files = new Files(voters.VotesCsv(), voters.PicturesCsv());

        Assert.All(files.Report(files.Options with { At = [20] }).Communities[0].LatentFactors, found => Assert.Equal(0, found));
    }
}
