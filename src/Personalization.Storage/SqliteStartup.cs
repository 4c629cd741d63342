using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Personalization.Storage;

/// <summary>Makes the data directory and its database ready, and keeps them to this process.</summary>
internal sealed class SqliteStartup(IOptions<StorageOptions> options, IDbContextFactory<PersonalizationContext> contexts) : IDisposable
{
    // SQLite's result codes, https://www.sqlite.org/rescode.html
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private FileStream? _hold;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var storage = options.Value;
        var database = Path.GetFullPath(new SqliteConnectionStringBuilder(storage.ConnectionString).DataSource);
        MakeFolder(storage.DataDirectory);
        MakeFolder(Path.GetDirectoryName(database)!);

        // Two processes would each run the other's jobs.
        _hold ??= LockFile.Take($"{database}.lock", "Is the program running already on this database?");

        try
        {
            await MigrateAsync(database, cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw new StorageException(
                exception.SqliteErrorCode is Corrupt or NotADatabase
                    ? $"{database} is not a database, or a damaged one: {exception.Message} Move it away to begin anew, or put a backup in its place."
                    : $"{database} cannot be used: {exception.Message} Check that this user may read and write it and its folder, and that the disk has space.",
                exception);
        }
    }

    public void Dispose() => _hold?.Dispose();

    private async Task MigrateAsync(string database, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);

        // Kept in the file: readers do not wait for the writer, and a commit is one sync.
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", cancellationToken);

        var known = context.Database.GetMigrations();
        var applied = await context.Database.GetAppliedMigrationsAsync(cancellationToken);
        if (applied.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new StorageException($"{database} was made by a newer version of this program (it has the migration {unknown}). Start that version, or restore a backup from before it.");
        }

        // EF Core marks a running migration with a row, and waits for ever for that of a process that was killed.
        // Nobody else is migrating: this process holds the lock file.
        await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\";", cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The folder {Path.GetFullPath(folder)} cannot be made: {exception.Message} Set DataDirectory to one that this user may write to.", exception);
        }
    }
}
