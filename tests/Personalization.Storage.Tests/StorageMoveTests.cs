using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Personalization.Codes;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Storage.Postgres;
using Personalization.Taste;
using Personalization.Votes;

namespace Personalization.Storage.Tests;

public sealed class StorageMoveTests : IAsyncLifetime
{
    private const int Pictures = 2500;

    private TemporaryStorage _source = null!;
    private TemporaryStorage _target = null!;
    private EarlierDatabase _content = null!;

    /// <summary>A database with a value in every column of every table, and more pictures than are copied at a time.</summary>
    public async ValueTask InitializeAsync()
    {
        _target = await TemporaryStorage.CreateEmptyAsync(DatabaseKind.Postgres);
        _source = await TemporaryStorage.CreateEmptyAsync(DatabaseKind.Sqlite);
        await using (var context = await _source.ContextAsync())
        {
            _content = await EarlierDatabase.CreateAsync(context, DatabaseKind.Sqlite, context.Database.GetMigrations().Last());
        }

        await _source.AddRankingPicturesAsync(Pictures);
        SqliteConnection.ClearAllPools();
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _target.DisposeAsync();
    }

    [Fact]
    public async Task Moved_storage_has_every_row_and_goes_on_counting()
    {
        var before = await HashAsync();

        var moved = await MoveAsync();

        Assert.Equal(before, await HashAsync());
        await using (var context = await _source.ContextAsync())
        {
            Assert.Equal(context.Model.GetEntityTypes().Select(entity => entity.GetTableName()).Order(), moved.Select(table => table.Name).Order());
        }

        Assert.All(moved, table => Assert.True(table.Rows > 0, table.Name));
        await using var started = _target.Beside();
        await started.MigrateAsync();
        foreach (var pair in _content.Pairs)
        {
            Assert.Equal(pair, await started.Get<IBallotStore>().FindPairAsync(pair.Id, Cancellation));
        }

        foreach (var job in _content.Jobs)
        {
            Assert.Equivalent(job, await started.Get<IImagineJobStore>().FindAsync(job.Id, Cancellation), strict: true);
        }

        foreach (var (code, snapshot) in _content.Snapshots)
        {
            Assert.Equal(snapshot, await started.Get<ISnapshotStore>().FindAsync(code, Cancellation));
        }

        Assert.Equal(_content.Community!.Prior.Version, await started.Get<ICommunityStore>().LastVersionAsync(Cancellation));
        var next = await started.Get<IBallotStore>().OpenAsync(new(0, ProfileId.FirstOf(EarlierDatabase.Ben), new(1), new(2), null), Cancellation);
        Assert.True(next.Id > EarlierDatabase.DeletedPair);
        Assert.True((await started.AddRankingPicturesAsync(1))[0].Value > Pictures);
    }

    [Fact]
    public async Task Move_that_was_stopped_goes_on_and_no_program_starts_on_a_part()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() => MoveAsync(table => table.Name == "Pictures" ? throw new OperationCanceledException() : Task.CompletedTask));
        await using (var context = await _target.ContextAsync())
        {
            // As if it had been stopped within this table.
            await context.Pictures.Where(picture => picture.Id > 1500).ExecuteDeleteAsync(Cancellation);
        }

        await using (var started = _target.Beside())
        {
            var exception = await Assert.ThrowsAsync<StorageException>(started.MigrateAsync);
            Assert.Contains("has only a part of what is moved into it. Run move-storage again", exception.Message, StringComparison.Ordinal);
        }

        var moved = await MoveAsync();

        Assert.Equal(Pictures + _content.Pictures.Count, moved.Single(table => table.Name == "Pictures").Rows);
        await using var whole = _target.Beside();
        await whole.MigrateAsync();
    }

    [Fact]
    public async Task Source_that_changed_after_it_was_copied_is_noticed()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() => MoveAsync(table => table.Name == "Pictures" ? throw new OperationCanceledException() : Task.CompletedTask));
        await _source.Get<IPictureStore>().SetFileAsync(new(1), "later.png", Cancellation);

        var exception = await Assert.ThrowsAsync<StorageException>(() => MoveAsync());

        Assert.StartsWith("Pictures differs: 2507 rows with the checksum ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Move into another, empty database.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_with_rows_is_not_moved_into()
    {
        await using (var used = _target.Beside())
        {
            await used.MigrateAsync();
            await used.AddRankingPicturesAsync(1);
        }

        var exception = await Assert.ThrowsAsync<StorageException>(() => MoveAsync());

        Assert.Contains("its table Pictures has rows. Name an empty database", exception.Message, StringComparison.Ordinal);
        await using var started = _target.Beside();
        await started.MigrateAsync();
    }

    [Theory]
    [InlineData("CREATE TABLE", "The move could not begin: ", "Nothing was changed in the source; run move-storage again.")]
    [InlineData("DROP TABLE", "The move could not be ended: ", "If the next move-storage says that the target is in use, this one was complete.")]
    public async Task Session_that_is_lost_beside_the_copying_is_explained(string statement, string beginning, string advice)
    {
        await using (var empty = _target.Beside())
        {
            await empty.MigrateAsync();
        }

        await using (var context = await _target.ContextAsync())
        {
            await context.Database.ExecuteSqlRawAsync(
                """
                CREATE FUNCTION leave() RETURNS event_trigger LANGUAGE plpgsql AS $$ 
                BEGIN
                    IF current_query() LIKE '%StorageMove%' THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
                END $$;
                CREATE EVENT TRIGGER leaving ON ddl_command_start WHEN TAG IN ('statement') EXECUTE FUNCTION leave();
                """.Replace("statement", statement, StringComparison.Ordinal),
                Cancellation);
        }

        var exception = await Assert.ThrowsAsync<StorageException>(() => MoveAsync());

        Assert.StartsWith(beginning, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(advice, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_of_an_earlier_version_is_not_moved()
    {
        await using (var context = await _source.ContextAsync())
        {
            await context.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" = (SELECT MAX(\"MigrationId\") FROM \"__EFMigrationsHistory\")", Cancellation);
        }

        var exception = await Assert.ThrowsAsync<StorageException>(() => MoveAsync());

        Assert.Contains("Start the bot of this version on it once", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_that_is_not_a_database_is_refused()
    {
        await File.WriteAllTextAsync(_source.DatabaseFile, string.Concat(Enumerable.Repeat("dear diary ", 1000)), Cancellation);

        var exception = await Assert.ThrowsAsync<StorageException>(() => MoveAsync());

        Assert.StartsWith("The source cannot be read: ", exception.Message, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<MovedTable>> MoveAsync(Func<MovedTable, Task>? moved = null)
    {
        var tables = new List<MovedTable>();
        await using var source = TemporaryStorage.Services(_source.Folder, [new("Storage:ConnectionString", $"Data Source={_source.DatabaseFile};Mode=ReadOnly;Pooling=False")]);
        await using var target = TemporaryStorage.Services(_target.Folder, _target.Settings);
        await StorageMove.RunAsync(
            source,
            target,
            table =>
            {
                tables.Add(table);
                return moved?.Invoke(table) ?? Task.CompletedTask;
            },
            Cancellation);
        return tables;
    }

    private async Task<string> HashAsync() => Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(_source.DatabaseFile, Cancellation)));
}
