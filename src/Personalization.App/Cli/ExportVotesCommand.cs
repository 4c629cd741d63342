using System.CommandLine;

namespace Personalization.App.Cli;

/// <summary>The command line of <see cref="VotesExport"/>.</summary>
public sealed class ExportVotesCommand
{
    private const string Description =
        """
        Write all votes, and the features of the pictures they are about, to two CSV files for evaluate-taste.

        Reads the database that the bot's own settings name (appsettings.json and the environment) and changes nothing in
        it. People go by pseudonyms that differ from export to export; no Discord id, prompt or name is written, and of
        times only the day. Likes are not in the files. Ends with 0 when done, 1 when a file cannot be written and says
        which.
        """;

    private readonly Option<string> _votes = new("--votes")
    {
        HelpName = "votes.csv",
        Description = "Where to write who chose what.",
        DefaultValueFactory = _ => "votes.csv",
    };

    private readonly Option<string> _pictures = new("--pictures")
    {
        HelpName = "pictures.csv",
        Description = "Where to write what the pictures are.",
        DefaultValueFactory = _ => "pictures.csv",
    };

    private readonly Option<bool> _force = new("--force")
    {
        Description = "Write over files that are there already.",
    };

    private readonly Func<CancellationToken, Task<VotesExport>> _open;

    private ExportVotesCommand(Func<CancellationToken, Task<VotesExport>> open) => _open = open;

    /// <summary>The command <c>export-votes</c>.</summary>
    /// <param name="open">Opens the export once the command line is known to be right.</param>
    public static Command Create(Func<CancellationToken, Task<VotesExport>> open)
    {
        var line = new ExportVotesCommand(open);
        var command = new Command("export-votes", Description) { line._votes, line._pictures, line._force };
        CommandUsage.AddTo(command);
        command.SetAction(line.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var (votes, pictures) = (parsed.GetRequiredValue(_votes), parsed.GetRequiredValue(_pictures));
        if (votes.Length == 0 || pictures.Length == 0)
        {
            await error.WriteLineAsync("--votes and --pictures: a file name is empty. Name two files.");
            return 1;
        }

        if (Path.GetFullPath(votes) == Path.GetFullPath(pictures))
        {
            await error.WriteLineAsync($"--votes and --pictures are both {votes}. Name two files.");
            return 1;
        }

        if (!parsed.GetValue(_force) && new[] { votes, pictures }.FirstOrDefault(Path.Exists) is { } there)
        {
            await error.WriteLineAsync($"{there} is there already. Name another file, or add --force to write over it.");
            return 1;
        }

        try
        {
            var export = await _open(cancellationToken);
            var exported = await export.WriteAsync(votes, pictures, cancellationToken);
            await output.WriteLineAsync($"{exported.Rows} votes and skips of {exported.People} people: {votes}");
            await output.WriteLineAsync($"{exported.Pictures} pictures: {pictures}");
            if (exported.LeftOut > 0)
            {
                await output.WriteLineAsync($"{exported.LeftOut} votes and skips are left out: a picture is gone, or nothing was measured in it.");
            }

            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"The files cannot be written: {exception.Message} Check --votes, --pictures and the space left.");
            return 1;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped. The files are not complete.");
            return 1;
        }
    }
}
