namespace Personalization.Lab.Simulation;

/// <summary>A simulation as text.</summary>
internal static class SimulationTables
{
    public static void Write(SimulationReport report, TextWriter output)
    {
        output.WriteLine($"{report.Options.People} simulated people of each kind, seed {report.Options.Seed}. Means over people in %, ± one standard error.");
        foreach (var kind in report.WinRates.Select(rate => rate.Kind).Distinct())
        {
            var rates = report.WinRates.Where(rate => rate.Kind == kind).ToArray();
            output.WriteLine();
            output.WriteLine($"--p preferred to plain, and held-out pairs predicted correctly: {Name(kind, report.Options)}");
            output.WriteLine($"{"votes",6}{string.Concat(TasteSimulation.Strengths.Select(strength => $"{$"--s {strength}",13}"))}{"predicted",13}{"length",10}");
            foreach (var at in rates.GroupBy(rate => rate.Votes))
            {
                output.WriteLine(FormattableString.Invariant($"{at.Key,6}{string.Concat(at.Select(rate => $"{rate.Share.ToPercent(),13}"))}{at.First().Accuracy.ToPercent(),13}{at.First().Length.Value,10:0.00}"));
            }
        }

        output.WriteLine();
        output.WriteLine("Held-out pairs predicted correctly, and --p at --s 1000 preferred: the bot's pairs compared with random pairs");
        output.WriteLine($"{"votes",6}{"bot's pairs",15}{"random pairs",15}{"bot's: wins",15}{"random: wins",15}");
        foreach (var (active, random) in report.Active.Zip(report.Random))
        {
            output.WriteLine($"{active.Votes,6}{active.Accuracy.ToPercent(),15}{random.Accuracy.ToPercent(),15}{active.Win.ToPercent(),15}{random.Win.ToPercent(),15}");
        }

        WriteDial(report.Dial, output);
        if (report.Likes.Count > 0)
        {
            WriteLikes(report.Likes, output);
        }

        output.WriteLine($"The bot's pairs reach the accuracy of {report.Random[^1].Votes} random pairs after {Votes(report.ActiveVotes)} votes, and their win rate after {Votes(report.ActiveWinVotes)} votes.");
    }

    /// <summary>What people with a decided taste see of <c>--s</c>.</summary>
    public static void WriteDial(IReadOnlyList<DialRow> rows, TextWriter output)
    {
        foreach (var mode in rows.GroupBy(row => row.InWords))
        {
            output.WriteLine();
            output.WriteLine($"What people with a decided taste see of --s, {(mode.Key ? "painted from weighted words" : "painted from a style vector")}; % of pictures, and the shift from plain in CIELAB units");
            output.WriteLine($"{"they like",-26}{"100 told",10}{"100 liked",11}{"own found",11}{"250 told",10}{"1000 told",11}   {string.Concat(DialSimulation.Strengths.Skip(1).Select(strength => $"{$"--s {strength}",10}"))}");
            foreach (var row in mode.Append(DialRow.Mean("all", mode)))
            {
                output.WriteLine(FormattableString.Invariant($"{row.Kind,-26}{100 * row.Tells,10:0}{100 * row.Prefers,11:0}{100 * row.FindsOwn,11:0}{100 * row.TellsFrom100,10:0}{100 * row.TellsFrom500,11:0}   {string.Concat(row.Shifts.Skip(1).Select(shift => FormattableString.Invariant($"{shift,10:0.0}")))}"));
            }
        }

        output.WriteLine();
    }

    /// <summary>What likes teach, beside votes.</summary>
    public static void WriteLikes(IReadOnlyList<LikeRow> rows, TextWriter output)
    {
        output.WriteLine("Held-out pairs predicted correctly, in %, after as many votes or likes; and the sure traits after the likes that are true and not true of the person");
        output.WriteLine($"{"pages of",-20}{"they like",-28}{"number",8}{"before",8}{"votes",8}{"likes",8}{"share",8}{"true",7}{"untrue",8}");
        foreach (var row in rows)
        {
            output.WriteLine(FormattableString.Invariant($"{(row.WithMade ? "people's pictures" : "ranking pictures"),-20}{Name(row.Kind),-28}{row.Count,8}{100 * row.Before,8:0.0}{100 * row.Votes,8:0.0}{100 * row.Likes,8:0.0}{(row.Kind == LikingKind.Chance ? "-" : FormattableString.Invariant($"{100 * row.ShareOfGain:0}")),8}{row.Right,7:0.0}{row.Wrong,8:0.0}"));
        }

        output.WriteLine();
    }

    public static string Name(LikingKind kind) => kind switch
    {
        LikingKind.Axes => "by all axes of style",
        LikingKind.TwoAxes => "by two axes",
        LikingKind.Middle => "one point, often the middle",
        LikingKind.Subjects => "more by the subject",
        LikingKind.Pixels => "by pixels",
        _ => "at random",
    };

    private static string Name(TasteKind kind, SimulationOptions options) => kind switch
    {
        TasteKind.Axes => "taste on the axes of style",
        TasteKind.Pixels => "taste on pixels that the model does not use, painted pictures",
        TasteKind.Extracted => "taste on all that is extracted from painted pictures, which the model does not use",
        TasteKind.Middle => "taste for one point in the space of styles, often the middle",
        TasteKind.Lapsing => FormattableString.Invariant($"taste on the axes, {100 * options.Lapses:0} % of the answers the wrong way round"),
        TasteKind.Reversing => FormattableString.Invariant($"taste on the axes, the opposite after {TasteSimulation.Votes[^1] / 2} votes"),
        TasteKind.Turning => FormattableString.Invariant($"taste on the axes, another after {TasteSimulation.Votes[^1] / 2} votes"),
        TasteKind.Wandering => FormattableString.Invariant($"taste on the axes, which turns into another over {TasteSimulation.Votes[^1]} votes"),
        TasteKind.Tiring => FormattableString.Invariant($"taste on the axes, and votes at random after {TasteSimulation.TiredAfter}"),
        _ => "votes at random",
    };

    private static string Votes(double? votes) => votes is { } known ? FormattableString.Invariant($"{known:0}") : "more than the simulated";
}
