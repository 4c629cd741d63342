using System.CommandLine;
using Personalization.Pictures;
using Personalization.Storage;
using Personalization.Taste;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.App.Cli;

/// <summary><c>export-votes</c>: the command line of <see cref="VotesExport"/>.</summary>
internal sealed class ExportVotesCommand
{
    private const string Description =
        """
        Write all votes, and the features of the pictures they are about, to two CSV files for measuring the
        taste model.

        Reads the database that the settings name and changes nothing in it; the bot may run at the same time. People get
        pseudonyms that differ from export to export; no Discord id, prompt or name is written, and of times only the day.
        Likes are not in the files. Ends with 0 when done, otherwise with 1 and the reason.
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
        Description = "Replace files that exist already.",
    };

    private readonly Func<IReadOnlyList<string>, CancellationToken, Task<VotesExport>> _openAsync;

    private ExportVotesCommand(Func<IReadOnlyList<string>, CancellationToken, Task<VotesExport>> openAsync) => _openAsync = openAsync;

    /// <summary>The command <c>export-votes</c> on the bot's database.</summary>
    public static Command Create() => Create(OpenAsync);

    /// <summary>The command <c>export-votes</c>.</summary>
    /// <param name="openAsync">Opens the export by the settings, once the command line is known to be right.</param>
    public static Command Create(Func<IReadOnlyList<string>, CancellationToken, Task<VotesExport>> openAsync)
    {
        var line = new ExportVotesCommand(openAsync);
        var command = new Command("export-votes", Description) { line._votes, line._pictures, line._force };
        SettingsArgument.AddTo(command);
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
            await error.WriteLineAsync($"{there} exists already. Name another file, or add --force to replace it.");
            return 1;
        }

        var export = await _openAsync(parsed.Settings(), cancellationToken);
        try
        {
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

    // The bot may be running: its database is read as it is, without migrating it.
    private static async Task<VotesExport> OpenAsync(IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var services = BotHost.BuildForCommand(settings).Services;
        services.RequireStorage();
        await services.GetRequiredService<CommunityLearner>().ResumeAsync(cancellationToken);
        return new(services.GetRequiredService<IBallotStore>(), services.GetRequiredService<IPictureStore>(), services.GetRequiredService<CurrentCommunity>());
    }
}
