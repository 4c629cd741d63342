using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Personalization.Codes;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Storage.Backup;
using Personalization.Storage.Postgres;
using Personalization.Storage.Sqlite;
using Personalization.Testing;
using Personalization.Votes;

namespace Personalization.Storage.Tests;

/// <summary>Backups of a storage with a value in every column, restored into an empty place.</summary>
public abstract class StorageBackupTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly TemporaryFolder _backup = new();
    private readonly TemporaryFolder _place = new();
    private TemporaryStorage _storage = null!;
    private EarlierDatabase _content = null!;

    public async ValueTask InitializeAsync()
    {
        _storage = await TemporaryStorage.CreateEmptyAsync(kind);
        await using (var context = await _storage.ContextAsync())
        {
            _content = await EarlierDatabase.CreateAsync(context, kind, context.Database.GetMigrations().Last());
        }

        await _storage.MigrateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        _backup.Dispose();
        _place.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Restored_storage_has_every_row_every_code_and_every_picture_byte_for_byte()
    {
        var key = await AddPictureAsync([1, 2, 3]);
        var bytes = await _storage.Get<IPictureFiles>().ReadAsync(key, Cancellation);

        await BackUpAsync();
        await using var restored = await RestoreAsync();

        Assert.Equal(bytes, await restored.GetRequiredService<IPictureFiles>().ReadAsync(key, Cancellation));
        foreach (var pair in _content.Pairs)
        {
            Assert.Equal(pair, await restored.GetRequiredService<IBallotStore>().FindPairAsync(pair.Id, Cancellation));
        }

        foreach (var job in _content.Jobs)
        {
            Assert.Equivalent(job, await restored.GetRequiredService<IImagineJobStore>().FindAsync(job.Id, Cancellation), strict: true);
        }

        foreach (var (code, snapshot) in _content.Snapshots)
        {
            Assert.Equal(snapshot, await restored.GetRequiredService<ISnapshotStore>().FindAsync(code, Cancellation));
        }

        var next = await restored.GetRequiredService<IBallotStore>().OpenAsync(new(0, ProfileId.FirstOf(EarlierDatabase.Ben), new(1), new(2), null), Cancellation);
        Assert.True(next.Id > EarlierDatabase.DeletedPair);
    }

    [Fact]
    public async Task Every_vote_that_was_stored_before_a_backup_began_is_in_it_while_four_people_vote()
    {
        var ballots = _storage.Get<IBallotStore>();
        using var stop = new CancellationTokenSource();
        var stored = new int[4];
        var voters = Enumerable.Range(0, 4).Select(person => Task.Run(async () =>
        {
            var profile = new ProfileId(100 + (ulong)person);
            var pair = await ballots.OpenAsync(new(0, profile, new(1), new(2), null), Cancellation);
            while (!stop.IsCancellationRequested)
            {
                pair = (await ballots.AnswerAsync(pair, Choice.Left, new(0, profile, new(1), new(2), null), Cancellation))!;
                Interlocked.Increment(ref stored[person]);
            }
        })).ToArray();
        while (stored.Min() < 5)
        {
            await Task.Yield();
        }

        int[] before = [.. stored];
        await BackUpAsync();
        await stop.CancelAsync();
        await Task.WhenAll(voters);

        await using var restored = await RestoreAsync();
        for (var person = 0; person < 4; person++)
        {
            Assert.True((await restored.GetRequiredService<IBallotStore>().CountAsync(new(100 + (ulong)person), Cancellation)).Item1 >= before[person]);
        }
    }

    [Fact]
    public async Task Backup_that_is_stopped_leaves_the_earlier_one_and_the_next_goes_on()
    {
        var first = await AddPictureAsync([1]);
        await BackUpAsync();
        var second = await AddPictureAsync([2]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => new StorageBackup(_storage.Folder, _backup.FullName, TimeProvider.System)
            .RunAsync(CopyDatabaseAsync, _ => throw new InvalidOperationException(), 7, Cancellation));
        Assert.Equal((2, 1), (_backup.GetFiles("*.db").Length, _backup.GetFiles("*.json").Length));
        var copied = _backup.GetFiles(first, SearchOption.AllDirectories)[0].LastWriteTimeUtc;

        var manifest = await BackUpAsync();

        Assert.Equal((2, 2), (_backup.GetFiles("*.db").Length, _backup.GetFiles("*.json").Length));
        Assert.Contains(second, manifest.Pictures.Select(picture => picture.Name));
        Assert.Equal(copied, _backup.GetFiles(first, SearchOption.AllDirectories)[0].LastWriteTimeUtc);
    }

    [Fact]
    public async Task Oldest_backups_are_deleted_with_the_pictures_that_only_they_have()
    {
        var deleted = await AddPictureAsync([1]);
        await BackUpAsync(keep: 1);
        var made = await _storage.Get<IPictureStore>().MadePicturesAsync(null, 1, Cancellation);
        await _storage.Get<IPictureStore>().DeleteAsync(made[0].Id, key => _storage.Get<IPictureFiles>().DeleteAsync(key, Cancellation), Cancellation);
        var kept = await AddPictureAsync([2]);

        await BackUpAsync(keep: 1);

        Assert.Equal((1, 1), (_backup.GetFiles("*.db").Length, _backup.GetFiles("*.json").Length));
        Assert.Empty(_backup.GetFiles(deleted, SearchOption.AllDirectories));
        Assert.Single(_backup.GetFiles(kept, SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Other_files_in_the_folder_of_backups_are_left_alone()
    {
        var key = await AddPictureAsync([1]);
        string[] others = ["settings.json", "0.json", "personalization.db"];
        foreach (var other in others)
        {
            await File.WriteAllTextAsync(Path.Combine(_backup.FullName, other), "{}", Cancellation);
        }

        await BackUpAsync(keep: 1);
        await BackUpAsync(keep: 1);

        Assert.All(others, other => Assert.True(File.Exists(Path.Combine(_backup.FullName, other))));
        await using var restored = await RestoreAsync();
        Assert.NotEmpty(await restored.GetRequiredService<IPictureFiles>().ReadAsync(key, Cancellation));
    }

    [Fact]
    public async Task Folder_with_pictures_of_another_kind_of_backup_is_refused()
    {
        var picture = Path.Combine(_backup.FullName, "pictures", "aa", $"{new string('a', 64)}.png");
        Directory.CreateDirectory(Path.GetDirectoryName(picture)!);
        await File.WriteAllTextAsync(picture, "", Cancellation);

        var refusal = await Assert.ThrowsAsync<StorageException>(() => BackUpAsync());

        Assert.StartsWith($"{Path.Combine(_backup.FullName, "pictures")} has files that are of no backup that this command made.", refusal.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(picture));
    }

    [Fact]
    public async Task Picture_that_is_damaged_in_the_backup_is_named_and_no_program_starts_on_what_is_restored()
    {
        var key = await AddPictureAsync([1, 2, 3]);
        await BackUpAsync();
        await File.WriteAllBytesAsync(_backup.GetFiles(key, SearchOption.AllDirectories)[0].FullName, [1, 2, 4], Cancellation);

        var restore = await BeginAsync();

        Assert.Equal([key], await restore.CopyAsync(Cancellation));
        await using var services = TemporaryStorage.Services(_place.FullName);
        var exception = await Assert.ThrowsAsync<StorageException>(() => services.MigrateStorageAsync(Cancellation));
        Assert.Contains("has only a part of what is restored into it. Run restore again", exception.Message, StringComparison.Ordinal);

        await File.WriteAllBytesAsync(_backup.GetFiles(key, SearchOption.AllDirectories)[0].FullName, [1, 2, 3], Cancellation);
        Assert.Empty(await (await BeginAsync()).CopyAsync(Cancellation));
    }

    [Theory]
    [InlineData("personalization.db")]
    [InlineData("personalization.db-wal")]
    [InlineData("pictures")]
    public async Task Place_with_content_is_refused_and_named(string content)
    {
        await BackUpAsync();
        await File.WriteAllTextAsync(Path.Combine(_place.FullName, content), "", Cancellation);

        var exception = await Assert.ThrowsAsync<StorageException>(BeginAsync);

        Assert.StartsWith($"There is something already: {Path.Combine(_place.FullName, content)}.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_database_is_not_restored()
    {
        var manifest = await BackUpAsync();
        await using (var file = new FileStream(Path.Combine(_backup.FullName, manifest.Database.Name), FileMode.Open))
        {
            file.Position = 5000;
            file.WriteByte(77);
        }

        var exception = await Assert.ThrowsAsync<StorageException>(async () => await (await BeginAsync()).CopyAsync(Cancellation));

        Assert.StartsWith($"{manifest.Database.Name} is missing or damaged.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_is_for_its_own_user_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        await AddPictureAsync([1]);

        await BackUpAsync();

        Assert.All(_backup.GetFiles("*.*", SearchOption.AllDirectories).Where(file => file.Extension is not ".lock"), file => Assert.Equal("600", Mode(file.FullName)));
        Assert.All(Directory.GetDirectories(_backup.FullName, "*", SearchOption.AllDirectories), folder => Assert.Equal("700", Mode(folder)));

        static string Mode(string path) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path), 8);
    }

    private async Task<string> AddPictureAsync(byte[] content)
    {
        var key = await _storage.Get<IPictureFiles>().SaveAsync(content, "png", Cancellation);
        await _storage.Get<IPictureStore>().AddAsync([TemporaryStorage.RankingPicture() with { Kind = PictureKind.Made, FileKey = key }], Cancellation);
        return key;
    }

    private Task<BackupManifest> BackUpAsync(int keep = 7) => new StorageBackup(_storage.Folder, _backup.FullName, TimeProvider.System).RunAsync(
        CopyDatabaseAsync,
        file => new(new DbContextOptionsBuilder<PersonalizationContext>().UseSqlite($"Data Source={file};Mode=ReadOnly;Pooling=False").Options),
        keep,
        Cancellation);

    private async Task CopyDatabaseAsync(string file, CancellationToken cancellationToken)
    {
        if (kind == DatabaseKind.Sqlite)
        {
            await SqliteCopy.WriteAsync($"Data Source={_storage.DatabaseFile}", file, cancellationToken);
            return;
        }

        await using var source = TemporaryStorage.Services(_storage.Folder, _storage.Settings);
        await using var target = TemporaryStorage.Services(_storage.Folder, [new("Storage:ConnectionString", $"Data Source={file};Pooling=False")]);
        await StorageCopy.RunAsync(source, target, cancellationToken);
    }

    private Task<StorageRestore> BeginAsync() =>
        StorageRestore.BeginAsync(_backup.FullName, null, _place.FullName, Path.Combine(_place.FullName, "personalization.db"), Cancellation);

    private async Task<ServiceProvider> RestoreAsync()
    {
        var restore = await BeginAsync();
        Assert.Empty(await restore.CopyAsync(Cancellation));
        File.Move(restore.Database, Path.Combine(_place.FullName, "personalization.db"));
        restore.End();
        var services = TemporaryStorage.Services(_place.FullName, [new("Storage:ConnectionString", $"Data Source={Path.Combine(_place.FullName, "personalization.db")};Pooling=False")]);
        await services.MigrateStorageAsync(Cancellation);
        return services;
    }

    public sealed class OnSqlite() : StorageBackupTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : StorageBackupTests(DatabaseKind.Postgres);
}
