using System.CommandLine;
using Personalization.App.Web;

namespace Personalization.App.Cli;

/// <summary>The program's command line: without a command, the bot is meant.</summary>
internal static class CommandLine
{
    /// <summary>How long a command may take to stop after Ctrl+C or SIGTERM; a container's own limit is ten seconds.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(8);

    /// <summary>Runs the command that the arguments name.</summary>
    /// <param name="output">Takes the results.</param>
    /// <param name="error">Takes what is wrong, a line each.</param>
    /// <returns>The exit code, or null where there are only settings and the bot is meant.</returns>
    public static async Task<int?> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("A Discord bot that learns each person's taste in pictures. Without a command it runs the bot. The bot and every command take settings as --Section:Key=value, or as environment variables (Section__Key).")
        {
            CheckBackendsCommand.Create(),
            PaintCatalogueCommand.Create(),
            CheckHealthCommand.Create(),
            ExportVotesCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            MoveStorageCommand.Create(),
        };
        SettingsArgument.AddTo(root);
        root.SetAction(_ => 0);
        var parsed = root.Parse(args);
        return parsed.Action == root.Action ? null : await InvokeAsync(parsed, output, error);
    }

    /// <summary>Runs the command of a line that was read, and reports an expected failure in a line rather than a stack trace.</summary>
    /// <returns>The exit code; 1 where something is wrong.</returns>
    public static async Task<int> InvokeAsync(ParseResult parsed, TextWriter output, TextWriter error)
    {
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = StopTimeout,
            });
        }
        catch (OperationCanceledException exception) when (exception.InnerException is not TimeoutException)
        {
            await error.WriteLineAsync("Stopped.");
        }
        catch (Exception exception) when (StartFailure.LinesOf(exception) is { } lines)
        {
            await error.WriteLineAsync(string.Join(Environment.NewLine, lines));
        }

        return 1;
    }
}
