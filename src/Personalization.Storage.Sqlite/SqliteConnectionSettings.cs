using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Personalization.Storage.Sqlite;

/// <summary>Sets what SQLite forgets with each connection.</summary>
internal sealed class SqliteConnectionSettings : DbConnectionInterceptor
{
    // FULL: with a write-ahead log, NORMAL may lose the last commits when the power fails, and a vote is a promise.
    // Those who write to this file without queueing here wait for each other in SQLite, which looks again after a
    // millisecond; without a timeout the driver does, every 150, and hardly ever gets in between a stream of votes.
    public const string Sql = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
