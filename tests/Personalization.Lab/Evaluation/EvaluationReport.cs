using System.Text.Json;
using System.Text.Json.Serialization;

namespace Personalization.Lab.Evaluation;

/// <summary>Everything that was measured. Accuracies and probabilities are shares from 0 to 1, log losses are in nats.</summary>
/// <param name="Version">The version of the program that measured.</param>
/// <param name="Rounds">One for each number of votes that somebody has.</param>
/// <param name="Drift">What drift does; null where the votes have no times.</param>
public sealed record EvaluationReport(
    string Version,
    int Seed,
    EvaluationReport.Procedure Protocol,
    EvaluationReport.Tally Counts,
    IReadOnlyList<EvaluationReport.RoundResult> Rounds,
    EvaluationReport.DriftResult? Drift)
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
    /// <param name="Test">What was held out of each person's votes: a share or a count.</param>
    /// <param name="NewPictures">Whether held-out votes are only between pictures that no other vote is about.</param>
    /// <param name="Folds">Into how many parts people were dealt; each part's community is that of the others.</param>
    /// <param name="Description">The procedure in words.</param>
    /// <param name="LatentFactors">How many were found in each part's community.</param>
    public sealed record Procedure(string Test, bool NewPictures, int Folds, IReadOnlyList<int> LatentFactors, string Description);

    /// <summary>What there was to measure with.</summary>
    /// <param name="ConstantFeatures">Columns left out because all pictures have the same.</param>
    /// <param name="LeftOut">Rows neither learnt from nor held out.</param>
    /// <param name="HeldOutPictures">0 unless pictures are held out.</param>
    public sealed record Tally(
        int People,
        int Pictures,
        int Features,
        IReadOnlyList<string> ConstantFeatures,
        int TrainingVotes,
        int TrainingSkips,
        int TestVotes,
        int LeftOut,
        int HeldOutPictures);

    /// <summary>After so many votes of each person.</summary>
    /// <param name="People">How many people have so many and something held out.</param>
    /// <param name="TestVotes">Their held-out votes.</param>
    /// <param name="Ridge">What the personal logistic regression was held back by: found by cross-validation.</param>
    public sealed record RoundResult(int Votes, int People, int TestVotes, double Ridge, IReadOnlyList<MethodResult> Methods);

    /// <summary>How well one method foresaw the held-out votes.</summary>
    /// <param name="ReliabilitySlope">1 for log odds as sure as they may be, below for surer ones; null where there is none.</param>
    /// <param name="CalibrationError">The expected calibration error in ten bins.</param>
    /// <param name="ModelAccuracyLead">By how much this model's accuracy is higher, person by person; null for itself.</param>
    /// <param name="ModelLogLossLead">By how much this model's log loss is lower, person by person; null for itself.</param>
    public sealed record MethodResult(
        string Method,
        Estimate Accuracy,
        Estimate LogLoss,
        Estimate? ReliabilitySlope,
        Estimate CalibrationError,
        Estimate? ModelAccuracyLead,
        Estimate? ModelLogLossLead);

    /// <summary>Training votes foreseen one after another while taste may drift.</summary>
    /// <param name="BestRate">Of the rates whose gain is above two standard errors, the one with the lowest log loss; 0 where there is none.</param>
    public sealed record DriftResult(int People, IReadOnlyList<DriftRate> Rates, double BestRate);

    /// <summary>One rate of drift.</summary>
    /// <param name="Rate">q: by how much of the differences between people a taste may change in a week.</param>
    /// <param name="LogLoss">Mean over people.</param>
    /// <param name="GainOverNone">By how much lower it is than without drift, person by person.</param>
    public sealed record DriftRate(double Rate, Estimate LogLoss, Estimate GainOverNone);
}
