using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Personalization.Pictures;
using Personalization.Storage.Pictures;

namespace Personalization.Storage.Tests;

public abstract class PictureStoreTests(DatabaseKind kind) : IAsyncLifetime
{
    private TemporaryStorage _storage = null!;

    private IPictureStore Pictures => _storage.Get<IPictureStore>();

    private IPictureFiles Files => _storage.Get<IPictureFiles>();

    public async ValueTask InitializeAsync() => _storage = await TemporaryStorage.CreateAsync(kind);

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Picture_is_read_back_as_it_was_added()
    {
        var picture = TemporaryStorage.RankingPicture(uint.MaxValue) with { Kind = PictureKind.Made, Author = new(ulong.MaxValue), Guild = new(5), FileKey = "key" };

        var added = Assert.Single(await Pictures.AddAsync([picture], Cancellation));

        Assert.True(added.Id.Value > 0);
        Assert.Equal(picture with { Id = added.Id }, await Pictures.FindAsync(added.Id, Cancellation));
    }

    [Fact]
    public async Task Ranking_pictures_are_listed_in_order_and_get_their_files()
    {
        var ids = await _storage.AddRankingPicturesAsync(50);
        await Pictures.AddAsync([Made(1)], Cancellation);

        await Pictures.SetFeaturesAsync(ids[1], new("pixels-1", [0.25f, 3]), Cancellation);
        await Pictures.SetFileAsync(ids[1], "second", Cancellation);

        var ranking = await Pictures.RankingPicturesAsync(Cancellation);
        Assert.Equal(ids, ranking.Select(picture => picture.Id));
        Assert.Equal(Enumerable.Range(0, 50).Select(seed => (uint)seed), ranking.Select(picture => picture.Seed));
        Assert.Equal([null, "second"], ranking.Take(2).Select(picture => picture.FileKey));
        Assert.Equal("pixels-1", ranking[1].Features!.Version);
        Assert.Equal([0.25f, 3], ranking[1].Features!.Values);
    }

    [Fact]
    public async Task Painted_picture_without_features_of_the_extractor_is_found_until_it_is_measured()
    {
        var ids = await _storage.AddRankingPicturesAsync(3);
        await Pictures.SetFileAsync(ids[0], "first", Cancellation);
        await Pictures.SetFeaturesAsync(ids[0], new("pixels-1", [1]), Cancellation);
        var made = Assert.Single(await Pictures.AddAsync([Made(1) with { FileKey = "made" }], Cancellation));

        Assert.Equal([made.Id], await Pictures.UnmeasuredAsync("pixels-1", Cancellation));
        Assert.Equal([made.Id, ids[0]], await Pictures.UnmeasuredAsync("pixels-2", Cancellation));
        Assert.Equal([made.Id, ids[0]], await Pictures.UnmeasuredAsync("pixels-0", Cancellation));

        await Pictures.SetFeaturesAsync(made.Id, new("pixels-1", [2]), Cancellation);
        Assert.Empty(await Pictures.UnmeasuredAsync("pixels-1", Cancellation));
    }

    [Fact]
    public async Task Unmeasured_pictures_are_looked_up_in_an_index_without_a_scan()
    {
        await using var context = await _storage.ContextAsync();
        await context.Database.OpenConnectionAsync(Cancellation);

        // PostgreSQL scans a small table whatever indexes it has, unless it is told not to.
        if (kind == DatabaseKind.Postgres)
        {
            await context.Database.ExecuteSqlRawAsync("SET enable_seqscan = off", Cancellation);
        }

        await using var command = PictureStore.Unmeasured(context, "pixels-1").CreateDbCommand();
        command.CommandText = $"{(kind == DatabaseKind.Sqlite ? "EXPLAIN QUERY PLAN" : "EXPLAIN")} {command.CommandText}";
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var plan = new List<string>();
        while (await reader.ReadAsync(Cancellation))
        {
            plan.Add(reader.GetString(reader.FieldCount - 1));
        }

        Assert.DoesNotContain(plan, step => step.Contains("SCAN ", StringComparison.Ordinal) || step.Contains("Seq Scan", StringComparison.Ordinal));
        var index = kind == DatabaseKind.Sqlite ? "INDEX IX_Pictures_Unmeasured (FeaturesVersion" : " \"IX_Pictures_Unmeasured\"";
        Assert.True(plan.Count(step => step.Contains(index, StringComparison.Ordinal)) == 3, string.Join('\n', plan));
    }

