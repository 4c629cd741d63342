using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Personalization.Pictures;
using Personalization.Storage.Postgres;
using Personalization.Storage.Sqlite;
using Personalization.Styles;
using Personalization.Testing;

namespace Personalization.Storage.Tests;

/// <summary>The storage as the program registers it, on real files in a temporary folder and a real database.</summary>
internal sealed class TemporaryStorage : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly PostgresServer? _server;
    private readonly bool _isOwner;
    private readonly ServiceProvider _services;

    private TemporaryStorage(TemporaryFolder folder, PostgresServer? server, string connectionString, bool isOwner)
    {
        _folder = folder;
        _server = server;
        ConnectionString = connectionString;
        _isOwner = isOwner;
        _services = Services(folder.FullName, Settings);
    }

    public DatabaseKind Kind => _server is null ? DatabaseKind.Sqlite : DatabaseKind.Postgres;

    public string Folder => _folder.FullName;

    /// <summary>SQLite's.</summary>
    public string DatabaseFile => Path.Combine(Folder, "personalization.db");

    /// <summary>Empty for SQLite's default.</summary>
    public string ConnectionString { get; }

    /// <summary>The settings that select the database.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings => [new("Storage:Provider", Kind.ToString()), new("Storage:ConnectionString", ConnectionString)];

    /// <summary>The name of PostgreSQL's database.</summary>
    private string Database => new Npgsql.NpgsqlConnectionStringBuilder(ConnectionString).Database!;

    /// <summary>The storage in a new folder and an empty database, not started.</summary>
    public static async Task<TemporaryStorage> CreateEmptyAsync(DatabaseKind kind)
    {
        var server = kind == DatabaseKind.Postgres ? await TestContext.Current.GetFixture<PostgresServer>() : null;
        var connectionString = server is null ? "" : await server.CreateDatabaseAsync();
        return new(new TemporaryFolder(), server, connectionString, isOwner: true);
    }

    public static async Task<TemporaryStorage> CreateAsync(DatabaseKind kind)
    {
        var storage = await CreateEmptyAsync(kind);
        await storage._services.MigrateStorageAsync(Cancellation);
        return storage;
    }

    /// <summary>
    /// A start after a kill of the process: for SQLite on a copy of the files, made while they are open, for PostgreSQL on the
    /// database whose sessions were all cut.
    /// </summary>
    public async Task<TemporaryStorage> AfterKillAsync()
    {
        TemporaryStorage storage;
        if (_server is null)
        {
            // While this holds the write lock, the files stay as they are: other tests close what is pooled, and the last
            // connection that closes removes the log.
            await using var connection = new SqliteConnection($"Data Source={DatabaseFile};Pooling=False");
            await connection.OpenAsync(Cancellation);
            await using var hold = connection.BeginTransaction();
            var copy = new TemporaryFolder();
            foreach (var file in _folder.GetFiles("personalization.db*").Where(file => file.Extension != ".lock"))
            {
                file.CopyTo(Path.Combine(copy.FullName, file.Name));
            }

            storage = new(copy, server: null, ConnectionString, isOwner: true);
        }
        else
        {
            await _server.EndSessionsAsync(Database);
            await _services.DisposeAsync();
            storage = Beside();
        }

        await storage._services.MigrateStorageAsync(Cancellation);
        return storage;
    }

    /// <summary>A second program on the same files and database, not started yet.</summary>
    public TemporaryStorage Beside() => new(_folder, _server, ConnectionString, isOwner: false);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task MigrateAsync() => _services.MigrateStorageAsync(Cancellation);

    public Task<PersonalizationContext> ContextAsync() => Get<IDbContextFactory<PersonalizationContext>>().CreateDbContextAsync(Cancellation);

    /// <summary>Cuts all sessions of PostgreSQL's database.</summary>
    public Task EndSessionsAsync() => _server!.EndSessionsAsync(Database);

    public async Task<IReadOnlyList<PictureId>> AddRankingPicturesAsync(int count)
    {
        var pictures = Enumerable.Range(0, count).Select(index => RankingPicture((uint)index)).ToList();
        var added = await Get<IPictureStore>().AddAsync(pictures, Cancellation);
        return [.. added.Select(picture => picture.Id)];
    }

    public static Picture RankingPicture(uint seed = 1) => new()
    {
        Kind = PictureKind.Ranking,
        Prompt = "a forest",
        Style = new StyleVector(0.5f, -1f, 0.1f),
        Seed = seed,
        Width = 512,
        Height = 512,
    };

    public static ServiceProvider Services(string folder, params IEnumerable<KeyValuePair<string, string?>> settings) =>
        new ServiceCollection()
            .AddStorage(new ConfigurationBuilder()
                .AddInMemoryCollection([new("DataDirectory", folder)])
                .AddInMemoryCollection(settings)
                .Build())
            .AddSqliteStorage()
            .AddPostgresStorage()
            .BuildServiceProvider();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (!_isOwner)
        {
            return;
        }

        _folder.Dispose();
        if (_server is not null)
        {
            await _server.DropAsync(Database);
        }
    }
}
