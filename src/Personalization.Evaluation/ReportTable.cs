using System.Globalization;

namespace Personalization.Evaluation;

/// <summary>A report as text: one table for each measure, a row for each number of votes, a column for each method.</summary>
internal static class ReportTable
{
    private const int Width = 19;

    public static void Write(EvaluationReport report, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("Held-out votes, mean over people ± standard error");
        var factors = report.Protocol.LatentFactors;
        output.WriteLine($"Latent factors of the pictures, by part of the people: {string.Join(", ", factors)}");
        Section(report, output, "Accuracy in %: how often the likelier picture won (higher is better)", method => Cell(method.Accuracy, 100, "0.0"));
        Section(report, output, "Log loss in nats (lower is better; a coin has 0.693)", method => Cell(method.LogLoss, 1, "0.000"));
        Section(report, output, "Reliability slope (1 is right; below 1 too sure, above 1 not sure enough)", method => Cell(method.ReliabilitySlope, 1, "0.00"));
        Section(report, output, "Expected calibration error in %, ten bins (lower is better; never 0 with few votes)", method => Cell(method.CalibrationError, 100, "0.0"));
        Section(report, output, "This model's lead in accuracy, in percentage points, person by person", method => method.ModelAccuracyLead is { } lead ? Cell(lead, 100, "+0.0;-0.0;0.0") : "");
        Drift(report, output);
    }

    private static void Section(EvaluationReport report, TextWriter output, string title, Func<EvaluationReport.MethodResult, string> cell)
    {
        output.WriteLine();
        output.WriteLine(title);
        Row(output, "votes", "people", report.Rounds[0].Methods.Select(method => method.Method));
        foreach (var round in report.Rounds)
        {
            Row(output, Number(round.Votes), Number(round.People), round.Methods.Select(cell));
        }
    }

    private static void Drift(EvaluationReport report, TextWriter output)
    {
        if (report.Drift is not { } drift)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine($"Drift: each training vote of {drift.People} people foreseen from those before it, by rate q a week");
        Row(output, "q", "", ["log loss", "gain over q = 0"]);
        foreach (var rate in drift.Rates)
        {
            Row(output, rate.Rate.ToString(CultureInfo.InvariantCulture), "", [Cell(rate.LogLoss, 1, "0.0000"), Cell(rate.GainOverNone, 1, "+0.0000;-0.0000;0.0000")]);
        }

        output.WriteLine($"Best: q = {drift.BestRate.ToString(CultureInfo.InvariantCulture)} (the setting Ranking:DriftPerWeek)");
    }

    private static void Row(TextWriter output, string votes, string people, IEnumerable<string> cells) =>
        output.WriteLine($"{votes,5} {people,7}{string.Concat(cells.Select(cell => cell.PadLeft(Width)))}".TrimEnd());

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