    [Fact]
    public async Task Texts_are_told_apart_and_ordered_by_their_bytes()
    {
        string[] sources = ["a", "B", "b", "A", "\u00E4", "Z", "z", "_", "a b", "a-b", "e\u0301", "\u00E9"];
        await Pictures.AddAsync([.. sources.Select(source => Made(1) with { Source = source })], Cancellation);

        await using var context = await _storage.ContextAsync();
        var ordered = await context.Pictures.OrderBy(picture => picture.Source).Select(picture => picture.Source).ToListAsync(Cancellation);

        Assert.Equal(sources.Order(StringComparer.Ordinal), ordered);
        Assert.Equal(1, await context.Pictures.CountAsync(picture => picture.Source == "a", Cancellation));
    }

    [Fact]
    public async Task Pictures_are_found_many_at_once_without_missing_ones()
    {
        var ids = await _storage.AddRankingPicturesAsync(1200);

        var found = await Pictures.FindAsync([.. ids, new PictureId(99_999)], Cancellation);

        Assert.Equal(ids, found.Select(picture => picture.Id).OrderBy(id => id.Value));
    }

    [Fact]
    public async Task Picture_of_a_painter_without_styles_has_no_style()
    {
        var added = Assert.Single(await Pictures.AddAsync([Made(1) with { Style = null }], Cancellation));

        Assert.Null((await Pictures.FindAsync(added.Id, Cancellation))!.Style);
    }

    [Fact]
    public async Task Made_pictures_are_paged_newest_first_without_private_ones()
    {
        var added = await Pictures.AddAsync([Made(1), Made(2), Made(3) with { Kind = PictureKind.Private }, Made(4)], Cancellation);

        var first = await Pictures.MadePicturesAsync(before: null, count: 2, Cancellation);
        var second = await Pictures.MadePicturesAsync(first[^1].Id, count: 2, Cancellation);

        Assert.Equal([4u, 2u], first.Select(picture => picture.Seed));
        Assert.Equal([added[0].Id], second.Select(picture => picture.Id));
    }

    [Fact]
    public async Task Made_pictures_of_guilds_are_those_that_belong_to_one_of_them()
    {
        var added = await Pictures.AddAsync([Made(1) with { Guild = new(5) }, Made(2) with { Guild = new(6) }, Made(3), Made(4) with { Guild = new(7) }, Made(5) with { Guild = new(5), Kind = PictureKind.Private }], Cancellation);

        var found = await Pictures.MadePicturesAsync(new HashSet<GuildId> { new(5), new(7) }, before: null, count: 10, Cancellation);
        var older = await Pictures.MadePicturesAsync(new HashSet<GuildId> { new(5), new(7) }, added[3].Id, count: 10, Cancellation);

        Assert.Equal([4u, 1u], found.Select(picture => picture.Seed));
        Assert.Equal([1u], older.Select(picture => picture.Seed));
        Assert.Empty(await Pictures.MadePicturesAsync(new HashSet<GuildId>(), before: null, count: 10, Cancellation));
    }

    [Fact]
    public async Task Guild_shares_from_when_it_is_set_until_it_is_set_back()
    {
        var guilds = _storage.Get<IGuildStore>();
        await guilds.SetSharingAsync(new(5), isSharing: false, Cancellation);
        await guilds.SetSharingAsync(new(ulong.MaxValue), isSharing: true, Cancellation);
        Assert.Equal([new GuildId(ulong.MaxValue)], await guilds.SharingAsync(Cancellation));

        await guilds.SetSharingAsync(new(5), isSharing: true, Cancellation);
        await guilds.SetSharingAsync(new(ulong.MaxValue), isSharing: false, Cancellation);

        Assert.Equal([new GuildId(5)], await guilds.SharingAsync(Cancellation));
    }

    [Fact]
    public async Task Deleted_picture_gives_up_its_file_once_no_other_picture_has_it()
    {
        var key = await Files.SaveAsync(new byte[] { 1 }, "png", Cancellation);
        var added = await Pictures.AddAsync([Made(1) with { FileKey = key }, Made(1) with { FileKey = key, Kind = PictureKind.Private }, TemporaryStorage.RankingPicture()], Cancellation);

        var unused = new List<string>();

        await DeleteAsync(added[0]);
        Assert.Empty(unused);
        await DeleteAsync(added[1]);
        await DeleteAsync(added[1]);
        await DeleteAsync(added[2]);

        Assert.Equal([key], unused);

        Assert.Equal(added[0] with { Kind = PictureKind.Deleted, FileKey = null }, await Pictures.FindAsync(added[0].Id, Cancellation));
        Assert.Equal(PictureKind.Ranking, (await Pictures.FindAsync(added[2].Id, Cancellation))!.Kind);
        await Assert.ThrowsAsync<FileNotFoundException>(() => Files.ReadAsync(key, Cancellation));
        await Files.DeleteAsync("../personalization.db", Cancellation);
        Assert.Equal(kind == DatabaseKind.Sqlite, File.Exists(_storage.DatabaseFile));

        Task DeleteAsync(Picture picture) => Pictures.DeleteAsync(
            picture.Id,
            file =>
            {
                unused.Add(file);
                return Files.DeleteAsync(file, Cancellation);
            },
            Cancellation);
    }

