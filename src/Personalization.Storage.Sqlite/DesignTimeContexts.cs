using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Personalization.Storage.Sqlite;

/// <summary>
/// What <c>dotnet ef migrations add NAME --project src/Personalization.Storage.Sqlite</c> makes migrations from: the model
/// alone, no database.
/// </summary>
internal sealed class DesignTimeContexts : IDesignTimeDbContextFactory<PersonalizationContext>
{
    public PersonalizationContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<PersonalizationContext>()
            .UseSqlite("Data Source=design.db", sqlite => sqlite.MigrationsAssembly(typeof(DesignTimeContexts).Assembly.GetName().Name))
            .Options);
}
