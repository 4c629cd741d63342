using System.Text.Json;

namespace Personalization.Evaluation.Tests;

public sealed class ReportTests
{
    [Fact]
    public void Equal_seeds_give_equal_reports_and_other_seeds_others()
    {
        var world = World.Of(people: 12, pictures: 30, votes: 50, features: 4, tieOdds: 0.3);
        using var files = new Files(world.VotesCsv(timed: true), world.PicturesCsv());
        var options = files.Options with { At = [5, 20] };

        var first = files.Report(options with { Seed = 5 }).ToJson();

        Assert.Equal(first, files.Report(options with { Seed = 5 }).ToJson());
        Assert.NotEqual(first, files.Report(options with { Seed = 6 }).ToJson());
    }

    [Fact]
    public void The_report_file_holds_everything_that_was_measured()
    {
        var world = World.Of(people: 12, pictures: 30, votes: 50, features: 4, tieOdds: 0.3);
        using var files = new Files(world.VotesCsv(), world.PicturesCsv());

        var report = files.Report(files.Options with { At = [20, 5, 20], Seed = 5, Report = files.ReportPath });

        var text = File.ReadAllText(files.ReportPath);
        Assert.Equal(report.ToJson(), text);
        var json = JsonDocument.Parse(text).RootElement;
        Assert.Equal(5, json.GetProperty("seed").GetInt32());
        Assert.NotEqual("", json.GetProperty("version").GetString());
        Assert.Equal(10, json.GetProperty("protocol").GetProperty("folds").GetInt32());
        var counts = json.GetProperty("counts");
        Assert.Equal(world.Rows.Count, counts.GetProperty("trainingVotes").GetInt32() + counts.GetProperty("trainingSkips").GetInt32() + counts.GetProperty("testVotes").GetInt32() + counts.GetProperty("leftOut").GetInt32());
        Assert.Equal([5, 20], json.GetProperty("rounds").EnumerateArray().Select(round => round.GetProperty("votes").GetInt32()));
        Assert.True(json.GetProperty("rounds")[0].GetProperty("methods")[1].GetProperty("modelAccuracyLead").GetProperty("standardError").GetDouble() > 0);
    }

    [Fact]
    public void Numbers_of_votes_that_nobody_has_are_said_and_passed_over()
    {
        var world = World.Of(people: 6, pictures: 30, votes: 50, features: 4);
        using var files = new Files(world.VotesCsv(), world.PicturesCsv());

        var report = files.Report(files.Options with { At = [10, 200] });

        Assert.Equal([10], report.Rounds.Select(round => round.Votes));
        Assert.Contains("Nobody has 200 votes beside those held out: no row for them", files.Printed);
    }

    [Fact]
    public void Someone_alone_is_judged_from_nothing_and_without_errors()
    {
        var world = World.Of(people: 1, pictures: 30, votes: 50, features: 4);
        using var files = new Files(world.VotesCsv(), world.PicturesCsv());

        var round = files.Report(files.Options with { At = [20] }).Rounds[0];

        Assert.Equal(1, round.People);
        Assert.Equal(0.5, round.Methods[1].Accuracy.Value);
        Assert.Null(round.Methods[0].Accuracy.StandardError);
        Assert.Contains("\"standardError\": null", File.Exists(files.ReportPath) ? "" : files.Report(files.Options with { At = [20] }).ToJson());
    }

    [Fact]
    public void The_tables_have_a_row_for_each_number_of_votes_and_a_column_for_each_method()
    {
        var world = World.Of(people: 12, pictures: 30, votes: 50, features: 4);
        using var files = new Files(world.VotesCsv(), world.PicturesCsv());

        files.Report(files.Options with { At = [5, 20] });

        var lines = files.Printed.ReplaceLineEndings("\n").Split('\n');
        var accuracy = Array.FindIndex(lines, line => line.StartsWith("Accuracy in %", StringComparison.Ordinal));
        Assert.Equal("votes  people         this model     community mean  personal logistic      Bradley-Terry       tag counting", lines[accuracy + 1]);
        Assert.Matches(@"^    5      12(\s+\d+\.\d ± \d+\.\d){5}$", lines[accuracy + 2]);
        Assert.Matches(@"^   20      12(\s+\d+\.\d ± \d+\.\d){5}$", lines[accuracy + 3]);
    }

    [Fact]
    public async Task It_stops_when_asked_to()
    {
        var world = World.Of(people: 12, pictures: 30, votes: 50, features: 4);
        using var files = new Files(world.VotesCsv(), world.PicturesCsv());
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        Assert.ThrowsAny<OperationCanceledException>(() => TasteEvaluation.Run(files.Options, TextWriter.Null, source.Token));
    }
}
