using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Personalization.Storage;

/// <summary>Sets what SQLite forgets with each connection.</summary>
internal sealed class SqliteConnectionSettings : DbConnectionInterceptor
{
    // FULL: with a write-ahead log, NORMAL may lose the last commits when the power fails, and a vote is a promise.
    // The job scheduler writes to this file too; SQLite's own wait for it starts at a millisecond, the driver's at 150.
    private const string Settings = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Settings;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
