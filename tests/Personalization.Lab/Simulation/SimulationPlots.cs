using Personalization.Imagine;
using Personalization.Prompts;
using ScottPlot;

namespace Personalization.Lab.Simulation;

/// <summary>A simulation as pictures, PNG files in a folder.</summary>
internal static class SimulationPlots
{
    private const string Font = "DejaVu Sans";
    private const int Width = 820;
    private const int Height = 520;

    /// <summary>Draws win-rate.png, active.png, contradictory.png, dial.png and, where it was simulated, pixels.png.</summary>
    public static void Draw(SimulationReport report, string folder)
    {
        Fonts.AddFontFile(Font, Path.Combine(AppContext.BaseDirectory, "Fonts", "DejaVuSans.ttf"));
        var kinds = report.WinRates.Select(rate => rate.Kind).Distinct().ToArray();
        WinRates(report, TasteKind.Axes, "--p preferred to plain: taste on the style axes (simulated)", Path.Combine(folder, "win-rate.png"), Alignment.LowerRight);
        WinRates(report, TasteKind.Contradictory, "--p preferred to plain: votes at random (simulated)", Path.Combine(folder, "contradictory.png"), Alignment.UpperRight);
        if (kinds.Contains(TasteKind.Pixels))
        {
            WinRates(report, TasteKind.Pixels, "--p preferred to plain: taste on pixels (simulated)", Path.Combine(folder, "pixels.png"), Alignment.LowerRight);
        }

        Active(report, Path.Combine(folder, "active.png"));
        Dial(Path.Combine(folder, "dial.png"));
    }

    private static void WinRates(SimulationReport report, TasteKind kind, string title, string path, Alignment legend)
    {
        var plot = Plain(title, "votes", "% of pictures preferred");
        foreach (var line in report.WinRates.Where(rate => rate.Kind == kind && rate.Stylize is 50 or 100 or 250 or 1000).GroupBy(rate => rate.Stylize))
        {
            Curve(plot, $"--s {line.Key}", [.. line.Select(rate => (double)rate.Votes)], [.. line.Select(rate => rate.Share)]);
        }

        Half(plot);
        plot.Axes.SetLimitsY(40, 101);
        Save(plot, path, legend);
    }

    private static void Active(SimulationReport report, string path)
    {
        var plot = Plain("Accuracy on held-out pairs (simulated)", "votes", "% predicted correctly");
        Curve(plot, "pairs as the bot chooses them", [.. report.Active.Select(at => (double)at.Votes)], [.. report.Active.Select(at => at.Accuracy)]);
        Curve(plot, "random pairs", [.. report.Random.Select(at => (double)at.Votes)], [.. report.Random.Select(at => at.Accuracy)]);
        Save(plot, path, Alignment.LowerRight);
    }

    private static void Dial(string path)
    {
        var plot = Plain("The strength of --s", "--s", "share of a taste's full effect");
        int[] strengths = [0, Stylize.Default, 250, 500, 750, Stylize.MaxValue];
        double[] reaches = [.. strengths.Select(strength => StyleDial.Reach(Stylize.TryCreate(strength, out var stylize) ? stylize : default))];
        var line = plot.Add.Scatter(strengths, reaches);
        (line.MarkerSize, line.LineWidth) = (8, 2);
        foreach (var (strength, reach) in strengths.Zip(reaches).Skip(1))
        {
            // The last label is left of its point, where there is room.
            var isLast = strength == Stylize.MaxValue;
            var text = plot.Add.Text(FormattableString.Invariant($"--s {strength}: {reach:0.00}"), strength, reach - (isLast ? 0.1 : 0.03));
            (text.LabelFontName, text.LabelFontSize, text.LabelFontColor, text.LabelAlignment) =
                (Font, 14, Colors.Black, isLast ? Alignment.UpperRight : Alignment.UpperLeft);
        }

        plot.Axes.SetLimits(0, 1050, 0, 1.08);
        Save(plot, path, legend: null);
    }

    private static Plot Plain(string title, string x, string y)
    {
        var plot = new Plot();
        plot.Title(title, size: 18);
        plot.XLabel(x, size: 15);
        plot.YLabel(y, size: 15);
        plot.Grid.MajorLineColor = Colors.Black.WithOpacity(0.08);
        return plot;
    }

    private static void Curve(Plot plot, string name, double[] votes, Estimate[] shares)
    {
        var means = shares.Select(share => 100 * share.Value).ToArray();
        var line = plot.Add.Scatter(votes, means);
        (line.LegendText, line.LineWidth, line.MarkerSize) = (name, 2, 6);
        var errors = plot.Add.ErrorBar(votes, means, [.. shares.Select(share => 100 * (share.StandardError ?? 0))]);
        (errors.Color, errors.CapSize) = (line.Color, 4);
    }

    private static void Half(Plot plot)
    {
        var half = plot.Add.HorizontalLine(50);
        (half.LinePattern, half.LineWidth, half.Color) = (LinePattern.Dashed, 1, Colors.Grey);
    }

    private static void Save(Plot plot, string path, Alignment? legend)
    {
        if (legend is { } alignment)
        {
            plot.ShowLegend(alignment);
        }

        plot.Font.Set(Font);
        plot.SavePng(path, Width, Height);
    }
}
