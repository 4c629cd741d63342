using Quartz;

namespace Personalization.Storage.Sqlite;

/// <summary>Keeps Quartz's tables in the storage's SQLite database.</summary>
public static class SqliteQuartz
{
    /// <summary>
    /// The start of a warning that Quartz logs at every start. It does not apply: the transactions that Quartz is enlisted in
    /// are short and lock nothing else.
    /// </summary>
    public const string ExpectedWarning = "Accepting enlisted transactions with SQLite";

    /// <summary>Stores jobs through the <see cref="System.Data.Common.DbDataSource"/> of the storage.</summary>
    public static IPersistentStoreBuilder UseSqliteStorage(this IPersistentStoreBuilder store) => store.UseSqlite(source => source.UseRegisteredDataSource = true);
}
