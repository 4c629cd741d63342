using System.Globalization;

namespace Personalization.Lab.Evaluation;

/// <summary>A report as text: one table for each measure, a row for each number of votes, a column for each method.</summary>
internal static class ReportTable
{
    // The minimum width of a column, including the space before it.
    private const int Width = 19;

    // A slope with a larger standard error is not shown.
    private const double MaxSlopeError = 10;

    public static void Write(EvaluationReport report, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"Held-out votes, mean over people ± standard error{(report.Protocol.Splits > 1 ? $", over people and {report.Protocol.Splits} splits" : "")}");
        foreach (var community in report.Communities)
        {
            output.WriteLine($"Latent factors of the pictures, in each fold{(community.People is { } people ? $", community of {people}" : "")}: {string.Join(", ", community.LatentFactors)}");
        }

        Section(report, output, "Accuracy in %: how often the more probable picture won (higher is better)", method => Cell(method.Accuracy, 100, "0.0"));
        Section(report, output, "Log loss in nats (lower is better; a coin has 0.693)", method => Cell(method.LogLoss, 1, "0.000"));
        Section(report, output, "Reliability slope (1 is calibrated; below 1 overconfident, above 1 underconfident; - if there are too few votes)", method => method.ReliabilitySlope is { StandardError: > MaxSlopeError } ? "-" : Cell(method.ReliabilitySlope, 1, "0.00"));
        Section(report, output, "Expected calibration error in %, ten bins (lower is better; never 0 with few votes)", method => Cell(method.CalibrationError, 100, "0.0"));
        Section(report, output, "This model's lead in accuracy, in percentage points, paired by person", method => method.ModelAccuracyLead is { } lead ? Cell(lead, 100, "+0.0;-0.0;0.0") : "");
        Gains(report, output);
        Changes(report, output);
    }

    private static void Section(EvaluationReport report, TextWriter output, string title, Func<EvaluationReport.MethodResult, string> cell) =>
        Section(report, output, title, [.. report.Communities[0].Rounds[0].Methods.Select(method => method.Method)], round => [.. round.Methods.Select(cell)]);

    private static void Gains(EvaluationReport report, TextWriter output) =>
        Section(
            report,
            output,
            "This model's gain over 0 votes, paired by person (below 0: the votes harm)",
            ["accuracy in %", "log loss in nats"],
            round => [Cell(round.AccuracyGain, 100, "+0.0;-0.0;0.0"), Cell(round.LogLossGain, 1, "+0.000;-0.000;0.000")]);

    /// <summary>A row for each number of votes; where sizes of the community were asked for, for each of those as well, in a last column.</summary>
    private static void Section(EvaluationReport report, TextWriter output, string title, string[] columns, Func<EvaluationReport.RoundResult, string[]> cells)
    {
        output.WriteLine();
        output.WriteLine(title);
        string[] last = report.Communities[0].People is null ? [] : ["community"];
        Rows(
            output,
            ["votes", "people", .. columns, .. last],
            [
                .. report.Communities.SelectMany(community => community.Rounds.Select(round => (string[])
                [
                    Number(round.Votes), Number(round.People), .. cells(round), .. last.Select(_ => Number(community.People!.Value)),
                ])),
            ]);
    }

    private static void Changes(EvaluationReport report, TextWriter output)
    {
        if (report.Changes is not { } changes)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine($"Changes of taste, in {changes.Changed} of {changes.People} people: each training vote predicted from those before it, log loss {Cell(changes.LogLoss, 1, "0.0000")}, gain over tastes that stay {Cell(changes.Gain, 1, "+0.0000;-0.0000;0.0000")}");
    }

    /// <summary>The first two columns are numbers of votes and people; of the others each is as wide as its widest cell and two spaces need.</summary>
    private static void Rows(TextWriter output, string[] header, string[][] rows)
    {
        string[][] all = [header, .. rows];
        var widths = Enumerable.Range(0, header.Length).Select(column => Math.Max(Width, all.Max(row => row[column].Length) + 2)).ToArray();
        foreach (var row in all)
        {
            output.WriteLine($"{row[0],5} {row[1],7}{string.Concat(row.Skip(2).Select((cell, index) => cell.PadLeft(widths[index + 2])))}".TrimEnd());
        }
    }

    private static string Cell(Estimate? estimate, double unit, string format)
    {
        if (estimate is null)
        {
            return "-";
        }

        var value = (unit * estimate.Value).ToString(format, CultureInfo.InvariantCulture);
        return estimate.StandardError is { } error
            ? $"{value} ± {(unit * error).ToString(format.Split(';')[0].TrimStart('+'), CultureInfo.InvariantCulture)}"
            : value;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
