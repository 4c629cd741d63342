using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Personalization.Storage.Sqlite;

/// <summary>Connections to the storage's database for those who write to it beside the stores, set up as the stores' own are.</summary>
internal sealed class SqliteConnections(string connectionString) : DbDataSource
{
    public override string ConnectionString => connectionString;

    protected override DbConnection CreateDbConnection()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState == System.Data.ConnectionState.Open)
            {
                using var command = connection.CreateCommand();
                command.CommandText = SqliteConnectionSettings.Sql;
                command.ExecuteNonQuery();
            }
        };
        return connection;
    }
}
