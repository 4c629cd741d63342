using Microsoft.EntityFrameworkCore;

namespace Personalization.Storage.Tests;

public abstract class StorageStartTests(DatabaseKind kind)
{
    [Fact]
    public async Task Migrations_create_the_model()
    {
        await using var storage = await TemporaryStorage.CreateAsync(kind);
        await using var context = await storage.ContextAsync();

        Assert.False(context.Database.HasPendingModelChanges());
        Assert.Empty(await context.Database.GetPendingMigrationsAsync(Cancellation));
    }

    [Fact]
    public async Task Second_start_changes_nothing()
    {
        await using var storage = await TemporaryStorage.CreateAsync(kind);
        var pictures = await storage.AddRankingPicturesAsync(1);

        await storage.MigrateAsync();

        Assert.NotNull(await storage.Get<Personalization.Pictures.IPictureStore>().FindAsync(pictures[0], Cancellation));
    }

    [Fact]
    public async Task Second_program_on_the_same_database_is_refused()
    {
        await using var storage = await TemporaryStorage.CreateAsync(kind);
        await using var second = storage.Beside();

        var exception = await Assert.ThrowsAsync<StorageInUseException>(second.MigrateAsync);

        Assert.Contains("running already", exception.Message, StringComparison.Ordinal);
        Assert.Contains(kind == DatabaseKind.Sqlite ? storage.DatabaseFile : "database test_", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_of_a_newer_version_is_left_unchanged()
    {
        await using var storage = await TemporaryStorage.CreateAsync(kind);
        await using var context = await storage.ContextAsync();
        await context.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99')", Cancellation);

        var exception = await Assert.ThrowsAsync<StorageException>(storage.MigrateAsync);

        Assert.Contains("newer version", exception.Message, StringComparison.Ordinal);
        Assert.Contains("29990101000000_Later", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"knows is {context.Database.GetMigrations().Last()}): start that version", exception.Message, StringComparison.Ordinal);
    }

    public sealed class OnSqlite() : StorageStartTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : StorageStartTests(DatabaseKind.Postgres);
}
