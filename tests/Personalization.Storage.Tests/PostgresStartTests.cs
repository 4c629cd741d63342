using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Personalization.Pictures;
using Personalization.Storage.Postgres;
using Personalization.Testing;
using Personalization.Votes;

namespace Personalization.Storage.Tests;

public sealed class PostgresStartTests : IDisposable
{
    private const string Password = "canary;of=the password";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "Storage:ConnectionString is empty, and Storage:Provider is Postgres; write Host=")]
    [InlineData("Database=x", "Storage:ConnectionString has no Host; write Host=")]
    [InlineData("Host=db", "Storage:ConnectionString has no Database; write Host=")]
    [InlineData("Data Source=personalization.db", "Storage:ConnectionString is not one for PostgreSQL; write Host=")]
    [InlineData("Host=db;Database=x;Port=many", "Storage:ConnectionString is not one for PostgreSQL; write Host=")]
    [InlineData($"Host=db;Database=x;Password={Password}", "put a value with a semicolon in it into quotation marks.")]
    public async Task Wrong_connection_string_is_explained_without_what_is_secret(string connectionString, string explanation)
    {
        await using var services = TemporaryStorage.Services("unused", [new("Storage:Provider", "Postgres"), new("Storage:ConnectionString", connectionString)]);

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => services.MigrateStorageAsync(Cancellation));

        Assert.Contains(explanation, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("of=", exception.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Server_that_does_not_answer_is_named() =>
        await FailsAsync("Host=127.0.0.1;Port=1;Database=x", "The database x on 127.0.0.1:1 does not answer: ", "Start the server, or correct Host and Port");

    [Fact]
    public async Task Refused_login_is_named()
    {
        await using var storage = await TemporaryStorage.CreateEmptyAsync(DatabaseKind.Postgres);
        var right = new NpgsqlConnectionStringBuilder(storage.ConnectionString);

        await FailsAsync(With(wrong => wrong.Password = Password), $"The database {right.Database} on {right.Host}:5432 refuses the login: password authentication failed for user \"postgres\". Correct Username, and Password or the file of Passfile");
        await FailsAsync(With(wrong => wrong.Username = "stranger"), "refuses the login: password authentication failed for user \"stranger\"");
        await FailsAsync(With(wrong => wrong.Password = null), "refuses the login: it wants a password, and there is none. Correct Username, and Password or the file of Passfile");

        string With(Action<NpgsqlConnectionStringBuilder> change)
        {
            var wrong = new NpgsqlConnectionStringBuilder(storage.ConnectionString);
            change(wrong);
            return wrong.ToString();
        }
    }

    [Fact]
    public async Task Database_that_does_not_exist_is_named_and_not_created()
    {
        await using var storage = await TemporaryStorage.CreateEmptyAsync(DatabaseKind.Postgres);
        var missing = new NpgsqlConnectionStringBuilder(storage.ConnectionString) { Database = "missing" }.ToString();

        await FailsAsync(missing, "The database missing on ", "does not exist. Create it, with its user as the owner");
        await FailsAsync(missing, "does not exist. Create it");
    }

    [Fact]
    public async Task User_who_may_not_create_tables_is_told_so()
    {
        await using var storage = await TemporaryStorage.CreateEmptyAsync(DatabaseKind.Postgres);
        await using (var context = await storage.ContextAsync())
        {
            await context.Database.ExecuteSqlRawAsync($"CREATE ROLE reader LOGIN PASSWORD '{Password}'", Cancellation);
            await context.Database.ExecuteSqlRawAsync("REVOKE CREATE ON SCHEMA public FROM PUBLIC", Cancellation);
        }

        await FailsAsync(
            new NpgsqlConnectionStringBuilder(storage.ConnectionString) { Username = "reader", Password = Password }.ToString(),
            "does not let its user do this: permission denied for schema public. Make that user the owner of the database.");
    }

    [Fact]
    public async Task Command_on_a_database_that_cannot_be_used_is_told_why()
    {
        await using var services = Services("Host=127.0.0.1;Port=1;Database=x");

        var exception = Assert.Throws<StorageException>(services.RequireStorage);

        Assert.StartsWith("The database x on 127.0.0.1:1 does not answer: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_without_space_refuses_a_write_until_it_has_some()
    {
        await using var storage = await TemporaryStorage.CreateAsync(DatabaseKind.Postgres);
        await using var context = await storage.ContextAsync();
        await context.Database.ExecuteSqlRawAsync(
            """
            CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
            CREATE TRIGGER filled BEFORE INSERT ON "Pictures" EXECUTE FUNCTION fill();
            """,
            Cancellation);
        var space = storage.Get<StorageSpace>();

        await Assert.ThrowsAsync<StorageFullException>(() => storage.AddRankingPicturesAsync(1));
        Assert.True(space.IsFull);

        await context.Database.ExecuteSqlRawAsync("DROP TRIGGER filled ON \"Pictures\"", Cancellation);
        await storage.AddRankingPicturesAsync(1);
        Assert.False(space.IsFull);
    }

    [Fact]
    public async Task Stores_work_on_after_a_restart_of_the_server()
    {
        await using var storage = await TemporaryStorage.CreateAsync(DatabaseKind.Postgres);
        var pictures = await storage.AddRankingPicturesAsync(1);

        await storage.EndSessionsAsync();
        Assert.NotNull(await storage.Get<IPictureStore>().FindAsync(pictures[0], Cancellation));

        await storage.EndSessionsAsync();
        Assert.Single(await storage.AddRankingPicturesAsync(1));
    }

    [Fact]
    public async Task Other_processes_are_kept_out_after_a_restart_of_the_server_too()
    {
        await using var storage = await TemporaryStorage.CreateEmptyAsync(DatabaseKind.Postgres);
        var log = new RecordedLog();
        await using var services = Services(storage.ConnectionString, services => services.AddSingleton<ILoggerProvider>(log));
        await services.MigrateStorageAsync(Cancellation);

        await storage.EndSessionsAsync();

        await log.SeenAsync("other processes are kept out as before");
        await Assert.ThrowsAsync<StorageInUseException>(storage.MigrateAsync);
    }

    [Fact]
    public async Task Process_that_loses_the_database_to_another_one_stops()
    {
        await using var storage = await TemporaryStorage.CreateEmptyAsync(DatabaseKind.Postgres);
        var lifetime = new Lifetime();
        await using var services = Services(storage.ConnectionString, services => services.AddSingleton<IHostApplicationLifetime>(lifetime));
        await services.MigrateStorageAsync(Cancellation);
        await using var context = await storage.ContextAsync();
        var locks = context.Database.SqlQuery<int>($"SELECT pid AS \"Value\" FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY granted DESC");
        var owner = Assert.Single(await locks.ToListAsync(Cancellation));

        var other = storage.MigrateAsync();
        while (await locks.CountAsync(Cancellation) < 2)
        {
            await Task.Yield();
        }

        await context.Database.ExecuteSqlAsync($"SELECT pg_terminate_backend({owner})", Cancellation);

        await other;
        await lifetime.Stopped.WaitAsync(Deadline, Cancellation);
    }

    [Fact]
    public async Task Write_that_is_run_again_and_read_after_a_lost_session_log_no_error()
    {
        await using var storage = await TemporaryStorage.CreateAsync(DatabaseKind.Postgres);
        var pictures = await storage.AddRankingPicturesAsync(1);
        var log = new RecordedLog { MinLevel = LogLevel.Warning };
        await using var services = Services(storage.ConnectionString, services => services.AddSingleton<ILoggerProvider>(log));
        var ballots = services.GetRequiredService<IBallotStore>();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => ballots.LikeAsync(new(new(1), pictures[0], []), Cancellation))));
        await storage.EndSessionsAsync();

        Assert.Equal((0, 1), await ballots.CountAsync(new(1), Cancellation));
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Server_that_may_lose_commits_is_warned_of()
    {
        await using var storage = await TemporaryStorage.CreateEmptyAsync(DatabaseKind.Postgres);
        var log = new RecordedLog();
        await using var services = Services(storage.ConnectionString, services => services.AddSingleton<ILoggerProvider>(log));

        await services.MigrateStorageAsync(Cancellation);

        Assert.Contains(log.Lines, line => line.Contains("fsync is off in the database test_", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("synchronous_commit is off", StringComparison.Ordinal));
    }

    private ServiceProvider Services(string connectionString, Action<IServiceCollection>? add = null)
    {
        var services = new ServiceCollection()
            .AddStorage(new ConfigurationBuilder()
                .AddInMemoryCollection([new("DataDirectory", _folder.FullName), new("Storage:Provider", "postgres"), new("Storage:ConnectionString", connectionString)])
                .Build())
            .AddPostgresStorage();
        add?.Invoke(services);
        return services.BuildServiceProvider();
    }

    /// <summary>A start says each of the explanations, and no password.</summary>
    private async Task FailsAsync(string connectionString, params string[] explanations)
    {
        await using var services = Services(connectionString);

        var exception = await Assert.ThrowsAsync<StorageException>(() => services.MigrateStorageAsync(Cancellation));

        Assert.All(explanations, explanation => Assert.Contains(explanation, exception.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("canary", exception.ToString(), StringComparison.Ordinal);
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Stopped => _stopped.Task;

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopped.SetResult();
    }
}
