using Personalization.Lab.Evaluation;

namespace Personalization.Lab.Tests.Evaluation;

/// <summary>Where a report may be written: over nothing that was read, and over nothing else unasked.</summary>
public sealed class ReportPathTests : IDisposable
{
    private static readonly SyntheticVoters Voters = SyntheticVoters.Draw(people: 6, pictures: 12, votes: 30, features: 3);
    private readonly Files _files = new(Voters.VotesCsv(), Voters.PicturesCsv());

    private string Images => Path.Combine(_files.Folder, "images");

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("votes.csv", "--votes")]
    [InlineData("pictures.csv", "--pictures")]
    [InlineData("images/../votes.csv", "--votes")]
    [InlineData("link.csv", "--votes")]
    [InlineData("link-to-link.csv", "--votes")]
    [InlineData("linked-folder/pictures.csv", "--pictures")]
    public async Task Report_never_overwrites_an_input(string report, string option)
    {
        Directory.CreateDirectory(Images);
        File.CreateSymbolicLink(Path.Combine(_files.Folder, "link.csv"), "votes.csv");
        File.CreateSymbolicLink(Path.Combine(_files.Folder, "link-to-link.csv"), Path.Combine(_files.Folder, "link.csv"));
        Directory.CreateSymbolicLink(Path.Combine(_files.Folder, "linked-folder"), _files.Folder);
        var path = Path.Combine(_files.Folder, report);

        var (code, output, error) = await EvaluateAsync("--pictures", _files.Pictures, "--report", path, "--force");

        Assert.Equal((1, ""), (code, output));
        Assert.Equal($"--report {path}: this is the file of {option}. Name another file.", error.TrimEnd());
        AssertInputsAreThere();
    }

    [Fact]
    public async Task Report_never_overwrites_an_input_under_a_relative_path()
    {
        var path = Path.GetRelativePath(Environment.CurrentDirectory, _files.Votes);

        var (code, _, error) = await EvaluateAsync("--pictures", _files.Pictures, "--report", path, "--force");

        Assert.Equal(1, code);
        Assert.Contains("this is the file of --votes.", error);
        AssertInputsAreThere();
    }

    [Fact]
    public async Task Report_never_overwrites_an_input_under_a_hard_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ln makes the hard link.");
        using (var link = System.Diagnostics.Process.Start("ln", [_files.Votes, _files.ReportPath]))
        {
            await link.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var (code, _, error) = await EvaluateAsync("--pictures", _files.Pictures, "--at", "5", "--report", _files.ReportPath, "--force");

        Assert.Equal(1, code);
        Assert.Contains("the report cannot be written", error);
        AssertInputsAreThere();
    }

    [Theory]
    [InlineData("images/report.json")]
    [InlineData("images/deeper/report.json")]
    [InlineData("linked/report.json")]
    [InlineData("dangling.json")]
    public async Task Report_is_never_written_into_the_folder_of_pictures(string report)
    {
        Directory.CreateDirectory(Path.Combine(Images, "deeper"));
        Directory.CreateSymbolicLink(Path.Combine(_files.Folder, "linked"), Images);
        File.CreateSymbolicLink(Path.Combine(_files.Folder, "dangling.json"), Path.Combine(Images, "report.json"));
        var path = Path.Combine(_files.Folder, report);

        var (code, _, error) = await EvaluateAsync("--images", Images, "--report", path, "--force");

        Assert.Equal(1, code);
        Assert.Equal($"--report {path}: this is in the folder of --images. Name a file elsewhere.", error.TrimEnd());
        Assert.Empty(Directory.GetFiles(Images, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Report_may_go_into_a_folder_whose_name_begins_like_that_of_the_pictures()
    {
        Directory.CreateDirectory(Images);
        var path = Path.Combine(_files.Folder, "images.json");

        var (_, _, error) = await EvaluateAsync("--images", Images, "--report", path);

        Assert.DoesNotContain("--report", error);
    }

    [Fact]
    public async Task Report_that_exists_is_overwritten_only_with_force()
    {
        await File.WriteAllTextAsync(_files.ReportPath, "precious", TestContext.Current.CancellationToken);
        string[] line = ["--pictures", _files.Pictures, "--at", "5", "--report", _files.ReportPath];

        var (code, output, error) = await EvaluateAsync(line);
        Assert.Equal((1, ""), (code, output));
        Assert.Equal($"--report {_files.ReportPath} is there already. Name another file, or add --force to write over it.", error.TrimEnd());
        Assert.Equal("precious", await File.ReadAllTextAsync(_files.ReportPath, TestContext.Current.CancellationToken));

        Assert.Equal(0, (await EvaluateAsync([.. line, "--force"])).Code);
        Assert.StartsWith("{", await File.ReadAllTextAsync(_files.ReportPath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Report_path_that_is_a_circular_link_is_rejected()
    {
        var path = Path.Combine(_files.Folder, "loop.json");
        File.CreateSymbolicLink(path, path);

        var (code, _, error) = await EvaluateAsync("--pictures", _files.Pictures, "--report", path);

        Assert.Equal(1, code);
        Assert.StartsWith($"--report {path}: no file can be written there.", error);
    }

    private void AssertInputsAreThere()
    {
        Assert.Equal(Voters.VotesCsv(), File.ReadAllText(_files.Votes));
        Assert.Equal(Voters.PicturesCsv(), File.ReadAllText(_files.Pictures));
    }

    private Task<(int Code, string Output, string Error)> EvaluateAsync(params string[] line) =>
        CommandTests.InvokeAsync(EvaluateCommand.Create((_, _) => new([], [])), ["--votes", _files.Votes, .. line]);
}
