using System.Text.Json;
using Personalization.Lab.Evaluation;

namespace Personalization.Lab.Tests.Evaluation;

public sealed class ReportTests
{
    [Fact]
    public void Report_depends_on_the_seed_only()
    {
        var voters = SyntheticVoters.Draw(people: 12, pictures: 30, votes: 50, features: 4, tieOdds: 0.3);
        using var files = new Files(voters.VotesCsv(timed: true), voters.PicturesCsv());
        var options = files.Options with { At = [5, 20] };

        var first = files.Report(options with { Seed = 5 }).ToJson();

        Assert.Equal(first, files.Report(options with { Seed = 5 }).ToJson());
        Assert.NotEqual(first, files.Report(options with { Seed = 6 }).ToJson());
    }

    [Fact]
    public void Report_file_contains_all_results()
    {
        var voters = SyntheticVoters.Draw(people: 12, pictures: 30, votes: 50, features: 4, tieOdds: 0.3);
        using var files = new Files(voters.VotesCsv(), voters.PicturesCsv());

        var report = files.Report(files.Options with { At = [20, 5, 20], Seed = 5, Report = files.ReportPath });

        var text = File.ReadAllText(files.ReportPath);
        Assert.Equal(report.ToJson(), text);
        var json = JsonDocument.Parse(text).RootElement;
        Assert.Equal(5, json.GetProperty("seed").GetInt32());
        Assert.NotEqual("", json.GetProperty("version").GetString());
        Assert.Equal(10, json.GetProperty("protocol").GetProperty("folds").GetInt32());
        var counts = json.GetProperty("counts");
        Assert.Equal(voters.Rows.Count, counts.GetProperty("trainingVotes").GetInt32() + counts.GetProperty("trainingSkips").GetInt32() + counts.GetProperty("testVotes").GetInt32() + counts.GetProperty("leftOut").GetInt32());
        Assert.Equal([5, 20], json.GetProperty("communities")[0].GetProperty("rounds").EnumerateArray().Select(round => round.GetProperty("votes").GetInt32()));
        Assert.True(json.GetProperty("communities")[0].GetProperty("rounds")[0].GetProperty("methods")[1].GetProperty("modelAccuracyLead").GetProperty("standardError").GetDouble() > 0);
    }

    [Fact]
    public void Report_leaves_out_numbers_of_votes_that_no_person_has()
    {
        var voters = SyntheticVoters.Draw(people: 6, pictures: 30, votes: 50, features: 4);
        using var files = new Files(voters.VotesCsv(), voters.PicturesCsv());

        var report = files.Report(files.Options with { At = [10, 200] });

        Assert.Equal([10], report.Communities[0].Rounds.Select(round => round.Votes));
        Assert.Contains("No person has 200 votes without those held out: there is no row for 200", files.Printed);
    }

    [Fact]
    public void Report_of_a_single_person_has_no_standard_errors()
    {
        var voters = SyntheticVoters.Draw(people: 1, pictures: 30, votes: 50, features: 4);
        using var files = new Files(voters.VotesCsv(), voters.PicturesCsv());

        var round = files.Report(files.Options with { At = [20] }).Communities[0].Rounds[0];

        Assert.Equal(1, round.People);
        Assert.Equal(0.5, round.Methods[1].Accuracy.Value);
        Assert.Null(round.Methods[0].Accuracy.StandardError);
        Assert.Contains("\"standardError\": null", File.Exists(files.ReportPath) ? "" : files.Report(files.Options with { At = [20] }).ToJson());
    }

    [Fact]
    public void Tables_have_a_row_for_each_number_of_votes_and_a_column_for_each_method()
    {
        var voters = SyntheticVoters.Draw(people: 12, pictures: 30, votes: 50, features: 4);
        using var files = new Files(voters.VotesCsv(), voters.PicturesCsv());

        files.Report(files.Options with { At = [5, 20] });

        var lines = files.Printed.ReplaceLineEndings("\n").Split('\n');
        var accuracy = Array.FindIndex(lines, line => line.StartsWith("Accuracy in %", StringComparison.Ordinal));
        Assert.Equal("votes  people         this model     community mean  personal logistic      Bradley-Terry       tag counting", lines[accuracy + 1]);
        Assert.Matches(@"^    5      12(\s+\d+\.\d ± \d+\.\d){5}$", lines[accuracy + 2]);
        Assert.Matches(@"^   20      12(\s+\d+\.\d ± \d+\.\d){5}$", lines[accuracy + 3]);
    }

    [Fact]
    public void Columns_stay_apart_however_wide_a_figure_is()
    {
        var lines = Printed(new(0.24, 0.56), new(-1234567.25, 9.5), new(1, 0.1));

        Assert.Matches(@"^    5      12 {2,}0\.24 ± 0\.56 {2,}-1234567\.25 ± 9\.50 {2,}1\.00 ± 0\.10$", lines.Row);
        Assert.Equal(lines.Header.Length, lines.Row.Length);
    }

    [Fact]
    public void Report_table_hides_a_reliability_slope_of_large_error()
    {
        var lines = Printed(new(0.24, 0.56), new(192158.54, 169755.12), new(25, 10));

        Assert.Matches(@"^    5      12 {2,}0\.24 ± 0\.56 {2,}- {2,}25\.00 ± 10\.00$", lines.Row);
    }

    private static (string Header, string Row) Printed(params Estimate[] slopes)
    {
        var methods = slopes.Select((slope, index) => new EvaluationReport.MethodResult($"method {index}", new(0.5, 0.1), new(0.6, 0.1), slope, new(0.1, 0.1), null, null));
        var report = new EvaluationReport("", 1, new("0.2", false, 1, 10, ""), new(12, 0, 10, 3, [], 100, 0, 20, 0, 0), [new(null, [], [new(5, 12, 20, [1], new(0, 0), new(0, 0), [.. methods])])], null);
        var output = new StringWriter();
        ReportTable.Write(report, output);

        var lines = output.ToString().ReplaceLineEndings("\n").Split('\n');
        var title = Array.FindIndex(lines, line => line.StartsWith("Reliability slope", StringComparison.Ordinal));
        return (lines[title + 1], lines[title + 2]);
    }

    [Fact]
    public async Task Evaluate_stops_on_cancellation()
    {
        var voters = SyntheticVoters.Draw(people: 12, pictures: 30, votes: 50, features: 4);
        using var files = new Files(voters.VotesCsv(), voters.PicturesCsv());
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        Assert.ThrowsAny<OperationCanceledException>(() => TasteEvaluation.Run(files.Options, TextWriter.Null, source.Token));
    }
}
