using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Personalization.Storage;

/// <summary>Connections to the storage's database for those who write to it beside the stores, set up as the stores' own are.</summary>
internal sealed class SqliteConnections(IOptions<StorageOptions> options) : DbDataSource
{
    public override string ConnectionString => options.Value.ConnectionString;

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
