using System.Net;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>How the program's process begins and ends.</summary>
public sealed class ProcessTests : ProgramTests
{
    [Fact]
    public async Task Shutdown_of_the_playground_does_not_wait_for_open_pages()
    {
        await using var bot = BotProcess.Start(DataDirectory, ("Ranking:PaintAhead", "false"));
        var line = await bot.SeesAsync("this is the playground");
        await bot.SeesAsync(" commands");
        await bot.SeesAsync(BotProcess.Prepared);
        var address = new Uri(line.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal)));
        await using var ada = await Person.JoinAsync(address, index: 0, channel: 0);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Host = "evil.example" } };
        using var refusal = await client.SendAsync(request, TestContext.Current.CancellationToken);

        var (exitCode, took) = await bot.StopAsync();

        // Eight seconds is what the host waits for those who do not go by themselves.
        Assert.Equal(0, exitCode);
        Assert.True(took < TimeSpan.FromSeconds(8), $"It took {took}.");
        Assert.DoesNotContain("lost its connection", bot.Output);

        // Nor does a first start look as if something were wrong.
        Assert.DoesNotMatch(" (WRN|ERR|FTL) ", bot.Output);

        // What it keeps is for its own user, and what it shows for its own host names.
        Assert.Equal(HttpStatusCode.MisdirectedRequest, refusal.StatusCode);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        Assert.All(Directory.GetFiles(DataDirectory, "*", SearchOption.AllDirectories), file => Assert.Equal("600", OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(file), 8)));
    }

    [Fact]
    public async Task Invalid_setting_stops_the_start_and_is_named()
    {
        await using var bot = BotProcess.Start(DataDirectory, ("Imagine:DefaultVersion", "99"), ("Ranking:UnlockAt", "0"));
        Assert.Equal(1, await bot.ExitCodeAsync());
        Assert.Contains("Imagine:DefaultVersion", bot.Output);
        Assert.Contains("UnlockAt", bot.Output);
        Assert.DoesNotContain("   at ", bot.Output);
    }

    [Fact]
    public async Task Background_service_failure_ends_the_program_with_a_failure()
    {
        await (await ConnectAsync()).DisposeAsync();

        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(DataDirectory, "personalization.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "ALTER TABLE QRTZ_TRIGGERS RENAME COLUMN TRIGGER_STATE TO OF_ANOTHER_VERSION";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var broken = BotProcess.Start(DataDirectory, [("Ranking:PaintAhead", "false"), .. Playground.Settings]);
        Assert.Equal(1, await broken.ExitCodeAsync());
        Assert.Contains("BackgroundService failed", broken.Output);
    }
}
