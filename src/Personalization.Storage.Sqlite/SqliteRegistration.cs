using Microsoft.Extensions.DependencyInjection;

namespace Personalization.Storage.Sqlite;

/// <summary>Adds SQLite to a program.</summary>
public static class SqliteRegistration
{
    /// <summary>Makes <c>Sqlite</c> a value of <c>Storage:Provider</c>.</summary>
    public static IServiceCollection AddSqliteStorage(this IServiceCollection services) =>
        services.AddSingleton<IDatabaseProvider, SqliteDatabase>();
}
