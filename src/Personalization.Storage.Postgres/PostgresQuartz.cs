using Quartz;

namespace Personalization.Storage.Postgres;

/// <summary>Keeps Quartz's tables in the storage's PostgreSQL database.</summary>
public static class PostgresQuartz
{
    /// <summary>Stores jobs through the <see cref="System.Data.Common.DbDataSource"/> of the storage.</summary>
    public static IPersistentStoreBuilder UsePostgresStorage(this IPersistentStoreBuilder store) => store.UsePostgres(source => source.UseRegisteredDataSource = true);
}
