using System.Text;
using Personalization.Discord.Interactions;
using Personalization.Discord.Tests.StandIn;
using Personalization.DiscordClient.Gateway;

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
    public async Task Interaction_beyond_the_places_is_refused_as_busy_within_half_a_second()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        bot.Handler.Do = _ => bot.Handler.Released;
        var peer = await JoinAsync(discord, bot);

        // 64 are handled at once.
        for (var id = 1UL; id <= 64; id++)
        {
            await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(id));
            await bot.Handler.TakenAsync();
        }

        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(65));
        await bot.Time.PassAsync(TimeSpan.FromMilliseconds(500));

        Assert.Equal((65UL, InteractionRefusal.Busy), await bot.Handler.RefusedAsync());
        Assert.Contains(bot.Logs.Lines, line => line.Text.Contains("1 interactions are not handled"));
    }

    [Fact]
    public async Task Interactions_whose_time_is_over_or_that_are_answered_leave_their_places()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        discord.On("POST", "/interactions/1/interaction.token/callback?with_response=true", new Answer(200));
        bot.Handler.Do = async interaction =>
        {
            if (interaction.Handle.Id == 1)
            {
                await interaction.DeferAsync(TestContext.Current.CancellationToken);
            }

            await bot.Handler.Released;
        };
        var peer = await JoinAsync(discord, bot);
        for (var id = 1UL; id <= 65; id++)
        {
            await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(id));
            await bot.Handler.TakenAsync();
        }

        // The first has been answered, so 64 places are taken; none of those is answered in time.
        Assert.False(bot.Answers.IsMissing);
        bot.Time.Advance(TimeSpan.FromSeconds(3));
        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(66));

        Assert.Equal(66UL, (await bot.Handler.TakenAsync()).Handle.Id);
        Assert.True(bot.Answers.IsMissing);
    }

    [Theory]
    [InlineData("""{"type":3,"name":"prompt","value":"a cat \ud800"}""")]
    [InlineData("""{"type":3,"name":"prompt","value":"LONG"}""")]
    [InlineData("""{"name":5,"value":"a cat"}""")]
    public async Task Command_that_cannot_be_read_is_refused_and_affects_nothing_else(string option)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var peer = await JoinAsync(discord, bot);

        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(31, $"[{option.Replace("LONG", new string('a', 900_000))}]"));
        Assert.Equal((31UL, InteractionRefusal.Unreadable), await bot.Handler.RefusedAsync());
        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(32));

        Assert.Equal(32UL, (await bot.Handler.TakenAsync()).Handle.Id);
    }

    [Fact]
    public void Gateway_message_has_null_for_what_is_nested_too_deeply_to_be_read_in_time()
    {
        var message = GatewayMessage.Parse(Encoding.UTF8.GetBytes($$"""{"deep":{{new string('[', 60_000)}}{{new string(']', 60_000)}},"op":0}"""));

        Assert.Equal($"{new string('[', 59)}null{new string(']', 59)}", message.GetProperty("deep").GetRawText());
        Assert.Equal(0, message.GetProperty("op").GetInt32());
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60_000)]
    public async Task Modal_that_is_nested_deeply_is_refused_and_affects_nothing_else(int depth)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var peer = await JoinAsync(discord, bot);
        var fields = string.Concat(Enumerable.Repeat("""{"type":1,"components":[""", depth)) + string.Concat(Enumerable.Repeat("]}", depth));

        await peer.DispatchAsync("INTERACTION_CREATE", $$$"""{"id":"31","application_id":"9","type":5,"token":"t","user":{"id":"5"},"data":{"custom_id":"imagine:edited","components":[{{{fields}}}]}}""");
        Assert.Equal((31UL, InteractionRefusal.Unreadable), await bot.Handler.RefusedAsync());
        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(32));

        Assert.Equal(32UL, (await bot.Handler.TakenAsync()).Handle.Id);
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
