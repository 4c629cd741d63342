using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Personalization.Storage.Tests;

public sealed class SqliteStartTests
{
    [Theory]
    [InlineData("journal_mode", "wal")]
    [InlineData("synchronous", "2")]
    [InlineData("foreign_keys", "1")]
    [InlineData("busy_timeout", "10000")]
    public async Task Connection_setting_makes_commits_durable(string pragma, string value)
    {
        await using var storage = await TemporaryStorage.CreateAsync(DatabaseKind.Sqlite);
        await using var context = await storage.ContextAsync();
        await context.Database.OpenConnectionAsync(Cancellation);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {pragma}";

        Assert.Equal(value, (await command.ExecuteScalarAsync(Cancellation))!.ToString());
    }

    [Fact]
    public async Task Database_that_another_program_holds_is_called_busy_and_a_wrong_statement_is_not_another_version()
    {
        await using var storage = await TemporaryStorage.CreateAsync(DatabaseKind.Sqlite);
        await using var other = new SqliteConnection($"Data Source={storage.DatabaseFile};Default Timeout=1");
        await using var own = new SqliteConnection($"Data Source={storage.DatabaseFile};Default Timeout=1");
        await ExecuteAsync(other, "BEGIN EXCLUSIVE");

        var busy = await Assert.ThrowsAsync<SqliteException>(() => ExecuteAsync(own, "DELETE FROM Pairs"));
        await ExecuteAsync(other, "ROLLBACK");
        var wrong = await Assert.ThrowsAsync<SqliteException>(() => ExecuteAsync(own, "DELETE Pairs"));
        var earlier = await Assert.ThrowsAsync<SqliteException>(() => ExecuteAsync(own, "DELETE FROM Ballots"));

        var provider = storage.Get<DatabaseProviders>().Selected;
        Assert.StartsWith("The database is in use by another program", provider.Explain(busy), StringComparison.Ordinal);
        Assert.Null(provider.Explain(wrong));
        Assert.StartsWith("The database is of another version", provider.Explain(earlier), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migration_that_was_killed_does_not_block_the_next_start()
    {
        await using var storage = await TemporaryStorage.CreateAsync(DatabaseKind.Sqlite);
        await using var context = await storage.ContextAsync();
        await context.Database.ExecuteSqlRawAsync(
            "INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01')",
            Cancellation);

        await storage.MigrateAsync().WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
    }

    [Fact]
    public async Task File_that_is_not_a_database_is_named_and_left_unchanged()
    {
        await using var storage = await TemporaryStorage.CreateAsync(DatabaseKind.Sqlite);
        var folder = Directory.CreateDirectory(Path.Combine(storage.Folder, "other")).FullName;
        var file = Path.Combine(folder, "personalization.db");
        var text = string.Concat(Enumerable.Repeat("dear diary ", 1000));
        await File.WriteAllTextAsync(file, text, Cancellation);
        await using var services = TemporaryStorage.Services(folder);

        var exception = await Assert.ThrowsAsync<StorageException>(() => services.MigrateStorageAsync(Cancellation));

        Assert.Contains($"{file} is not a database", exception.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(file, Cancellation));
    }

    [Fact]
    public async Task Folder_that_cannot_be_created_is_named()
    {
        await using var services = TemporaryStorage.Services("/proc/personalization");

        var exception = await Assert.ThrowsAsync<StorageException>(() => services.MigrateStorageAsync(Cancellation));

        Assert.Contains("/proc/personalization cannot be made", exception.Message, StringComparison.Ordinal);
        Assert.Contains("DataDirectory", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_of_the_database_that_cannot_be_created_is_named_with_its_own_setting()
    {
        await using var storage = await TemporaryStorage.CreateEmptyAsync(DatabaseKind.Sqlite);
        await using var services = TemporaryStorage.Services(storage.Folder, [new("Storage:ConnectionString", "Data Source=/proc/personalization/my.db")]);

        var exception = await Assert.ThrowsAsync<StorageException>(() => services.MigrateStorageAsync(Cancellation));

        Assert.StartsWith("The folder /proc/personalization cannot be made", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Set Storage:ConnectionString to one", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_without_the_right_to_write_is_named()
    {
        await using var services = TemporaryStorage.Services("/proc/self");

        var exception = await Assert.ThrowsAsync<StorageException>(() => services.MigrateStorageAsync(Cancellation));

        Assert.Contains("personalization.db.lock cannot be written", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Storage:Provider", "MySql", "Storage:Provider is \"MySql\"")]
    [InlineData("Storage:ConnectionString", "Data Source=:memory:", "Storage:ConnectionString names no file")]
    [InlineData("Storage:ConnectionString", "Host=db;Database=x", "Storage:ConnectionString is not one for SQLite")]
    [InlineData("DataDirectory", "", "DataDirectory is empty")]
    public async Task Wrong_setting_is_named(string key, string value, string failure)
    {
        await using var services = TemporaryStorage.Services("unused", [new(key, value)]);

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => services.MigrateStorageAsync(Cancellation));

        Assert.Contains(failure, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_string_sets_the_path_of_the_database()
    {
        await using var storage = await TemporaryStorage.CreateAsync(DatabaseKind.Sqlite);
        var file = Path.Combine(storage.Folder, "deep", "my.db");
        await using var services = TemporaryStorage.Services(storage.Folder, [new("Storage:ConnectionString", $"Data Source={file}")]);

        await services.MigrateStorageAsync(Cancellation);
        SqliteConnection.ClearAllPools();

        Assert.True(File.Exists(file));
        Assert.Equal(OperatingSystem.IsWindows() ? "" : "700", Mode(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public async Task Data_folder_and_database_are_created_for_their_user_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        await using var outer = await TemporaryStorage.CreateEmptyAsync(DatabaseKind.Sqlite);
        var folder = Path.Combine(outer.Folder, "data");
        await using var services = TemporaryStorage.Services(folder);

        await services.MigrateStorageAsync(Cancellation);
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "personalization.db")};Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var read = connection.BeginTransaction();

        Assert.Equal("700", Mode(folder));
        Assert.Equal(["600", "600", "600", "600"], Directory.GetFiles(folder, "personalization.db*").Select(Mode));
        SqliteConnection.ClearAllPools();
    }

    [Fact]
    public async Task Data_folder_that_others_could_read_is_closed_to_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        await using var outer = await TemporaryStorage.CreateEmptyAsync(DatabaseKind.Sqlite);
        var folder = Directory.CreateDirectory(Path.Combine(outer.Folder, "data"));
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode = (UnixFileMode)0b111_101_101;
        }

        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "personalization.db"), "", Cancellation);
        await using var services = TemporaryStorage.Services(folder.FullName);

        await services.MigrateStorageAsync(Cancellation);

        // While it is open, the database's other files stay: other tests close what is pooled.
        await using var open = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "personalization.db")};Pooling=False");
        await ExecuteAsync(open, "select count(*) from Pictures");
        Assert.Equal("700", Mode(folder.FullName));
        Assert.All(folder.GetFiles(), file => Assert.Equal("600", Mode(file.FullName)));
        SqliteConnection.ClearAllPools();
    }

    private static string Mode(string path) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path), 8);

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
