using Personalization.App.Cli;

namespace Personalization.App.Tests.Cli;

/// <summary>The command line as an operator types it.</summary>
public sealed class CommandLineTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private TasteProgram _program = null!;

    private string Votes => Path.Combine(_folder.FullName, "votes.csv");

    private string Pictures => Path.Combine(_folder.FullName, "pictures.csv");

    public async ValueTask InitializeAsync() => _program = await TasteProgram.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("--Urls http://localhost:0")]
    [InlineData("--Urls=http://localhost:0 Ranking:UnlockAt=5")]
    [InlineData("--environment Development --Ranking:UnlockAt=5")]
    public async Task Settings_alone_mean_the_bot(string line)
    {
        Assert.Null(await CommandLine.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), TextWriter.Null, TextWriter.Null));
    }

    [Theory]
    [InlineData("export-vote --votes v.csv", "export-vote", " Did you mean export-votes?")]
    [InlineData("--Ranking:UnlockAt=5 export", "export", "")]
    [InlineData("--check-backend", "--check-backend", " Did you mean check-backends?")]
    [InlineData("--frob --Urls=http://localhost:0", "--frob", "")]
    [InlineData("--frob=3", "--frob", "")]
    [InlineData("-f=3", "-f", "")]
    [InlineData("--Discord__Token=secret", "--Discord__Token", " Write --Discord:Token, with : between section and key.")]
    [InlineData("--Ranking:UnlockAt", "--Ranking:UnlockAt", "")]
    public async Task Word_that_may_be_a_misspelt_command_starts_no_bot(string line, string word, string meant)
    {
        var (code, said, error) = await RunAsync(line.Split(' '));

        Assert.Equal((1, ""), (code, said));
        Assert.StartsWith($"\"{word}\" is neither a command nor a setting (--Section:Key=value).{meant} The commands are", error, StringComparison.Ordinal);
        Assert.Contains("check-backends, paint-catalogue, check-health, export-votes, backup, restore, move-storage", error);
        Assert.DoesNotContain("secret", error);
    }

    [Theory]
    [InlineData("check-backends --frob", "check-backends")]
    [InlineData("check-health --frob=3", "check-health")]
    [InlineData("check-health --frob=secret", "check-health")]
    [InlineData("paint-catalogue check-backends", "paint-catalogue")]
    public async Task Word_that_a_command_does_not_take_is_named(string line, string command)
    {
        var (code, said, error) = await RunAsync(line.Split(' '));

        Assert.Equal((1, ""), (code, said));
        Assert.StartsWith($"\"{line.Split(' ')[1].Split('=')[0]}\" is neither an option of {command} nor a setting (--Section:Key=value).", error, StringComparison.Ordinal);
        Assert.EndsWith($"See {command} --help.", error.TrimEnd(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--check-backends")]
    [InlineData("--Ranking:UnlockAt=5 --paint-catalogue Ranking:MadePictures=5")]
    public async Task Former_option_is_answered_with_its_command(string line)
    {
        var (code, said, error) = await RunAsync(line.Split(' '));

        var option = line.Split(' ').First(word => !word.Contains(':'));
        Assert.Equal((1, ""), (code, said));
        Assert.StartsWith($"\"{option}\" is a command now: write {option[2..]}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_lists_every_command_and_starts_no_bot(string line)
    {
        var (code, said, _) = await RunAsync(line);

        Assert.Equal(0, code);
        Assert.All(["export-votes", "check-backends", "paint-catalogue", "check-health", "backup", "restore", "move-storage"], name => Assert.Contains(name, said));
    }

    [Fact]
    public async Task Version_starts_no_bot()
    {
        var (code, said, _) = await RunAsync("--version");

        Assert.Equal(0, code);
        Assert.NotEmpty(said.Trim());
    }

    [Fact]
    public async Task Health_check_of_no_bot_ends_with_1()
    {
        var (code, said, error) = await RunAsync("check-health", "--Urls=http://127.0.0.1:1;http://127.0.0.1:2");

        Assert.Equal((1, ""), (code, said));
        Assert.StartsWith("http://127.0.0.1:1: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_writes_the_votes_of_a_running_bot()
    {
        for (var person = 1ul; person <= 6; person++)
        {
            await _program.VoteAsync(new(person), 30);
        }

        var (exported, said, _) = await ExportAsync(_program.Folder);
        Assert.Equal(0, exported);
        Assert.Contains("180 votes and skips of 6 people", said);
        Assert.Contains("768 pictures", said);
    }

    [Fact]
    public async Task Export_of_no_votes_succeeds()
    {
        Assert.Equal(0, (await ExportAsync(_program.Folder)).Code);
    }

    [Fact]
    public async Task Export_without_a_database_says_so_and_creates_none()
    {
        var nowhere = Path.Combine(_folder.FullName, "nowhere");

        var (code, _, error) = await ExportAsync(nowhere);

        Assert.Equal(1, code);
        Assert.Contains($"There is no database {Path.Combine(nowhere, "personalization.db")}", error);
        Assert.False(Directory.Exists(nowhere));
        Assert.False(File.Exists(Votes));
    }

    [Fact]
    public async Task Export_names_a_database_of_an_earlier_version()
    {
        await _program.ExecuteAsync("ALTER TABLE Pairs RENAME TO FormerPairs");

        var (code, _, error) = await ExportAsync(_program.Folder);

        Assert.Equal(1, code);
        Assert.Contains("Start the bot of this version once", error);
    }

    [Fact]
    public async Task Move_names_the_setting_or_the_file_that_is_missing()
    {
        var (code, _, error) = await RunAsync("move-storage");
        Assert.Equal(1, code);
        Assert.StartsWith("Storage:Provider is Sqlite; set it to Postgres", error, StringComparison.Ordinal);

        (code, _, error) = await RunAsync("move-storage", "--from", "/nowhere/my.db", "--Storage:Provider=Postgres", "--Storage:ConnectionString=Host=db;Database=x");
        Assert.Equal(1, code);
        Assert.StartsWith("There is no database /nowhere/my.db.", error, StringComparison.Ordinal);
    }

    private Task<(int? Code, string Output, string Error)> ExportAsync(string dataDirectory) =>
        RunAsync($"--DataDirectory={dataDirectory}", "export-votes", "--votes", Votes, "--pictures", Pictures);

    private static async Task<(int? Code, string Output, string Error)> RunAsync(params string[] line)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.RunAsync(line, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
