using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Personalization.Pictures;
using Personalization.Storage.Postgres;
using Personalization.Testing;

namespace Personalization.Storage.Tests;

public sealed class PostgresFaultTests : IAsyncLifetime
{
    private readonly RecordedLog _log = new();

    private TemporaryStorage _storage = null!;

    public async ValueTask InitializeAsync() => _storage = await TemporaryStorage.CreateEmptyAsync(DatabaseKind.Postgres);

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Theory]
    [InlineData("", 32)]
    [InlineData(";Maximum Pool Size=7", 7)]
    [InlineData(";MaxPoolSize=7", 7)]
    [InlineData(";Minimum Pool Size=40", 40)]
    public async Task Connections_are_few_unless_the_operator_says_otherwise(string setting, int maximum)
    {
        await using var services = Services($"Host=db;Database=x{setting}");

        Assert.Equal(maximum, new NpgsqlConnectionStringBuilder(services.GetRequiredService<DbDataSource>().ConnectionString).MaxPoolSize);
    }

    [Fact]
    public async Task Session_that_only_the_server_still_has_does_not_stop_its_own_process()
    {
        await using var route = Route();
        await using var services = Services(With(connection => (connection.Host, connection.Port) = ("127.0.0.1", route.Port)));
        await services.MigrateStorageAsync(Cancellation);

        route.Cut();

        await _log.SeenAsync("other processes are kept out as before");
        await Assert.ThrowsAsync<StorageInUseException>(_storage.MigrateAsync);
    }

    [Fact]
    public async Task Server_that_closes_every_connection_is_tried_a_few_times()
    {
        await _storage.MigrateAsync();
        await using var route = Route();
        await using var services = Services(With(connection => (connection.Host, connection.Port) = ("127.0.0.1", route.Port)));
        var pictures = services.GetRequiredService<IPictureStore>();
        await pictures.FindAsync(new PictureId(1), Cancellation);
        var before = route.Accepted;
        route.IsClosed = true;
        route.Cut();

        await Assert.ThrowsAsync<StorageException>(() => pictures.FindAsync(new PictureId(1), Cancellation));

        Assert.InRange(route.Accepted - before, 1, 6);
    }

    [Theory]
    [InlineData("unique_violation", 3)]
    [InlineData("serialization_failure", 100)]
    public async Task Write_that_can_never_succeed_is_given_up(string condition, int tries)
    {
        await _storage.MigrateAsync();
        await using var context = await _storage.ContextAsync();
        await context.Database.ExecuteSqlRawAsync(
            """
            CREATE SEQUENCE tries;
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM nextval('tries'); RAISE EXCEPTION 'refused' USING ERRCODE = 'condition'; END $$;
            CREATE TRIGGER refused BEFORE INSERT ON "Pictures" EXECUTE FUNCTION refuse();
            """.Replace("condition", condition, StringComparison.Ordinal),
            Cancellation);

        await Assert.ThrowsAnyAsync<Exception>(() => _storage.AddRankingPicturesAsync(1));

        Assert.Equal(tries, await context.Database.SqlQuery<long>($"SELECT last_value AS \"Value\" FROM tries").SingleAsync(Cancellation));
    }

    [Fact]
    public async Task Pool_that_is_used_up_is_named()
    {
        await _storage.MigrateAsync();
        await using var services = Services(With(connection => (connection.MaxPoolSize, connection.Timeout) = (1, 1)));
        await using var used = await services.GetRequiredService<DbDataSource>().OpenConnectionAsync(Cancellation);

        var exception = await Assert.ThrowsAsync<StorageException>(() => services.GetRequiredService<IPictureStore>().FindAsync(new PictureId(1), Cancellation));

        Assert.Contains("has no connection left: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Raise Maximum Pool Size or Timeout in Storage:ConnectionString", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Start the server", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statement_that_the_server_stops_is_not_taken_for_a_stopped_server()
    {
        await _storage.MigrateAsync();
        await using var services = Services(With(connection => connection.Options = "-c statement_timeout=100"));
        await using var context = await _storage.ContextAsync();
        await using var locked = await context.Database.BeginTransactionAsync(Cancellation);
        await context.Database.ExecuteSqlRawAsync("LOCK TABLE \"Pictures\"", Cancellation);

        var exception = await Assert.ThrowsAsync<StorageException>(() => services.GetRequiredService<IPictureStore>().FindAsync(new PictureId(1), Cancellation));

        Assert.Contains("has stopped a command: canceling statement due to statement timeout. Raise statement_timeout", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Start the server", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_ends_idle_sessions_disturbs_neither_reads_nor_the_lock()
    {
        await using var observer = new NpgsqlConnection(With(connection => (connection.Database, connection.Pooling) = ("postgres", false)));
        await observer.OpenAsync(Cancellation);
        await ExecuteAsync(observer, $"ALTER DATABASE {Database} SET idle_session_timeout = 300");
        await using var services = Services(_storage.ConnectionString);
        await services.MigrateStorageAsync(Cancellation);
        var pictures = services.GetRequiredService<IPictureStore>();
        await pictures.FindAsync(new PictureId(1), Cancellation);

        // All but the one of the lock.
        await using var others = new NpgsqlCommand($"SELECT count(*) FROM pg_stat_activity WHERE datname = '{Database}'", observer);
        while ((long)(await others.ExecuteScalarAsync(Cancellation))! > 1)
        {
            await Task.Yield();
        }

        await pictures.FindAsync(new PictureId(1), Cancellation);
        Assert.DoesNotContain(_log.Lines, line => line.Contains("has ended the session", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Database_that_cannot_hold_every_character_is_refused()
    {
        const string Name = "latin";
        await using var server = new NpgsqlConnection(With(connection => (connection.Database, connection.Pooling) = ("postgres", false)));
        await server.OpenAsync(Cancellation);
        await ExecuteAsync(server, $"CREATE DATABASE {Name} ENCODING LATIN1 TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
        try
        {
            await using var services = Services(With(connection => connection.Database = Name));

            var exception = await Assert.ThrowsAsync<StorageException>(() => services.MigrateStorageAsync(Cancellation));

            Assert.Contains("has the encoding LATIN1, in which not every prompt can be stored. Create it with createdb --encoding=UTF8 --template=template0", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            await ExecuteAsync(server, $"DROP DATABASE {Name} WITH (FORCE)");
        }
    }

    private string Database => new NpgsqlConnectionStringBuilder(_storage.ConnectionString).Database!;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private CuttableRoute Route() => new(new NpgsqlConnectionStringBuilder(_storage.ConnectionString).Host!);

    private string With(Action<NpgsqlConnectionStringBuilder> change)
    {
        var connection = new NpgsqlConnectionStringBuilder(_storage.ConnectionString);
        change(connection);
        return connection.ToString();
    }

    private ServiceProvider Services(string connectionString) => new ServiceCollection()
        .AddStorage(new ConfigurationBuilder()
            .AddInMemoryCollection([new("DataDirectory", _storage.Folder), new("Storage:Provider", "Postgres"), new("Storage:ConnectionString", connectionString)])
            .Build())
        .AddPostgresStorage()
        .AddSingleton<ILoggerProvider>(_log)
        .BuildServiceProvider();
}
