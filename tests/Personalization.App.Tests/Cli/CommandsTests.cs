using Personalization.App.Cli;

namespace Personalization.App.Tests.Cli;

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
    [InlineData("export-vote --votes v.csv", "export-vote")]
    [InlineData("--Ranking:UnlockAt=5 export", "export")]
    [InlineData("--check-backend", "--check-backend")]
    [InlineData("--check-backends --frob", "--frob")]
    [InlineData("--frob --Urls=http://localhost:0", "--frob")]
    public async Task What_may_be_a_command_that_was_meant_starts_no_bot(string line, string stray)
    {
        var (code, said, error) = await RunAsync(line.Split(' '));

        Assert.Equal((1, ""), (code, said));
        Assert.StartsWith($"\"{stray}\" is no command and no setting", error, StringComparison.Ordinal);
        Assert.Contains("export-votes, --check-backends, --paint-catalogue, --check-health", error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_tells_of_every_command_and_starts_no_bot(string line)
    {
        var (code, said, _) = await RunAsync(line);

        Assert.Equal(0, code);
        Assert.All(["export-votes", "--check-backends", "--paint-catalogue", "--check-health"], name => Assert.Contains(name, said));
    }

    [Fact]
    public async Task Two_commands_at_once_are_refused()
    {
        var (code, said, error) = await RunAsync("--paint-catalogue", "--check-backends");

        Assert.Equal((1, "", "One at a time: --check-backends or --paint-catalogue."), (code, said, error.TrimEnd()));
    }

    [Fact]
    public async Task Votes_of_a_running_bot_are_exported()
    {
        for (var person = 1ul; person <= 6; person++)
        {
            await _program.VoteAsync(new(person), 30);
        }

        var (exported, said, _) = await RunAsync("export-votes", "--votes", Votes, "--pictures", Pictures);
        Assert.Equal(0, exported);
        Assert.Contains("180 votes and skips of 6 people", said);
        Assert.Contains("512 pictures", said);
    }

    [Fact]
    public async Task An_export_without_a_vote_is_an_export()
    {
        Assert.Equal(0, (await RunAsync("export-votes", "--votes", Votes, "--pictures", Pictures)).Code);
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

    private static async Task<(int? Code, string Output, string Error)> RunAsync(params string[] line)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await Commands.RunAsync(line, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
