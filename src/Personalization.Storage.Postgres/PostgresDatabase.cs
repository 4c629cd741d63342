using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Personalization.Storage.Backup;

namespace Personalization.Storage.Postgres;

/// <summary>PostgreSQL: a database that an operator has created, which one process at a time holds.</summary>
internal sealed partial class PostgresDatabase(TimeProvider time, ILogger<PostgresDatabase> logger, IHostApplicationLifetime? lifetime = null) : IDatabaseProvider, IDisposable, IAsyncDisposable
{
    private const string Example = "write Host=server;Database=personalization;Username=personalization;Password=...";

    // A third of what a server allows by default: more at once do not write faster.
    private const int MaxConnections = 32;

    private static readonly FreeTurn Turn = new();

    private readonly Lock _lock = new();
    private NpgsqlDataSource? _source;
    private PostgresHold? _hold;

    public string Name => PostgresRegistration.Name;

    public string DefaultConnectionString(string dataDirectory) => "";

    public string? FaultOf(string connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            return $"is empty, and Storage:Provider is Postgres; {Example}";
        }

        NpgsqlConnectionStringBuilder connection;
        try
        {
            connection = new(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            // Not the driver's reason: it quotes what may be a part of the password.
            return $"is not one for PostgreSQL; {Example} and put a value with a semicolon in it into quotation marks.";
        }

        var missing = string.IsNullOrEmpty(connection.Host) ? nameof(connection.Host) : string.IsNullOrEmpty(connection.Database) ? nameof(connection.Database) : null;
        return missing is null ? null : $"has no {missing}; {Example}";
    }

    public void Configure(DbContextOptionsBuilder builder, string connectionString) => PostgresModel.Configure(builder, Source(connectionString));

    public DbDataSource CreateDataSource(string connectionString) => Source(connectionString);

    public async Task PrepareAsync(PersonalizationContext context, StorageOptions options, CancellationToken cancellationToken)
    {
        DataFolder.Prepare(options.DataDirectory, logger);
        var server = ServerOf(options.ConnectionString);
        try
        {
            // Two processes would each run the other's jobs.
            _hold ??= await PostgresHold.TakeAsync(Completed(options.ConnectionString), server, lifetime, time, logger, cancellationToken);
            await RequireEncodingAsync(options.ConnectionString, server, cancellationToken);
            await MigrateAsync(context, server, cancellationToken);
            await CheckDurabilityAsync(options.ConnectionString, server, cancellationToken);
            if (!options.IsMoving && await StorageMove.IsUnfinishedAsync(Source(options.ConnectionString), cancellationToken))
            {
                throw new StorageException($"The {server} has only a part of what is moved into it. Run move-storage again until it ends with success.");
            }
        }
        catch (Exception exception) when (FaultIn(exception) is { } fault)
        {
            throw new StorageException(PostgresFaults.Explain(fault, server) ?? $"The {server} cannot be used: {fault.Message}", exception);
        }
    }

    public void RequireDatabase(string connectionString)
    {
        try
        {
            using var connection = Source(connectionString).OpenConnection();
        }
        catch (NpgsqlException exception)
        {
            var server = ServerOf(connectionString);
            throw new StorageException(PostgresFaults.Explain(exception, server) ?? $"The {server} cannot be used: {exception.Message}", exception);
        }
    }

    public string? Explain(DbException exception) => PostgresFaults.Explain(exception, _source is null ? "database" : ServerOf(_source.ConnectionString));

    public bool IsFull(Exception exception) => PostgresFaults.IsFull(exception);

    public string DiskOf(StorageOptions options) => $"the {ServerOf(options.ConnectionString)}";

    public bool IsConflict(Exception exception) => PostgresFaults.IsConflict(exception);

    public bool IsDuplicate(Exception exception) => PostgresFaults.IsDuplicate(exception);

    public bool IsSessionLost(Exception exception) => PostgresFaults.IsSessionLost(exception);

    // Rows are locked, not the database: a write that meets another is run again.
    public Task<IDisposable> WaitForWriteAsync(CancellationToken cancellationToken) => Task.FromResult<IDisposable>(Turn);

    public void Dispose()
    {
        _source?.Dispose();
        _ = _hold?.DisposeAsync().AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }

        if (_hold is not null)
        {
            await _hold.DisposeAsync();
        }
    }

    private static async Task MigrateAsync(PersonalizationContext context, string server, CancellationToken cancellationToken)
    {
        var known = context.Database.GetMigrations().ToArray();
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancellationToken)).ToArray();
        if (applied.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new StorageException($"The {server} was made by a newer version of this program (it has the migration {unknown}, and the last that {ProgramVersion.Current} knows is {known[^1]}): start that version, or restore a backup from before it.");
        }

        await context.Database.MigrateAsync(cancellationToken);
    }

    private async Task RequireEncodingAsync(string connectionString, string server, CancellationToken cancellationToken)
    {
        await using var command = Source(connectionString).CreateCommand("SHOW server_encoding");
        if (await command.ExecuteScalarAsync(cancellationToken) is string encoding and not "UTF8")
        {
            throw new StorageException($"The {server} has the encoding {encoding}, in which not every prompt can be stored. Create it with createdb --encoding=UTF8 --template=template0.");
        }
    }

    /// <summary>A vote is a promise: tells the operator of a server that may lose the last commits when its power fails.</summary>
    private async Task CheckDurabilityAsync(string connectionString, string server, CancellationToken cancellationToken)
    {
        await using var command = Source(connectionString).CreateCommand("SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'");
        await using var off = await command.ExecuteReaderAsync(cancellationToken);
        while (await off.ReadAsync(cancellationToken))
        {
            LogNotDurable(off.GetString(0), server);
        }
    }

    /// <summary>The database and its server as in a sentence, without what is secret.</summary>
    private static string ServerOf(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        return $"database {connection.Database} on {connection.Host}:{connection.Port}";
    }

    private static string Completed(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        connection.ApplicationName ??= nameof(Personalization);

        // Not ContainsKey: this builder has every key it knows.
        if (!connection.ShouldSerialize("Maximum Pool Size"))
        {
            connection.MaxPoolSize = Math.Max(MaxConnections, connection.MinPoolSize);
        }

        return connection.ToString();
    }

    private static DbException? FaultIn(Exception? exception) =>
        exception is null or StorageException ? null : exception as NpgsqlException ?? FaultIn(exception.InnerException);

    /// <summary>One pool of connections for the stores and for those beside them.</summary>
    private NpgsqlDataSource Source(string connectionString)
    {
        lock (_lock)
        {
            return _source ??= NpgsqlDataSource.Create(Completed(connectionString));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Setting} is off in the {Server}: votes and jobs of the last moments are lost when its power fails. Set it to on")]
    private partial void LogNotDurable(string setting, string server);

    private sealed class FreeTurn : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
