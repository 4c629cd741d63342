using System.Security.Cryptography;
using Personalization.Testing;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>An installation whose disk is lost goes on from its backup.</summary>
public abstract class BackupTests(bool isOnPostgres) : ProgramTests
{
    private readonly DataFolder _backup = new();
    private readonly DataFolder _place = new();

    public override async ValueTask InitializeAsync()
    {
        if (isOnPostgres)
        {
            Storage = await NewDatabaseAsync();
        }

        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (Playground is not null)
        {
            await base.DisposeAsync();
        }

        _backup.Dispose();
        _place.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Backup_of_a_running_bot_is_restored_after_kills_of_both_commands()
    {
        Message ballot, grid;
        await using (var bot = await ConnectProcessAsync())
        {
            ballot = await Ada.PressAsync(await Ada.RankAsync(), "Left");
            grid = await Ada.ImagineAsync("a lighthouse by the sea --v draft --seed 5");
            await RunAsync(DataDirectory, Storage, () => Directory.GetFiles(_backup.Path, "*.db").Length > 0, "backup", "--to", _backup.Path);
            await RunAsync(DataDirectory, Storage, killWhen: null, "backup", "--to", _backup.Path);
            bot.Kill();
        }

        var target = isOnPostgres ? await NewDatabaseAsync() : [];
        await RunAsync(_place.Path, target, () => Directory.Exists(Path.Combine(_place.Path, "restore")), "restore", "--from", _backup.Path);
        await RunAsync(_place.Path, target, killWhen: null, "restore", "--from", _backup.Path);
        Assert.Equal(PicturesIn(DataDirectory), PicturesIn(_place.Path));

        await using var next = await BotProcess.ConnectAsync(Playground, _place.Path, [("Ranking:PaintAhead", "false"), .. target]);
        Assert.Contains("2 of 200", (await Ada.PressAsync(ballot, "Right")).Text);
        Assert.Single((await Ada.CompleteAsync(await Ada.PressAsync(grid, "U1"))).Files);
    }

    private static async Task<IReadOnlyList<(string, string)>> NewDatabaseAsync()
    {
        var server = await TestContext.Current.GetFixture<PostgresServer>();
        return [("Storage:Provider", "Postgres"), ("Storage:ConnectionString", await server!.CreateDatabaseAsync())];
    }

    /// <param name="killWhen">The process is killed once this is so; it may also have ended by then.</param>
    private static async Task RunAsync(string dataDirectory, IReadOnlyList<(string, string)> storage, Func<bool>? killWhen, params string[] line)
    {
        await using var command = BotProcess.Start(dataDirectory, line, [.. storage]);
        while (killWhen is not null && !command.HasExited && !killWhen())
        {
            await Task.Yield();
        }

        if (killWhen is null)
        {
            Assert.True(await command.ExitCodeAsync() == 0, command.Output);
        }
    }

    private static IReadOnlyList<(string Key, string Content)> PicturesIn(string folder) =>
    [
        .. Directory.GetFiles(Path.Combine(folder, "pictures"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file).Count(letter => letter == '.') == 1)
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file), Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))))),
    ];

    public sealed class OnSqlite() : BackupTests(isOnPostgres: false);

    public sealed class OnPostgres() : BackupTests(isOnPostgres: true);
}
