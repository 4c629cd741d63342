using Personalization.Playground;
using Personalization.Testing;
using Xunit;

namespace Personalization.EndToEnd;

/// <summary>What was accepted is finished and delivered once, whatever dies in between.</summary>
public abstract class DurabilityTests(bool isOnPostgres) : ProgramTests
{
    private const string Prompt = "a lighthouse by the sea --v draft --seed 5";

    /// <summary>The moments of a job at which the process is killed: as the request is under way, before it is carried out.</summary>
    public static TheoryData<string> Moments => new("the acknowledgement", "the first edit", "the delivery");

    public override async ValueTask InitializeAsync()
    {
        if (isOnPostgres)
        {
            var server = await TestContext.Current.GetFixture<PostgresServer>();
            Storage = [("Storage:Provider", "Postgres"), ("Storage:ConnectionString", await server!.CreateDatabaseAsync())];
        }

        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (Playground is not null)
        {
            Assert.Equal(!isOnPostgres, File.Exists(Path.Combine(DataDirectory, "personalization.db")));
            await base.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

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

    private static bool IsMoment(RecordedRequest request, string moment) => moment switch
    {
        "the acknowledgement" => request.Path.EndsWith("/callback", StringComparison.Ordinal),
        "the first edit" => request.Method == "PATCH",
        _ => request.Method == "PATCH" && request.Json["attachments"]!.AsArray().Count > 0,
    };

    public sealed class OnSqlite() : DurabilityTests(isOnPostgres: false);

    public sealed class OnPostgres() : DurabilityTests(isOnPostgres: true);
}
