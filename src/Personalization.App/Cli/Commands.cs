using System.CommandLine;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Personalization.Pictures;
using Personalization.Storage;
using Personalization.Taste;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.App.Cli;

/// <summary>What the program does instead of running the bot.</summary>
internal static class Commands
{
    private static readonly string[] AsksForHelp = ["--help", "-h", "-?", "/?", "/h", "--version"];

    /// <summary>What settings can be given beside.</summary>
    private static readonly (string Name, string Description, Func<string[], TextWriter, TextWriter, Task<int>> RunAsync)[] Checks =
    [
        ("--check-backends", "Paint a few small pictures with every version's image server, and tell what each can really do.", BackendProbe.RunAsync),
        ("--paint-catalogue", "Paint the pictures people rank with the image server of the default version.", CataloguePainting.RunAsync),
        ("--check-health", "Ask a running bot whether it lives.", (args, _, _) => HealthProbe.RunAsync(args)),
    ];

    /// <summary>Runs the command that the arguments name.</summary>
    /// <param name="output">Takes what a command tells.</param>
    /// <param name="error">Takes what is wrong.</param>
    /// <returns>The exit code, or null where they name none and the bot is meant.</returns>
    public static async Task<int?> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("A Discord bot that learns each person's taste in pictures. Without a command it runs the bot. Settings are given as --Section:Key=value, or as environment variables (Section__Key).")
        {
            ExportVotesCommand.Create(OpenExportAsync),
        };
        foreach (var (name, description, _) in Checks)
        {
            root.Add(new Option<bool>(name) { Description = description });
        }

        if (args.Length > 0 && (AsksForHelp.Contains(args[0]) || root.Subcommands.Any(command => command.Name == args[0])))
        {
            return await Parts.RunAsync(
                () => root.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false }),
                error);
        }

        var named = Checks.Where(check => args.Contains(check.Name)).ToArray();
        string[] settings = [.. args.Where(argument => Checks.All(check => check.Name != argument))];
        if (named.Length > 1)
        {
            await error.WriteLineAsync($"One at a time: {string.Join(" or ", named.Select(check => check.Name))}.");
            return 1;
        }

        if (Stray(settings) is { } stray)
        {
            // It could be a command that was meant: a bot must not start instead.
            var commands = root.Subcommands.Select(command => command.Name).Concat(Checks.Select(check => check.Name));
            await error.WriteLineAsync($"\"{stray}\" is no command and no setting (--Section:Key=value). The commands are {string.Join(", ", commands)}; --help tells what they do.");
            return 1;
        }

        return named is [var only] ? await only.RunAsync(settings, output, error) : null;
    }

    /// <summary>The first argument that is no setting with its value.</summary>
    private static string? Stray(string[] settings)
    {
        for (var i = 0; i < settings.Length; i++)
        {
            if (settings[i].IndexOf('=') > 0)
            {
                continue;
            }

            // Or its value is the next argument.
            if (!(settings[i].StartsWith("--", StringComparison.Ordinal) || settings[i].StartsWith('/')) || i + 1 == settings.Length || settings[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                return settings[i];
            }

            i++;
        }

        return null;
    }

    // The bot may be running: its database is read beside it, as it is.
    private static async Task<VotesExport> OpenExportAsync(CancellationToken cancellationToken)
    {
        var parts = Parts.Build([]);
        var database = new SqliteConnectionStringBuilder(parts.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString).DataSource;
        if (!File.Exists(database))
        {
            throw new InvalidDataException($"There is no database {Path.GetFullPath(database)}. Start the bot once, or set DataDirectory to where it keeps its data.");
        }

        await parts.GetRequiredService<CommunityLearner>().ResumeAsync(cancellationToken);
        return new(parts.GetRequiredService<IBallotStore>(), parts.GetRequiredService<IPictureStore>(), parts.GetRequiredService<CurrentCommunity>());
    }
}
