using Microsoft.Extensions.DependencyInjection;

namespace Personalization.Storage.Postgres;

/// <summary>Adds PostgreSQL to a program.</summary>
public static class PostgresRegistration
{
    /// <summary>The value of <c>Storage:Provider</c>.</summary>
    public const string Name = "Postgres";

    /// <summary>Makes <c>Postgres</c> a value of <c>Storage:Provider</c>.</summary>
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services) =>
        services.AddSingleton<IDatabaseProvider, PostgresDatabase>();
}
