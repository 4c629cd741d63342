using System.CommandLine;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Personalization.Storage;
using Personalization.Storage.Postgres;

namespace Personalization.App.Cli;

/// <summary><c>move-storage</c>: copies the database of an installation from SQLite to PostgreSQL. After it was stopped, the next run continues.</summary>
internal static class MoveStorageCommand
{
    /// <summary>The command <c>move-storage</c>.</summary>
    public static Command Create()
    {
        var from = new Option<string>("--from") { Description = "The SQLite database. Without it, personalization.db in DataDirectory." };
        var command = new Command("move-storage", "Copy the SQLite database of an installation into the empty PostgreSQL database that Storage:ConnectionString names, and compare both. The bot must not run; the SQLite database is only read. Run it again after it was stopped: it goes on. Ends with 0 when all is moved, otherwise with 1 and the reason.")
        {
            from,
        };
        SettingsArgument.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(from), parsed.Settings(), parsed.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? from, IReadOnlyList<string> settings, TextWriter output, CancellationToken cancellationToken)
    {
        await using var bot = BotHost.BuildForCommand(settings);
        var options = bot.Services.GetRequiredService<IOptions<StorageOptions>>().Value;
        if (!string.Equals(options.Provider, PostgresRegistration.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw new StorageException($"Storage:Provider is {options.Provider}; set it to {PostgresRegistration.Name}, and Storage:ConnectionString to the database to move to.");
        }

        var file = Path.GetFullPath(from ?? Path.Combine(options.DataDirectory, "personalization.db"));
        if (!File.Exists(file))
        {
            throw new StorageException($"There is no database {file}. Name it with --from, or set DataDirectory to where it is.");
        }

        using var hold = LockFile.Take($"{file}.lock", "Is the program running already on this database?");
        await using var source = StorageFile.Open(options.DataDirectory, file, SqliteOpenMode.ReadOnly);
        await StorageMove.RunAsync(source, bot.Services, table => output.WriteLineAsync($"{table.Name}: {table.Rows} rows, SHA-256 {table.Checksum}"), cancellationToken);
        await output.WriteLineAsync($"All is moved and compared. Start the bot with the same settings; {file} was only read, and can be kept as a backup.");
        return 0;
    }
}
