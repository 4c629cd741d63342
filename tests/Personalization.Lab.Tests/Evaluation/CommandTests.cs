using System.CommandLine;
using Personalization.App.Cli;
using Personalization.Lab.Evaluation;

namespace Personalization.Lab.Tests.Evaluation;

/// <summary>The command lines, as an operator types them.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task Evaluate_prints_the_tables_writes_the_report_and_exits_with_0()
    {
        var voters = SyntheticVoters.Draw(people: 6, pictures: 20, votes: 30, features: 3);
        using var files = new Files(voters.VotesCsv(), voters.PicturesCsv());

        var (code, output, error) = await EvaluateAsync("--votes", files.Votes, "--pictures", files.Pictures, "--at", "5,10", "--test", "0.3", "--seed", "4", "--report", files.ReportPath);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("(--test 0.3, --seed 4)", output);
        Assert.Contains("Accuracy in %", output);
        Assert.Contains("\"seed\": 4", await File.ReadAllTextAsync(files.ReportPath, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Evaluate_reports_a_wrong_file_in_one_line_and_exits_with_1()
    {
        using var files = new Files("person,left,right,choice\nann,a,b,up\n", "picture,bright\na,1\nb,2\n");

        var (code, output, error) = await EvaluateAsync("--votes", files.Votes, "--pictures", files.Pictures);

        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.Equal("votes.csv, line 2: the choice \"up\" is unknown. Write left, right or skip.", error.TrimEnd());
    }

    [Theory]
    [InlineData("--pictures p.csv", "Give either --votes FILE, a CSV file of choices between two pictures, or --ratings FILE, one of ratings of single pictures.")]
    [InlineData("--votes v.csv --ratings r.csv --pictures p.csv", "Give either --votes FILE")]
    [InlineData("--votes v.csv", "Give either --pictures FILE, a CSV file of features, or --images FOLDER, a folder of pictures.")]
    [InlineData("--votes v.csv --pictures p.csv --at 10,many", "--at 10,many: \"many\" is not a whole number. Write it as 0,10,20,50,100,200.")]
    [InlineData("--votes v.csv --pictures p.csv --at -1", "--at -1: \"-1\" is not a whole number.")]
    [InlineData("--votes v.csv --pictures p.csv --community 5,", "--community 5,: \"\" is not a whole number. Write it as 5,20,100.")]
    [InlineData("--votes v.csv --pictures p.csv --splits 0", "--splits 0: give a whole number of at least 1.")]
    [InlineData("--votes v.csv --pictures p.csv --test 1.5", "--test 1.5: give a share between 0 and 1 such as 0.2, or a whole number of votes such as 40.")]
    [InlineData("--votes v.csv --pictures p.csv --seed x", "--seed x: give a whole number from -2147483648 to 2147483647.")]
    [InlineData("--votes v.csv --pictures p.csv --seed 2147483648", "--seed 2147483648: give a whole number from -2147483648 to 2147483647.")]
    [InlineData("--votes v.csv --pictures p.csv --sed 3", "\"--sed\" is neither an option of evaluate nor a setting (--Section:Key=value).")]
    [InlineData("foo", "\"foo\" is neither an option of evaluate nor a setting (--Section:Key=value).")]
    public async Task Evaluate_reports_a_wrong_argument(string line, string message)
    {
        var (code, _, error) = await EvaluateAsync(line.Split(' '));

        Assert.NotEqual(0, code);
        Assert.Contains(message, error);
    }

    [Theory]
    [InlineData("--votes v.csv --pictures p.csv --at 10,many")]
    [InlineData("--votes v.csv --pictures p.csv --seed 2147483648")]
    [InlineData("--votes v.csv --pictures p.csv --seed")]
    [InlineData("--votes v.csv --pictures p.csv --sed 3")]
    [InlineData("foo")]
    public async Task Evaluate_reports_a_wrong_argument_without_the_help(string line)
    {
        var (code, output, error) = await EvaluateAsync(line.Split(' '));

        Assert.Equal((1, ""), (code, output));
        Assert.EndsWith("See evaluate --help.", error.TrimEnd());
    }

    [Fact]
    public async Task Help_is_shown_with_any_other_arguments()
    {
        var (code, output, error) = await EvaluateAsync("--seed", "many", "foo", "--help");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Measure how well", output);
        Assert.Contains("evaluate [options]", output);
    }

    [Fact]
    public async Task Export_votes_reports_a_wrong_argument_without_the_help()
    {
        var (code, output, error) = await InvokeAsync(ExportVotesCommand.Create((_, _) => throw new NotSupportedException()), "v.csv");

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("\"v.csv\" is neither an option of export-votes nor a setting (--Section:Key=value).", error);
        Assert.EndsWith("See export-votes --help.", error.TrimEnd());
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("evaluate --help")]
    public async Task Help_says_what_to_give_what_to_read_and_what_is_left_as_it_is(string line)
    {
        var (code, output, _) = await EvaluateAsync(line.Split(' '));

        Assert.Equal(0, code);
        Assert.Contains("nothing of it is changed", output);
        Assert.Contains("[default: 10,20,50,100,200]", output);
        foreach (var option in new[] { "--votes <votes.csv>", "--ratings <ratings.csv>", "--pictures <pictures.csv>", "--images <FOLDER>", "--at <N,N,...>", "--test <SHARE|COUNT>", "--new-pictures", "--splits <N>", "--community <N,N,...>", "--seed <NUMBER>", "--report <out.json>", "--force" })
        {
            Assert.Contains(option, output);
        }
    }

    [Theory]
    [InlineData("evaluate", "Measure how well")]
    [InlineData("export-votes", "Write all votes")]
    public async Task Both_stand_beside_others_under_one_program(string name, string help)
    {
        var program = new RootCommand("The bot.") { EvaluateCommand.Create((_, _) => new([], [])), ExportVotesCommand.Create((_, _) => throw new NotSupportedException()) };

        var (code, output, _) = await InvokeAsync(program, name, "--help");

        Assert.Equal(0, code);
        Assert.Contains(help, output);
    }

    private static Task<(int Code, string Output, string Error)> EvaluateAsync(params string[] line) =>
        InvokeAsync(EvaluateCommand.Create((_, _) => new([], [])), line);

    internal static async Task<(int Code, string Output, string Error)> InvokeAsync(Command command, params string[] line)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await command.Parse(line).InvokeAsync(new() { Output = output, Error = error }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
