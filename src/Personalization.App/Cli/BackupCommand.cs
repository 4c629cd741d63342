using System.CommandLine;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Personalization.Storage;
using Personalization.Storage.Backup;
using Personalization.Storage.Postgres;
using Personalization.Storage.Sqlite;

namespace Personalization.App.Cli;

/// <summary><c>backup</c>: copies the database and the pictures of an installation into a folder. After it was stopped, the next run continues.</summary>
internal static class BackupCommand
{
    /// <summary>The command <c>backup</c>.</summary>
    public static Command Create()
    {
        var folder = new Option<string>("--to") { Description = "The folder, created if it is missing. Pictures that it has are not copied again.", Required = true };
        var keep = new Option<int>("--keep") { Description = "How many backups the folder keeps; older ones are deleted once this one is whole.", DefaultValueFactory = _ => 7 };
        keep.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--keep must be 1 or more.");
            }
        });
        var command = new Command("backup", "Copy the database, as it is at one moment, and the pictures into a folder. The bot may run at the same time. Run it again after it was stopped: it goes on. Ends with 0 when the backup is whole, otherwise with 1 and the reason.")
        {
            folder,
            keep,
        };
        SettingsArgument.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(keep), parsed.Settings(), parsed.InvocationConfiguration, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string folder, int keep, IReadOnlyList<string> settings, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        await using var bot = BotHost.BuildForCommand(settings);
        bot.Services.RequireStorage();
        var options = bot.Services.GetRequiredService<IOptions<StorageOptions>>().Value;
        var isServer = string.Equals(options.Provider, PostgresRegistration.Name, StringComparison.OrdinalIgnoreCase);
        var backup = new StorageBackup(options.DataDirectory, folder, bot.Services.GetRequiredService<TimeProvider>());
        var made = await backup.RunAsync(CopyAsync, Open, keep, cancellationToken);
        foreach (var missing in made.Missing)
        {
            await console.Error.WriteLineAsync($"{missing} is missing or damaged, or was deleted during the backup.");
        }

        await console.Output.WriteLineAsync($"{Path.GetFileNameWithoutExtension(made.Database.Name)}: {made.Database.Length + made.Pictures.Sum(picture => picture.Length):N0} bytes, {made.Pictures.Count} pictures{(made.Missing.Count == 0 ? "" : $", {made.Missing.Count} without a file")}.");
        return 0;

        async Task CopyAsync(string file, CancellationToken token)
        {
            if (!isServer)
            {
                await SqliteCopy.WriteAsync(options.ConnectionString, file, token);
                return;
            }

            await using var target = StorageFile.Open(options.DataDirectory, file, SqliteOpenMode.ReadWriteCreate);
            await StorageCopy.RunAsync(bot.Services, target, token);
        }

        PersonalizationContext Open(string file) => new(new DbContextOptionsBuilder<PersonalizationContext>()
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString())
            .Options);
    }
}
