using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Personalization.Storage.Postgres;

/// <summary>
/// Texts are compared and ordered by their bytes, as SQLite does, whatever language the database was created for: also after the
/// server's machine has got other rules of that language, which would leave indexes in the order of the earlier ones.
/// </summary>
internal sealed class PostgresModel(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    private const string ByBytes = "C";

    private static readonly EventId[] Failures =
    [
        CoreEventId.QueryIterationFailed,
        CoreEventId.SaveChangesFailed,
        RelationalEventId.CommandError,
        RelationalEventId.ConnectionError,
        RelationalEventId.TransactionError,
    ];

    public static void Configure(DbContextOptionsBuilder builder, NpgsqlDataSource source) => builder
        .UseNpgsql(source, npgsql => npgsql.MigrationsAssembly(typeof(PostgresModel).Assembly.GetName().Name))
        .ReplaceService<IModelCustomizer, PostgresModel>()

        .ConfigureWarnings(warnings => warnings

            // That no migration is missing is shown by a test, and not at every start, which would wait for it.
            .Ignore(RelationalEventId.PendingModelChangesWarning)

            // What fails may be run again, and succeed; what is not, its caller logs or explains.
            .Log([.. Failures.Select(failure => (failure, LogLevel.Debug))]));

    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Where(property => property.ClrType == typeof(string)))
        {
            property.SetCollation(ByBytes);
        }
    }
}
