using System.Net;
using Microsoft.Data.Sqlite;
using Personalization.Playground;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>What was accepted is finished and delivered once, whatever dies in between.</summary>
public sealed class DurabilityTests : ProgramTests
{
    private const string Prompt = "a lighthouse by the sea --v draft --seed 5";

    /// <summary>The moments of a job at which the process is killed: as the request is under way, before it is carried out.</summary>
    public static TheoryData<string> Moments => new("the acknowledgement", "the first edit", "the delivery");

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Job_of_a_killed_process_is_delivered_once_by_the_next_start(string moment)
    {
        await using (var bot = await ConnectProcessAsync())
        {
            Playground.BeforeRequest = request =>
            {
                if (IsMoment(request, moment))
                {
                    bot.Kill();
                }
            };
            await Ada.TryCommandAsync("imagine", Prompt);
            await bot.ExitedAsync();
        }

        Playground.BeforeRequest = _ => { };
        await using var next = await ConnectAsync();
        var answer = await Ada.SeesAsync(message => message.Files.Count > 0);
        await next.SeesAsync("from Painted to Delivered");
        Assert.Contains("a lighthouse by the sea", answer.Text);
        Assert.Single(Ada.Messages, message => message.Files.Count > 0);
    }

    [Fact]
    public async Task Job_that_outlives_its_interaction_is_delivered_into_the_same_message()
    {
        Message thinking;
        await using (var bot = await ConnectProcessAsync())
        {
            Playground.BeforeRequest = request =>
            {
                if (request.Method == "PATCH")
                {
                    bot.Kill();
                }
            };
            thinking = await Ada.CommandAsync("imagine", Prompt);
            await bot.ExitedAsync();
        }

        Playground.BeforeRequest = _ => { };
        Playground.Time.Advance(TimeSpan.FromMinutes(16));
        await using var next = await ConnectAsync();
        var answer = await Ada.SeesAsync(message => message.Files.Count > 0);
        Assert.Equal(thinking.Id, answer.Id);
        Assert.Single(Ada.Messages, message => message.Files.Count > 0);
    }

    [Fact]
    public async Task Votes_and_buttons_outlive_a_kill()
    {
        Message ballot, grid;
        await using (var bot = await ConnectProcessAsync())
        {
            ballot = await Ada.PressAsync(await Ada.RankAsync(), "Left");
            grid = await Ada.ImagineAsync(Prompt);
            bot.Kill();
        }

        await using var next = await ConnectAsync();
        Assert.Contains("2 of 200", (await Ada.PressAsync(ballot, "Right")).Text);
        Assert.Single((await Ada.CompleteAsync(await Ada.PressAsync(grid, "U1"))).Files);
    }

    [Fact]
    public async Task Shutdown_hands_running_work_back_within_ten_seconds()
    {
        await using (var bot = await ConnectProcessAsync())
        {
            await Ada.CommandAsync("imagine", "a forest by the sea --seed 3");
            var (exitCode, took) = await bot.StopAsync();
            Assert.Equal(0, exitCode);
            Assert.True(took < TimeSpan.FromSeconds(10), $"It took {took}.");
        }

        await using var next = await ConnectAsync();
        await Ada.SeesAsync(message => message.Files.Count > 0);
        Assert.Single(Ada.Messages, message => message.Files.Count > 0);
    }

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

    private static bool IsMoment(RecordedRequest request, string moment) => moment switch
    {
        "the acknowledgement" => request.Path.EndsWith("/callback", StringComparison.Ordinal),
        "the first edit" => request.Method == "PATCH",
        _ => request.Method == "PATCH" && request.Json["attachments"]!.AsArray().Count > 0,
    };
}
