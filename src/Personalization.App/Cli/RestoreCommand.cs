using System.CommandLine;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Personalization.Storage;
using Personalization.Storage.Backup;
using Personalization.Storage.Postgres;

namespace Personalization.App.Cli;

/// <summary><c>restore</c>: copies a backup into an empty place. After it was stopped, the next run continues.</summary>
internal static class RestoreCommand
{
    /// <summary>The command <c>restore</c>.</summary>
    public static Command Create()
    {
        var folder = new Option<string>("--from") { Description = "The folder that backup wrote.", Required = true };
        var at = new Option<string>("--at") { Description = "The backup to restore, as backup named it. Without it, the newest." };
        var skip = new Option<bool>("--skip-damaged") { Description = "Restore without pictures that are missing or damaged in the backup." };
        var command = new Command("restore", "Copy a backup into an empty data directory, and into the empty database that Storage:ConnectionString names if Storage:Provider is Postgres. Every checksum is verified. Run it again after it was stopped: it goes on. Ends with 0 when a bot may start, otherwise with 1 and the reason.")
        {
            folder,
            at,
            skip,
        };
        SettingsArgument.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(folder), parsed.GetValue(at), parsed.GetValue(skip), parsed.Settings(), parsed.InvocationConfiguration, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string? at, bool skipDamaged, IReadOnlyList<string> settings, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        await using var bot = BotHost.BuildForCommand(settings);
        var options = bot.Services.GetRequiredService<IOptions<StorageOptions>>().Value;
        var isServer = string.Equals(options.Provider, PostgresRegistration.Name, StringComparison.OrdinalIgnoreCase);
        var database = isServer ? null : Path.GetFullPath(new SqliteConnectionStringBuilder(options.ConnectionString).DataSource);
        PrivateFiles.CreateFolder(options.DataDirectory);
        using var hold = LockFile.Take($"{database ?? Path.Combine(options.DataDirectory, "restore")}.lock", "Is the program running already here?");
        var restore = await StorageRestore.BeginAsync(folder, at, options.DataDirectory, database, cancellationToken);
        var damaged = await restore.CopyAsync(cancellationToken);
        foreach (var picture in damaged)
        {
            await console.Error.WriteLineAsync($"{picture} is missing or damaged in the backup.");
        }

        if (damaged.Count > 0 && !skipDamaged)
        {
            await console.Error.WriteLineAsync($"{damaged.Count} pictures are missing or damaged; nothing can use what is restored so far. Put their files back and run restore again, or add --skip-damaged to go without them.");
            return 1;
        }

        if (isServer)
        {
            await MoveAsync(restore, bot.Services, cancellationToken);
        }
        else if (!restore.IsPlaced)
        {
            PrivateFiles.CreateFolder(Path.GetDirectoryName(database!)!);
            File.Move(restore.Database, database!);
        }

        var manifest = restore.End();
        await console.Output.WriteLineAsync($"The backup of {manifest.MadeAt:u} is restored: {manifest.Pictures.Count - damaged.Count} pictures and the database. Start the bot with the same settings.");
        return 0;
    }

    private static async Task MoveAsync(StorageRestore restore, IServiceProvider target, CancellationToken cancellationToken)
    {
        await using var source = StorageFile.Open(restore.Folder, restore.Database, SqliteOpenMode.ReadWrite);
        await source.MigrateStorageAsync(cancellationToken);
        await StorageMove.RunAsync(source, target, _ => Task.CompletedTask, cancellationToken);
    }
}
