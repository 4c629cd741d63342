using Personalization.Ranking;

namespace Personalization.App.Tests;

/// <summary>The commands as an operator runs them, on the program's own settings.</summary>
public sealed class CommandsTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("personalization-commands-");
    private TasteProgram _program = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Votes => Path.Combine(_folder.FullName, "votes.csv");

    private string Pictures => Path.Combine(_folder.FullName, "pictures.csv");

    public async ValueTask InitializeAsync()
    {
        _program = await TasteProgram.CreateAsync();

        // Nothing else in this project reads its settings from the environment.
        Environment.SetEnvironmentVariable("DataDirectory", _program.Folder);
    }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable("DataDirectory", null);
        await _program.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--Urls http://localhost:0")]
    [InlineData("--Urls=http://localhost:0 Ranking:UnlockAt=5")]
    [InlineData("--environment Development --Ranking:UnlockAt=5")]
    public async Task Settings_alone_mean_the_bot(string line)
    {
        Assert.Null(await Commands.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), TextWriter.Null, TextWriter.Null));
    }

    [Theory]
    [InlineData("evaluate-tast --votes v.csv", "evaluate-tast")]
    [InlineData("--Ranking:UnlockAt=5 export", "export")]
    [InlineData("--check-backend", "--check-backend")]
    [InlineData("--check-backends --frob", "--frob")]
    [InlineData("--frob --Urls=http://localhost:0", "--frob")]
    public async Task What_may_be_a_command_that_was_meant_starts_no_bot(string line, string stray)
    {
        var (code, said, error) = await RunAsync(line.Split(' '));

        Assert.Equal((1, ""), (code, said));
        Assert.StartsWith($"\"{stray}\" is no command and no setting", error, StringComparison.Ordinal);
        Assert.Contains("evaluate-taste, export-votes, simulate-taste, --check-backends, --paint-catalogue, --check-health", error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_tells_of_every_command_and_starts_no_bot(string line)
    {
        var (code, said, _) = await RunAsync(line);

        Assert.Equal(0, code);
        Assert.All(["evaluate-taste", "export-votes", "simulate-taste", "--check-backends", "--paint-catalogue", "--check-health"], name => Assert.Contains(name, said));
    }

    [Fact]
    public async Task Two_commands_at_once_are_refused()
    {
        var (code, said, error) = await RunAsync("--paint-catalogue", "--check-backends");

        Assert.Equal((1, "", "One at a time: --check-backends or --paint-catalogue."), (code, said, error.TrimEnd()));
    }

    [Fact]
    public async Task Votes_of_a_running_bot_are_exported_and_judged()
    {
        for (var person = 1ul; person <= 6; person++)
        {
            await _program.VoteAsync(new(person), 30);
        }

        var (exported, said, _) = await RunAsync("export-votes", "--votes", Votes, "--pictures", Pictures);
        Assert.Equal(0, exported);
        Assert.Contains("180 votes and skips of 6 people", said);
        Assert.Contains("512 pictures", said);

        var (judged, tables, error) = await RunAsync("evaluate-taste", "--votes", Votes, "--pictures", Pictures, "--at", "10,20");
        Assert.Equal((0, ""), (judged, error));
        Assert.Contains("6 people, 512 pictures", tables);
        Assert.Contains("Judging after 20 votes", tables);
        Assert.Contains("Accuracy in %", tables);
        Assert.Contains("Drift: each training vote of 6 people", tables);
    }

    [Fact]
    public async Task An_export_without_a_vote_is_an_export_and_cannot_be_judged()
    {
        Assert.Equal(0, (await RunAsync("export-votes", "--votes", Votes, "--pictures", Pictures)).Code);

        var (code, _, error) = await RunAsync("evaluate-taste", "--votes", Votes, "--pictures", Pictures);

        Assert.Equal(1, code);
        Assert.Equal("votes.csv: there is no vote under the header.", error.TrimEnd());
    }

    [Fact]
    public async Task Where_there_is_no_database_it_is_said_and_none_is_made()
    {
        var nowhere = Path.Combine(_folder.FullName, "nowhere");
        Environment.SetEnvironmentVariable("DataDirectory", nowhere);

        var (code, _, error) = await RunAsync("export-votes", "--votes", Votes, "--pictures", Pictures);

        Assert.Equal(1, code);
        Assert.Contains($"There is no database {Path.Combine(nowhere, "personalization.db")}", error);
        Assert.False(Directory.Exists(nowhere));
        Assert.False(File.Exists(Votes));
    }

    [Fact]
    public async Task A_database_of_an_earlier_version_is_said_to_be_one()
    {
        await _program.ExecuteAsync("ALTER TABLE Pairs RENAME TO FormerPairs");

        var (code, _, error) = await RunAsync("export-votes", "--votes", Votes, "--pictures", Pictures);

        Assert.Equal(1, code);
        Assert.Contains("Start the bot of this version once", error);
    }

    [Fact]
    public async Task Pictures_of_a_folder_are_measured_and_a_damaged_one_is_named()
    {
        var images = _folder.CreateSubdirectory("images").FullName;
        var all = await _program.Get<Pictures.IPictureStore>().RankingPicturesAsync(Cancellation);
        string[] names = ["a.png", "b.PNG", "c.png", "d.png"];
        foreach (var (name, picture) in names.Zip(all))
        {
            await File.WriteAllBytesAsync(Path.Combine(images, name), await _program.Get<Catalogue>().ReadAsync(picture.Id, Cancellation), Cancellation);
        }

        var pairs = names.SelectMany(left => names.Where(right => right != left).Select(right => $"{left},{right},left"));
        await File.WriteAllLinesAsync(Votes, ["person,left,right,choice", .. new[] { "ann", "bob" }.SelectMany(person => pairs.Select(pair => $"{person},{pair}"))], Cancellation);
        string[] line = ["evaluate-taste", "--votes", Votes, "--images", images, "--at", "2"];

        var (code, said, error) = await RunAsync(line);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("2 people, 4 pictures with", said);

        await File.WriteAllTextAsync(Path.Combine(images, "e.jpg"), "<html>", Cancellation);
        (code, _, error) = await RunAsync(line);
        Assert.Equal(1, code);
        Assert.Equal($"--images {images}: e.jpg: The bytes are no picture: PNG, JPEG and WebP are read. Take it out of the folder.", error.TrimEnd());
    }

    [Fact]
    public async Task Simulated_people_are_told_in_tables_and_drawn()
    {
        var plots = Path.Combine(_folder.FullName, "plots", "new");

        var (code, said, error) = await RunAsync("simulate-taste", "--people", "10", "--out", plots);

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
    public async Task Simulate_taste_says_what_is_wrong_before_it_begins(string option, string value, string message)
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "", Cancellation);

        var (code, said, error) = await RunAsync("simulate-taste", option, value.Replace("FILE", file));

        Assert.Equal(1, code);
        Assert.Contains(message.Replace("FILE", file), error);
        Assert.DoesNotContain("simulated people of each kind", said);
    }

    private static async Task<(int? Code, string Output, string Error)> RunAsync(params string[] line)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await Commands.RunAsync(line, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
