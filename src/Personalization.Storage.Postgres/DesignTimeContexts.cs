using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Personalization.Storage.Postgres;

/// <summary>
/// What <c>dotnet ef migrations add NAME --project src/Personalization.Storage.Postgres</c> makes migrations from: the model
/// alone, no database.
/// </summary>
internal sealed class DesignTimeContexts : IDesignTimeDbContextFactory<PersonalizationContext>
{
    public PersonalizationContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<PersonalizationContext>();
        PostgresModel.Configure(builder, NpgsqlDataSource.Create("Host=design"));
        return new(builder.Options);
    }
}
