using Microsoft.Data.Sqlite;
using Personalization.Storage;
using Personalization.Storage.Sqlite;

namespace Personalization.App.Cli;

/// <summary>The services of a storage on a SQLite file that no bot has.</summary>
internal static class StorageFile
{
    /// <summary>Registers them.</summary>
    public static ServiceProvider Open(string dataDirectory, string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false };
        return new ServiceCollection()
            .AddStorage(new ConfigurationBuilder()
                .AddInMemoryCollection([new("DataDirectory", dataDirectory), new("Storage:ConnectionString", connection.ToString())])
                .Build())
            .AddSqliteStorage()
            .BuildServiceProvider();
    }
}
