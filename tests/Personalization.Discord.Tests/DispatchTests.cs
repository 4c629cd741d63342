using Microsoft.Extensions.Logging;
using Personalization.Discord.Tests.StandIn;

namespace Personalization.Discord.Tests;

public sealed class DispatchTests
{
    [Fact]
    public async Task Interactions_are_stamped_with_the_time_they_came_in()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var peer = await JoinAsync(discord, bot);

        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(31));

        Assert.Equal(bot.Time.GetUtcNow(), (await bot.Handler.TakenAsync()).Handle.ReceivedAt);
    }

    [Fact]
    public async Task Slow_handler_delays_neither_heartbeats_nor_other_interactions()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        bot.Handler.Do = _ => bot.Handler.Released;
        var peer = await JoinAsync(discord, bot);

        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(31));
        await bot.Handler.TakenAsync();
        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(32));
        Assert.Equal(32UL, (await bot.Handler.TakenAsync()).Handle.Id);

        await peer.SendAsync("""{"op":1,"d":null}""");
        Assert.Equal(3, (await peer.ReceiveAsync(1)).GetInt32());
    }

    [Fact]
    public async Task Handler_that_blocks_its_thread_delays_nothing_else()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        using var release = new ManualResetEventSlim();
        bot.Handler.Do = interaction =>
        {
            if (interaction.Handle.Id == 31)
            {
                release.Wait(Deadline.Of, TestContext.Current.CancellationToken);
            }

            return Task.CompletedTask;
        };
        var peer = await JoinAsync(discord, bot);

        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(31));
        await bot.Handler.TakenAsync();
        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(32));
        Assert.Equal(32UL, (await bot.Handler.TakenAsync()).Handle.Id);
        release.Set();
    }

    [Fact]
    public async Task Handler_exception_is_logged_by_id_and_affects_nothing_else()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        bot.Handler.Do = _ => throw new NotSupportedException("broken");
        var peer = await JoinAsync(discord, bot);

        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(31, """[{"type":3,"name":"prompt","value":"my secret prompt"}]"""));
        await bot.Handler.TakenAsync();
        await bot.Logs.SeesAsync("Interaction 31 failed");
        bot.Handler.Do = _ => Task.CompletedTask;
        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(32));

        Assert.Equal(32UL, (await bot.Handler.TakenAsync()).Handle.Id);
        Assert.DoesNotContain(bot.Logs.Lines, line => line.Text.Contains("secret") || line.Text.Contains("interaction.token"));
    }

    [Theory]
    [InlineData("INTERACTION_CREATE", "{}")]
    [InlineData("INTERACTION_CREATE", """{"type":2,"data":{"name":"imagine"}}""")]
    [InlineData("INTERACTION_CREATE", """{"id":"1","application_id":"9","type":"x","token":5,"data":{}}""")]
    [InlineData("INTERACTION_CREATE", """{"id":"1","application_id":"9","type":1,"token":"t"}""")]
    [InlineData("INTERACTION_CREATE", "null")]
    [InlineData("SOMETHING_NEW", """{"a":1}""")]
    public async Task Malformed_event_affects_nothing_else(string name, string data)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var peer = await JoinAsync(discord, bot);

        await peer.DispatchAsync(name, data);
        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(32));

        Assert.Equal(32UL, (await bot.Handler.TakenAsync()).Handle.Id);
    }

    [Fact]
    public async Task Interactions_beyond_the_queue_are_dropped_and_logged()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        bot.Handler.Do = _ => bot.Handler.Released;
        var peer = await JoinAsync(discord, bot);

        // 64 are handled at once, one is about to be, and 1,024 wait.
        for (var id = 1UL; id <= 64 + 1 + 1024 + 1; id++)
        {
            await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(id));
        }

        await bot.Logs.SeesAsync("is not handled: too many wait");
        Assert.Contains(bot.Logs.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("is not handled"));
    }

    [Fact]
    public async Task Interactions_in_progress_are_finished_at_shutdown()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var isFinished = false;
        bot.Handler.Do = async _ =>
        {
            await bot.Handler.Released;
            isFinished = true;
        };
        var peer = await JoinAsync(discord, bot);
        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(31));
        await bot.Handler.TakenAsync();

        var stopping = bot.StopAsync();
        Assert.Equal(1000, await peer.Closed);
        await Assert.ThrowsAsync<TimeoutException>(() => stopping.WaitAsync(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken));
        bot.Handler.Release();
        await stopping;

        Assert.True(isFinished);
    }

    private static async Task<GatewayPeer> JoinAsync(DiscordStandIn discord, Bot bot)
    {
        var peer = await discord.AcceptAsync();
        await peer.BeginAsync(discord);
        await bot.SettledAsync();
        return peer;
    }
}