    [Fact]
    public async Task File_of_two_pictures_that_are_deleted_at_once_is_deleted()
    {
        var unused = new ConcurrentDictionary<string, bool>();
        foreach (var key in Enumerable.Range(0, 20).Select(number => $"{number}.png").ToList())
        {
            var added = await Pictures.AddAsync([Made(1) with { FileKey = key }, Made(1) with { FileKey = key }], Cancellation);

            await Task.WhenAll(added.Select(picture => Task.Run(() => Pictures.DeleteAsync(picture.Id, DeleteAsync, Cancellation))));

            Assert.Contains(key, unused.Keys);
        }

        Task DeleteAsync(string key)
        {
            unused[key] = true;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Picture_whose_file_cannot_be_deleted_is_not_deleted_either()
    {
        var picture = Assert.Single(await Pictures.AddAsync([Made(1) with { FileKey = "key" }], Cancellation));

        await Assert.ThrowsAsync<IOException>(() => Pictures.DeleteAsync(picture.Id, _ => throw new IOException("in use"), Cancellation));

        Assert.Equal(picture, await Pictures.FindAsync(picture.Id, Cancellation));
    }

    [Fact]
    public async Task Deletion_leaves_what_is_being_written_for_an_identical_picture()
    {
        var key = await Files.SaveAsync(new byte[] { 1 }, "png", Cancellation);
        var beingWritten = Path.Combine(_storage.Folder, "pictures", key[..2], $"{key}.7-1.tmp");
        await File.WriteAllBytesAsync(beingWritten, [1], Cancellation);

        await Files.DeleteAsync(key, Cancellation);

        Assert.Equal([beingWritten], Directory.GetFiles(Path.GetDirectoryName(beingWritten)!));
    }

    [Fact]
    public async Task Catalogue_lists_all_pictures_of_its_source_ranked_or_not_without_made_ones()
    {
        var exact = TemporaryStorage.RankingPicture();
        var added = await Pictures.AddAsync(
            [
                exact,
                exact with { Kind = PictureKind.Prepared },
                exact with { Kind = PictureKind.Retired },
                exact with { Kind = PictureKind.Prepared, Source = "ComfyUi sd15" },
                Made(1),
                Made(2) with { Kind = PictureKind.Private },
            ],
            Cancellation);

        Assert.Equal(added.Take(3).Select(picture => picture.Id), (await Pictures.CatalogueAsync(source: null, Cancellation)).Select(picture => picture.Id));
        Assert.Equal([added[3].Id], (await Pictures.CatalogueAsync("ComfyUi sd15", Cancellation)).Select(picture => picture.Id));
        Assert.Equal([added[0].Id], (await Pictures.RankingPicturesAsync(Cancellation)).Select(picture => picture.Id));
        Assert.Equal([added[4].Id], (await Pictures.MadePicturesAsync(before: null, count: 10, Cancellation)).Select(picture => picture.Id));
    }

    [Fact]
    public async Task Ranking_pictures_are_retired_when_others_replace_them()
    {
        var old = await _storage.AddRankingPicturesAsync(3);
        var prepared = await Pictures.AddAsync([.. Enumerable.Range(0, 1200).Select(seed => TemporaryStorage.RankingPicture((uint)seed) with { Kind = PictureKind.Prepared })], Cancellation);
        PictureId[] next = [old[1], .. prepared.Select(picture => picture.Id)];

        await Pictures.RankAsync(next, Cancellation);

        Assert.Equal(next, (await Pictures.RankingPicturesAsync(Cancellation)).Select(picture => picture.Id));
        Assert.Equal([PictureKind.Retired, PictureKind.Ranking, PictureKind.Retired], (await Pictures.FindAsync(old, Cancellation)).OrderBy(picture => picture.Id.Value).Select(picture => picture.Kind));
        Assert.Empty(await Pictures.MadePicturesAsync(before: null, count: 10, Cancellation));
    }

    [Fact]
    public async Task Picture_files_with_equal_bytes_are_stored_once()
    {
        byte[] content = [.. Enumerable.Range(0, 70_000).Select(index => (byte)index)];
        var keys = new string[8];

        await Parallel.ForAsync(0, keys.Length, Cancellation, async (index, _) => keys[index] = await Files.SaveAsync(content, "png", Cancellation));

        var key = Assert.Single(keys.Distinct());
        Assert.EndsWith(".png", key, StringComparison.Ordinal);
        Assert.Equal(content, await Files.ReadAsync(key, Cancellation));
        Assert.Equal([key], Directory.GetFiles(_storage.Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Where(name => !name!.StartsWith("personalization.db", StringComparison.Ordinal)));
        Assert.NotEqual(key, await Files.SaveAsync(content.AsMemory(1), "png", Cancellation));
    }

    [Theory]
    [InlineData("../personalization.db")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000.png")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000.png\n")]
    [InlineData("")]
    public async Task Picture_file_with_an_unknown_key_is_not_found(string key) =>
        await Assert.ThrowsAsync<FileNotFoundException>(() => Files.ReadAsync(key, Cancellation));

    [Fact]
    public async Task Picture_file_extension_cannot_lead_out_of_the_folder() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Files.SaveAsync(new byte[] { 1 }, "png/../../x", Cancellation));

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public async Task Damaged_picture_file_is_not_found_set_aside_and_can_be_saved_again(int length)
    {
        byte[] content = [.. Enumerable.Range(0, 1000).Select(index => (byte)index)];
        var key = await Files.SaveAsync(content, "png", Cancellation);
        var path = Path.Combine(_storage.Folder, "pictures", key[..2], key);
        await File.WriteAllBytesAsync(path, content[..length], Cancellation);

        Assert.False(Files.IsLost(key));
        await Assert.ThrowsAsync<FileNotFoundException>(() => Files.ReadAsync(key, Cancellation));
        await Assert.ThrowsAsync<FileNotFoundException>(() => Files.ReadAsync(key, Cancellation));

        Assert.True(Files.IsLost(key));
        Assert.Equal(length, new FileInfo($"{path}.damaged").Length);
        Assert.Equal(key, await Files.SaveAsync(content, "png", Cancellation));
        Assert.Equal(content, await Files.ReadAsync(key, Cancellation));
        Assert.False(Files.IsLost(key));
    }

    [Fact]
    public async Task Small_picture_is_read_only_whole_and_deleted_with_the_picture()
    {
        var key = await Files.SaveAsync(new byte[] { 1 }, "png", Cancellation);
        var path = Path.Combine(_storage.Folder, "pictures", key[..2], $"{key}.384");

        await Files.SaveSmallAsync(key, 384, new byte[] { 2, 3 }, Cancellation);
        var whole = await Files.ReadSmallAsync(key, 384, Cancellation);
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path, Cancellation))[..^1], Cancellation);
        var cut = await Files.ReadSmallAsync(key, 384, Cancellation);
        await Files.DeleteAsync(key, Cancellation);
        var left = Directory.GetFiles(Path.Combine(_storage.Folder, "pictures"), "*", SearchOption.AllDirectories);
        await Files.SaveSmallAsync(key, 384, new byte[] { 2, 3 }, Cancellation);

        Assert.Empty(left);
        Assert.Equal([2, 3], whole);
        Assert.Null(cut);
        Assert.Empty(Directory.GetFiles(Path.Combine(_storage.Folder, "pictures"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Picture_that_meets_a_full_disk_is_refused_and_the_next_is_stored()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no device that is always full here.");
        var content = new byte[] { 7 };
        var key = await Files.SaveAsync(content, "png", Cancellation);
        await Files.DeleteAsync(key, Cancellation);
        var space = _storage.Get<StorageSpace>();

        // The name under which the next picture is written first.
        File.CreateSymbolicLink(Path.Combine(_storage.Folder, "pictures", key[..2], $"{key}.{Environment.ProcessId}-2.tmp"), "/dev/full");
        await Assert.ThrowsAsync<StorageFullException>(() => Files.SaveAsync(content, "png", Cancellation));

        Assert.True(space.IsFull);
        Assert.Empty(Directory.GetFiles(Path.Combine(_storage.Folder, "pictures"), "*", SearchOption.AllDirectories));
        Assert.Equal(key, await Files.SaveAsync(content, "png", Cancellation));
        Assert.False(space.IsFull);
        Assert.Equal(content, await Files.ReadAsync(key, Cancellation));
    }

    [Fact]
    public async Task Picture_file_that_cannot_be_written_names_the_path_and_leaves_nothing()
    {
        await File.WriteAllTextAsync(Path.Combine(_storage.Folder, "pictures"), "in the way", Cancellation);

        var exception = await Assert.ThrowsAsync<StorageException>(() => Files.SaveAsync(new byte[] { 1 }, "png", Cancellation));

        Assert.Contains(Path.Combine(_storage.Folder, "pictures"), exception.Message, StringComparison.Ordinal);
    }

    private static Picture Made(uint seed) => TemporaryStorage.RankingPicture(seed) with { Kind = PictureKind.Made, Author = new(1) };

    public sealed class OnSqlite() : PictureStoreTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : PictureStoreTests(DatabaseKind.Postgres);
}
