using Quartz;

namespace Personalization.Storage.Sqlite;

/// <summary>Keeps Quartz's tables in the storage's SQLite database.</summary>
public static class SqliteQuartz
{
    /// <summary>Stores jobs through the <see cref="System.Data.Common.DbDataSource"/> of the storage.</summary>
    public static IPersistentStoreBuilder UseSqliteStorage(this IPersistentStoreBuilder store) => store.UseSqlite(source => source.UseRegisteredDataSource = true);
}
