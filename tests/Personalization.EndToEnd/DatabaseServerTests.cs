using Npgsql;
using Personalization.Testing;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>The program on a PostgreSQL server that fails it.</summary>
public sealed class DatabaseServerTests : ProgramTests
{
    // Its own, since it is stopped.
    private readonly PostgresServer _server = new();
    private string _connectionString = "";

    public override async ValueTask InitializeAsync()
    {
        _connectionString = await _server.CreateDatabaseAsync();
        Storage = [("Storage:Provider", "Postgres"), ("Storage:ConnectionString", _connectionString)];
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (Playground is not null)
        {
            await base.DisposeAsync();
        }

        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Program_goes_on_after_a_crash_of_its_server()
    {
        await using var bot = await ConnectProcessAsync();
        var ballot = await Ada.PressAsync(await Ada.RankAsync(), "Left");
        var thinking = await Ada.CommandAsync("imagine", "a lighthouse by the sea --v draft --seed 5");

        await _server.StopHardAsync();
        await bot.SeesAsync("has ended the session that keeps other processes out");
        await _server.StartAgainAsync();

        Assert.Single((await Ada.CompleteAsync(thinking)).Files);
        Assert.Contains("2 of 200", (await Ada.PressAsync(ballot, "Right")).Text);
        Assert.Single((await Ada.ImagineAsync("a forest --v draft --seed 6")).Files);
        await bot.SeesAsync("other processes are kept out as before");
        Assert.False(bot.HasExited);
    }

    [Fact]
    public async Task Installation_that_is_moved_after_a_kill_goes_on_where_it_stopped()
    {
        var server = Storage;
        Storage = [];
        Message ballot;
        await using (var bot = await ConnectProcessAsync())
        {
            ballot = await Ada.PressAsync(await Ada.RankAsync(), "Left");
            Playground.BeforeRequest = request =>
            {
                if (request.Method == "PATCH")
                {
                    bot.Kill();
                }
            };
            await Ada.CommandAsync("imagine", "a lighthouse by the sea --v draft --seed 5");
            await bot.ExitedAsync();
        }

        Playground.BeforeRequest = _ => { };
        await using (var move = BotProcess.Start(DataDirectory, ["move-storage"], [.. server]))
        {
            Assert.True(await move.ExitCodeAsync() == 0, move.Output);
            Assert.Contains("Pairs: 2 rows, SHA-256 ", move.Output);
            Assert.Contains("All is moved and compared.", move.Output);
        }

        File.Move(Path.Combine(DataDirectory, "personalization.db"), Path.Combine(DataDirectory, "backup.db"));
        Storage = server;
        await using var next = await ConnectProcessAsync();
        await Ada.SeesAsync(message => message.Files.Count == 1);
        Assert.Contains("2 of 200", (await Ada.PressAsync(ballot, "Right")).Text);
    }

    [Fact]
    public async Task Second_process_on_the_database_and_a_wrong_password_stop_with_one_line()
    {
        await using var bot = await ConnectProcessAsync();
        await using var second = BotProcess.Start(DataDirectory, [.. Storage, .. Playground.Settings]);
        var wrong = new NpgsqlConnectionStringBuilder(_connectionString) { Password = "canary" }.ToString();
        await using var refused = BotProcess.Start(DataDirectory, [Storage[0], ("Storage:ConnectionString", wrong), .. Playground.Settings]);

        Assert.Equal((1, 1), (await second.ExitCodeAsync(), await refused.ExitCodeAsync()));
        Assert.Contains("Another process uses the database test_", Assert.Single(Lines(second)));
        Assert.Contains("refuses the login: password authentication failed", Assert.Single(Lines(refused)));
        Assert.DoesNotContain("canary", refused.Output);

        static IEnumerable<string> Lines(BotProcess process) => process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !string.IsNullOrWhiteSpace(line));
    }
}
