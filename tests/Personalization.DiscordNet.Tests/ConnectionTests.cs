using Microsoft.Extensions.Logging;
using Personalization.Discord.Tests.StandIn;

namespace Personalization.DiscordNet.Tests;

public sealed class ConnectionTests
{
    private const string Callback = "/interactions/31/interaction.token/callback?with_response=true";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Press_in_work_is_answered_after_the_program_was_told_to_stop()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        discord.On("POST", Callback, new Answer(200, """{"interaction":{"id":"31","type":2},"resource":{"type":5,"message":{"id":"77","flags":128}}}"""));
        await using var bot = await Bot.StartAsync(discord);
        var peer = await Bot.BeginAsync(discord);
        await bot.Guilds.KnownAsync(7, Cancellation).WaitAsync(Deadline.Of, Cancellation);
        var release = new TaskCompletionSource();
        var answered = new TaskCompletionSource<ulong?>();
        bot.Handler.Do = async interaction =>
        {
            await release.Task;
            try
            {
                answered.SetResult((await interaction.DeferAsync(Cancellation))?.Id);
            }
            catch (Exception exception)
            {
                answered.SetException(exception);
            }
        };
        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(31));
        await bot.Handler.TakenAsync();

        var stop = bot.StopAsync();
        await peer.Closed;
        release.SetResult();

        Assert.Equal(77UL, await answered.Task.WaitAsync(Deadline.Of, Cancellation));
        await stop;
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("<html></html>")]
    public async Task Login_is_tried_again_after_an_answer_that_is_not_Discord_s(string answer)
    {
        var time = new WatchedTime();
        await using var discord = await DiscordStandIn.StartAsync();
        discord.GatewayBot = answer;
        await using var bot = await Bot.StartAsync(discord, time: time);

        await time.BegunAsync(TimeSpan.FromSeconds(5));
        discord.GatewayBot = discord.Gateway(shards: 1);
        time.Advance(TimeSpan.FromSeconds(5));

        await Bot.BeginAsync(discord);
    }

    [Fact]
    public async Task Login_without_an_answer_ends_when_the_program_is_told_to_stop()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        var never = new TaskCompletionSource<Answer>();
        discord.On("GET", "/gateway/bot", _ => never.Task);
        await using var bot = await Bot.StartAsync(discord, time: new WatchedTime());
        await discord.CallAsync("GET", "/gateway/bot");

        await bot.StopAsync();

        Assert.True(bot.IsOver);
        never.SetResult(new Answer(500));
    }

    [Fact]
    public async Task Shard_is_started_again_after_a_session_that_Discord_Net_cannot_read()
    {
        var time = new WatchedTime();
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord, time: time);
        var peer = await Bot.BeginAsync(discord);
        await bot.Logs.SeesAsync("Ready");

        await peer.DispatchAsync("READY", """{"v":10,"session_id":"first"}""");
        await time.PassAsync(TimeSpan.FromSeconds(5));

        await (await discord.AcceptAsync()).ReceiveAsync(6);
        Assert.Contains(bot.Logs.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("Processing READY failed: NullReferenceException"));
    }

    [Fact]
    public async Task Shard_whose_session_is_over_each_time_is_resumed_ever_later_and_stops_the_program_at_last()
    {
        var time = new WatchedTime();
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord, time: time);
        var stopping = new TaskCompletionSource();
        bot.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        var peer = await Bot.BeginAsync(discord);
        await bot.Logs.SeesAsync("Ready");
        try
        {
            foreach (var seconds in new[] { 5, 10 })
            {
                await peer.CloseAsync(4006);
                await time.PassAsync(TimeSpan.FromSeconds(seconds));
                peer = await discord.AcceptAsync();
                await peer.ReceiveAsync(6);
            }

            await peer.CloseAsync(4006);
            await stopping.Task.WaitAsync(Deadline.Of, Cancellation);

            Assert.Contains(bot.Logs.Lines, line => line.Level == LogLevel.Critical && line.Text.Contains("4006"));
        }
        finally
        {
            Environment.ExitCode = 0;
        }
    }

    [Fact]
    public async Task Server_of_another_process_has_no_open_channel()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord, configure: options => (options.ShardCount, options.Shards) = (2, [1]));
        Assert.Equal(1, (await Bot.IdentifiedAsync(await discord.AcceptAsync())).GetProperty("shard")[0].GetInt32());

        Assert.False(bot.Guilds.IsOpen(7, 8));
    }

    [Fact]
    public async Task Gateway_address_of_the_settings_is_asked_as_Discord_s_is()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord, configure: options => options.GatewayUrl = discord.GatewayUrl);

        Assert.Equal("/gateway?v=10&encoding=json&compress=zlib-stream", (await discord.AcceptAsync()).Target);
    }

    [Fact]
    public async Task Author_of_a_message_is_forgotten_after_some_minutes()
    {
        var time = new WatchedTime();
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord, time: time);
        var peer = await Bot.BeginAsync(discord);
        await peer.DispatchAsync("MESSAGE_CREATE", """{"id":"40","type":0,"channel_id":"8","guild_id":"7","content":"","author":{"id":"6","username":"bob"},"member":{"roles":[],"joined_at":"2026-01-01T00:00:00+00:00"},"attachments":[],"embeds":[],"mentions":[],"mention_roles":[],"components":[],"timestamp":"2026-01-01T00:00:00+00:00","tts":false,"pinned":false,"mention_everyone":false}""");
        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(31));
        await bot.Handler.TakenAsync();
        Assert.NotNull(bot.Client.GetUser(6));

        await time.PassAsync(TimeSpan.FromMinutes(10));

        while (bot.Client.GetUser(6) is not null)
        {
            await Task.Yield();
        }
    }
}
