using Microsoft.Extensions.DependencyInjection;
using Personalization.App;
using Personalization.Catalogue;
using Personalization.Pictures;
using Personalization.Ranking;
using Personalization.Storage;
using Personalization.Votes;

namespace Personalization.Lab.Tests;

/// <summary>The lab as it is run: its commands on the bot's own settings and database.</summary>
public sealed class LabTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private IAsyncDisposable _bot = null!;
    private IServiceProvider _services = null!;

    private string Votes => Path.Combine(_folder.FullName, "votes.csv");

    private string Pictures => Path.Combine(_folder.FullName, "pictures.csv");

    private string DataDirectory => $"--DataDirectory={Path.Combine(_folder.FullName, "data")}";

    public async ValueTask InitializeAsync()
    {
        var bot = BotHost.BuildForCommand([DataDirectory, "--Compute:Nice=0", "--Vision:Encoder=false"]);
        (_bot, _services) = (bot, bot.Services);
        await _services.MigrateStorageAsync(Cancellation);
        await Get<CatalogueSeeder>().SeedAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _bot.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Evaluate_reads_exported_votes_of_a_running_bot()
    {
        for (var person = 1ul; person <= 6; person++)
        {
            await VoteAsync(new(person), 30);
        }

        var (exported, error1) = await ExportAsync();
        Assert.Equal((0, ""), (exported, error1));

        var (judged, tables, error) = await RunAsync("evaluate", "--votes", Votes, "--pictures", Pictures, "--at", "10,20");
        Assert.Equal((0, ""), (judged, error));
        Assert.Contains("6 people, 768 pictures", tables);
        Assert.Contains("Judging after 20 votes", tables);
        Assert.Contains("Accuracy in %", tables);
        Assert.Contains("Changes of taste, in 0 of 6 people", tables);
    }

    [Fact]
    public async Task Evaluate_rejects_an_export_without_a_vote()
    {
        Assert.Equal((0, ""), await ExportAsync());

        var (code, _, error) = await RunAsync("evaluate", "--votes", Votes, "--pictures", Pictures);

        Assert.Equal(1, code);
        Assert.Equal("votes.csv: there is no vote under the header.", error.TrimEnd());
    }

    [Fact]
    public async Task Evaluate_measures_pictures_of_a_folder_and_names_a_damaged_one()
    {
        var images = _folder.CreateSubdirectory("images").FullName;
        var all = await Get<IPictureStore>().RankingPicturesAsync(Cancellation);
        string[] names = ["a.png", "b.PNG", "c.png", "d.png"];
        foreach (var (name, picture) in names.Zip(all))
        {
            await File.WriteAllBytesAsync(Path.Combine(images, name), await Get<PictureReader>().ReadAsync(picture.Id, Cancellation), Cancellation);
        }

        var pairs = names.SelectMany(left => names.Where(right => right != left).Select(right => $"{left},{right},left"));
        await File.WriteAllLinesAsync(Votes, ["person,left,right,choice", .. new[] { "ann", "bob" }.SelectMany(person => pairs.Select(pair => $"{person},{pair}"))], Cancellation);
        string[] line = ["evaluate", "--votes", Votes, "--images", images, "--at", "2"];

        var (code, said, error) = await RunAsync(line);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("2 people, 4 pictures with", said);

        await File.WriteAllTextAsync(Path.Combine(images, "e.jpg"), "<html>", Cancellation);
        (code, _, error) = await RunAsync(line);
        Assert.Equal(1, code);
        Assert.Equal($"--images {images}: e.jpg: The bytes are no picture: PNG, JPEG and WebP are read. Take it out of the folder.", error.TrimEnd());
    }

    [Fact]
    public async Task Simulate_prints_tables_and_draws_plots()
    {
        var plots = Path.Combine(_folder.FullName, "plots", "new");

        var (code, said, error) = await RunAsync("simulate", "--people", "10", "--out", plots);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("10 simulated people of each kind, seed 1", said);
        Assert.Equal(["active.png", "contradictory.png", "dial.png", "report.json", "win-rate.png"], Directory.GetFiles(plots).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("--people", "9", "--people is 9; it takes 10 to 10,000")]
    [InlineData("--people", "many", "--people is many; it takes 10 to 10,000")]
    [InlineData("--people", "99999999999", "--people is 99999999999; it takes 10 to 10,000")]
    [InlineData("--out", "", "is no folder")]
    [InlineData("--out", "FILE", "is no folder")]
    [InlineData("--out", "FILE/plots", "FILE")]
    public async Task Simulate_reports_a_wrong_value_before_it_starts(string option, string value, string message)
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "", Cancellation);

        var (code, said, error) = await RunAsync("simulate", option, value.Replace("FILE", file));

        Assert.Equal(1, code);
        Assert.Contains(message.Replace("FILE", file), error);
        Assert.DoesNotContain("simulated people of each kind", said);
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Answers pairs, always with the picture that has more of the first axis.</summary>
    private async Task VoteAsync(PersonId person, int count)
    {
        var (box, voter) = (Get<BallotBox>(), new Voter(person, ProfileId.FirstOf(person)));
        var ballot = await box.OpenAsync(voter, Cancellation);
        for (var i = 0; i < count; i++)
        {
            var choice = ballot.Left.Style![0] > ballot.Right.Style![0] ? Choice.Left : Choice.Right;
            ballot = Assert.IsType<BallotResult.Counted>(await box.AnswerAsync(voter, ballot.Pair.Id, choice, Cancellation)).Next;
        }
    }

    private async Task<(int? Code, string Error)> ExportAsync()
    {
        var error = new StringWriter();
        var code = await App.Cli.CommandLine.RunAsync(["export-votes", "--votes", Votes, "--pictures", Pictures, DataDirectory], TextWriter.Null, error);
        return (code, error.ToString());
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] line)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await Program.RunAsync([.. line, DataDirectory, "--Compute:Nice=0", "--Vision:Encoder=false"], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
