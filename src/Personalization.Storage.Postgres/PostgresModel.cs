using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Personalization.Storage.Postgres;

/// <summary>
/// Texts are compared and ordered by their bytes, as SQLite does, whatever language the database was created for: also after the
/// server's machine has got other rules of that language, which would leave indexes in the order of the earlier ones.
/// </summary>
internal sealed class PostgresModel(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    private const string ByBytes = "C";

    public static void Configure(DbContextOptionsBuilder builder, NpgsqlDataSource source) => builder
        .UseNpgsql(source, npgsql => npgsql.MigrationsAssembly(typeof(PostgresModel).Assembly.GetName().Name))
        .ReplaceService<IModelCustomizer, PostgresModel>()

        // That no migration is missing is shown by a test, and not at every start, which would wait for it.
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));

    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()).Where(property => property.ClrType == typeof(string)))
        {
            property.SetCollation(ByBytes);
        }
    }
}
