using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Personalization.Pictures;
using Personalization.Storage.Sqlite;
using Personalization.Styles;
using Personalization.Testing;

namespace Personalization.Storage.Tests;

/// <summary>The storage as the program registers it, on real files in a temporary folder.</summary>
internal sealed class TemporaryStorage : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly bool _ownsFolder;
    private readonly ServiceProvider _services;

    private TemporaryStorage(TemporaryFolder folder, bool ownsFolder)
    {
        _folder = folder;
        _ownsFolder = ownsFolder;
        _services = Services(folder.FullName);
    }

    public string Folder => _folder.FullName;

    public string DatabaseFile => Path.Combine(Folder, "personalization.db");

    /// <summary>The storage in a new folder, not started.</summary>
    public static TemporaryStorage Create() => new(new TemporaryFolder(), ownsFolder: true);

    public static async Task<TemporaryStorage> CreateAsync()
    {
        var storage = Create();
        await storage._services.MigrateStorageAsync(Cancellation);
        return storage;
    }

    /// <summary>A start after a kill of the process: on a copy of the files, made while they are open.</summary>
    public async Task<TemporaryStorage> AfterKillAsync()
    {
        var copy = new TemporaryFolder();
        foreach (var file in _folder.GetFiles("personalization.db*").Where(file => file.Extension != ".lock"))
        {
            file.CopyTo(Path.Combine(copy.FullName, file.Name));
        }

        var storage = new TemporaryStorage(copy, ownsFolder: true);
        await storage._services.MigrateStorageAsync(Cancellation);
        return storage;
    }

    /// <summary>A second program on the same files, not started yet.</summary>
    public TemporaryStorage Beside() => new(_folder, ownsFolder: false);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task MigrateAsync() => _services.MigrateStorageAsync(Cancellation);

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
            .BuildServiceProvider();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (_ownsFolder)
        {
            _folder.Dispose();
        }
    }
}
