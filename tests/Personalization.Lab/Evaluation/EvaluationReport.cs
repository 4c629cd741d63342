using System.Text.Json;
using System.Text.Json.Serialization;

namespace Personalization.Lab.Evaluation;

/// <summary>Everything that was measured. Accuracies and probabilities are shares from 0 to 1, log losses are in nats.</summary>
/// <param name="Version">The version of the program that measured.</param>
/// <param name="Communities">One result for each size of the community.</param>
/// <param name="Changes">What following changes of taste is worth; null if the votes have no times.</param>
public sealed record EvaluationReport(
    string Version,
    int Seed,
    EvaluationReport.Procedure Protocol,
    EvaluationReport.Tally Counts,
    IReadOnlyList<EvaluationReport.CommunityResult> Communities,
    EvaluationReport.ChangeResult? Changes)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>The report as JSON. Equal reports give equal text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    /// <summary>How it was measured.</summary>
    /// <param name="Test">What was held out of each person's votes, or of the pictures: a share or a count.</param>
    /// <param name="NewPictures">Whether held-out votes are only between pictures that no other vote is about.</param>
    /// <param name="Splits">The number of splits into training and test.</param>
    /// <param name="Folds">The number of folds; the community of each fold is learnt from the other folds.</param>
    /// <param name="Description">The procedure in words.</param>
    public sealed record Procedure(string Test, bool NewPictures, int Splits, int Folds, string Description);

    /// <summary>What there was to measure with, in the first split.</summary>
    /// <param name="Ratings">The rows of the ratings; 0 where votes were given.</param>
    /// <param name="ConstantFeatures">Columns left out because all pictures have the same.</param>
    /// <param name="LeftOut">Rows neither learnt from nor held out.</param>
    /// <param name="HeldOutPictures">0 unless pictures are held out.</param>
    public sealed record Tally(
        int People,
        int Ratings,
        int Pictures,
        int Features,
        IReadOnlyList<string> ConstantFeatures,
        int TrainingVotes,
        int TrainingSkips,
        int TestVotes,
        int LeftOut,
        int HeldOutPictures);

    /// <summary>Judged with communities of one size.</summary>
    /// <param name="People">How many people each fold's community was learnt from; null for all of the other folds.</param>
    /// <param name="LatentFactors">How many were found in each fold's community, one split after another.</param>
    /// <param name="Rounds">One result for each number of votes that at least one person has.</param>
    public sealed record CommunityResult(int? People, IReadOnlyList<int> LatentFactors, IReadOnlyList<RoundResult> Rounds);

    /// <summary>After so many votes of each person.</summary>
    /// <param name="People">How many people have so many and something held out.</param>
    /// <param name="TestVotes">Their held-out votes in all splits.</param>
    /// <param name="Ridges">The ridge penalty of the personal logistic regression in each split, chosen by cross-validation.</param>
    /// <param name="AccuracyGain">The model's accuracy minus that of the same model after 0 votes, paired by person: below 0 where votes harm.</param>
    /// <param name="LogLossGain">Its log loss after 0 votes minus that after so many, paired by person: below 0 where votes harm.</param>
    public sealed record RoundResult(
        int Votes,
        int People,
        int TestVotes,
        IReadOnlyList<double> Ridges,
        Estimate AccuracyGain,
        Estimate LogLossGain,
        IReadOnlyList<MethodResult> Methods);

    /// <summary>How well one method predicted the held-out votes.</summary>
    /// <param name="ReliabilitySlope">1 for calibrated log odds, below 1 for overconfident ones; null if it does not exist.</param>
    /// <param name="CalibrationError">The expected calibration error in ten bins.</param>
    /// <param name="ModelAccuracyLead">The accuracy of this project's model minus that of the method, paired by person; null for the model itself.</param>
    /// <param name="ModelLogLossLead">The log loss of the method minus that of this project's model, paired by person; null for the model itself.</param>
    public sealed record MethodResult(
        string Method,
        Estimate Accuracy,
        Estimate LogLoss,
        Estimate? ReliabilitySlope,
        Estimate CalibrationError,
        Estimate? ModelAccuracyLead,
        Estimate? ModelLogLossLead);

    /// <summary>Training votes predicted from those before them, by a taste that may change and by one that stays.</summary>
    /// <param name="Changed">How many people's tastes changed more probably than not, by all of their training votes.</param>
    /// <param name="LogLoss">That of a taste that may change, mean over people.</param>
    /// <param name="Gain">The log loss of a taste that stays minus this one, paired by person.</param>
    public sealed record ChangeResult(int People, int Changed, Estimate LogLoss, Estimate Gain);
}
