using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Personalization.Storage.Backup;

namespace Personalization.Storage.Sqlite;

/// <summary>SQLite: a file in the data directory, which one process at a time holds.</summary>
internal sealed partial class SqliteDatabase(ILogger<SqliteDatabase> logger) : IDatabaseProvider, IDisposable
{
    // SQLite's result codes, https://www.sqlite.org/rescode.html.
    private const int Error = 1;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Corrupt = 11;
    private const int Constraint = 19;
    private const int NotADatabase = 26;

    private static readonly SqliteConnectionSettings Settings = new();

    // SQLite has one writer at a time and answers the second with "database is locked": writers queue here, where waiting
    // costs no thread and no transaction has begun.
    private readonly SemaphoreSlim _writer = new(1, 1);

    private FileStream? _hold;

    public string Name => "Sqlite";

    public string DefaultConnectionString(string dataDirectory) =>
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataDirectory, "personalization.db") }.ToString();

    public string? FaultOf(string connectionString)
    {
        SqliteConnectionStringBuilder connection;
        try
        {
            connection = new(connectionString);
        }
        catch (ArgumentException exception)
        {
            return $"is not one for SQLite: {exception.Message}";
        }

        // A database in memory is lost with the process, and each pooled connection would have its own.
        var isFile = connection.DataSource is not ("" or ":memory:") && connection.Mode != SqliteOpenMode.Memory;
        return isFile ? null : "names no file; write Data Source=path/to/personalization.db.";
    }

    public void Configure(DbContextOptionsBuilder builder, string connectionString) => builder
        .UseSqlite(connectionString, sqlite => sqlite.MigrationsAssembly(typeof(SqliteDatabase).Assembly.GetName().Name))
        .AddInterceptors(Settings)

        // SQLite has no other way to rebuild a table that others refer to. That no migration is missing is shown by a test, and
        // not at every start, which would wait for it.
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning, RelationalEventId.PendingModelChangesWarning));

    public DbDataSource CreateDataSource(string connectionString) => new SqliteConnections(connectionString);

    public void RequireDatabase(string connectionString)
    {
        var database = Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);
        if (!File.Exists(database))
        {
            throw new StorageException($"There is no database {database}. Start the bot once, or set DataDirectory to where it keeps its data.");
        }
    }

    public string? Explain(DbException exception) => (exception as SqliteException)?.SqliteErrorCode switch
    {
        null or Constraint => null,

        // The code of any wrong statement; only these two come from another version's tables.
        Error when !exception.Message.Contains("no such table", StringComparison.Ordinal) && !exception.Message.Contains("no such column", StringComparison.Ordinal) => null,
        Busy or Locked => $"The database is in use by another program for too long: {exception.Message} Close what has its file open, such as a database browser or a backup; the bot needs no restart.",
        Error => $"The database is of another version: {exception.Message} Start the bot of this version once, so that it brings the database up to date.",
        _ => $"The database cannot be used: {exception.Message} Check that the disk has space, and that this user may write to the data directory.",
    };

    public bool IsFull(Exception exception) => SqliteFaults.IsFull(exception);

    public string DiskOf(StorageOptions options) => Path.GetFullPath(new SqliteConnectionStringBuilder(options.ConnectionString).DataSource);

    // Writers queue, so that none meets another.
    public bool IsConflict(Exception exception) => false;

    public bool IsDuplicate(Exception exception) => false;

    public bool IsSessionLost(Exception exception) => false;

    public async Task<IDisposable> WaitForWriteAsync(CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        return new Turn(_writer);
    }

    public async Task PrepareAsync(PersonalizationContext context, StorageOptions storage, CancellationToken cancellationToken)
    {
        var database = Path.GetFullPath(new SqliteConnectionStringBuilder(storage.ConnectionString).DataSource);
        DataFolder.Prepare(storage.DataDirectory, logger);
        DataFolder.Make(Path.GetDirectoryName(database)!, "Storage:ConnectionString");

        // Two processes would each run the other's jobs.
        _hold ??= LockFile.Take($"{database}.lock", "Is the program running already on this database?");

        try
        {
            await MigrateAsync(context, database, cancellationToken);

            // With its log and shared memory, which SQLite creates with the rights of the database.
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(database)!, $"{Path.GetFileName(database)}*"))
            {
                DataFolder.TryTighten(file, PrivateFiles.TightenFile, logger);
            }
        }
        catch (SqliteException exception)
        {
            throw new StorageException(
                exception.SqliteErrorCode is Corrupt or NotADatabase
                    ? $"{database} is not a database, or a damaged one: {exception.Message} Move it away to start with a new one, or restore a backup."
                    : $"{database} cannot be used: {exception.Message} Check that this user may read and write it and its folder, and that the disk has space.",
                exception);
        }
    }

    public void Dispose()
    {
        _hold?.Dispose();
        _writer.Dispose();
    }

    private async Task MigrateAsync(PersonalizationContext context, string database, CancellationToken cancellationToken)
    {
        // Kept in the file: readers do not wait for the writer, and a commit is one sync.
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", cancellationToken);

        var known = context.Database.GetMigrations().ToArray();
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToArray();
        if (applied.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new StorageException($"{database} was made by a newer version of this program (it has the migration {unknown}, and the last that {ProgramVersion.Current} knows is {known[^1]}): start that version, or restore a backup from before it.");
        }

        if (known.Except(applied).FirstOrDefault() is not { } next)
        {
            return;
        }

        if (applied.Length > 0)
        {
            await CopyAsync(context, database, $"{database}.before-{next}", cancellationToken);
        }

        // EF Core marks a running migration with a row, and waits for ever for that of a process that was killed.
        // No other process is migrating: this one holds the lock file.
        await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\";", cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>Leaves a copy of the database, whole or not at all: migrations only go forward.</summary>
    /// <exception cref="StorageException">There is no space for it, or it may not be written.</exception>
    private async Task CopyAsync(PersonalizationContext context, string database, string copy, CancellationToken cancellationToken)
    {
        var unfinished = $"{copy}.tmp";
        try
        {
            File.Delete(unfinished);
            await context.Database.ExecuteSqlRawAsync("VACUUM INTO {0};", [unfinished], cancellationToken);
            File.Move(unfinished, copy, overwrite: true);
            LogCopied(copy);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            var size = new FileInfo(database).Length / (1024 * 1024);
            throw new StorageException($"Before it is migrated, {database} is copied to {copy}, and that failed: {exception.Message} Check that there is space for {size + 1} MiB, and start again; nothing was changed.", exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The database is migrated; as it was, it is kept as {Copy}, which may be deleted once the new version has proved itself")]
    private partial void LogCopied(string copy);

    private sealed class Turn(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }
}
