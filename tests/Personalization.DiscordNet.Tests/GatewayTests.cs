using Microsoft.Extensions.Logging;
using Personalization.Discord.Components;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Discord.Tests.StandIn;

namespace Personalization.DiscordNet.Tests;

public sealed class GatewayTests
{
    private const string Callback = "/interactions/31/interaction.token/callback?with_response=true";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(4004, "Discord:Token")]
    [InlineData(4010, "Discord:Shards")]
    [InlineData(4011, "Discord:ShardCount")]
    [InlineData(4012, "Update this program")]
    [InlineData(4013, "intents")]
    [InlineData(4014, "intents")]
    public async Task Fatal_close_code_stops_the_program_and_says_what_to_change(int closeCode, string advice)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var stopping = new TaskCompletionSource();
        bot.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        try
        {
            var peer = await discord.AcceptAsync();
            await Bot.IdentifiedAsync(peer);
            await peer.CloseAsync(closeCode);
            await stopping.Task.WaitAsync(Deadline.Of, Cancellation);

            Assert.Equal(1, Environment.ExitCode);
            Assert.Contains(bot.Logs.Lines, line => line.Level == LogLevel.Critical && line.Text.Contains(advice) && line.Text.Contains($"{closeCode}"));
        }
        finally
        {
            Environment.ExitCode = 0;
        }
    }

    [Fact]
    public async Task Shards_are_as_many_as_Discord_recommends_and_the_bot_is_ready_once_all_are()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        discord.GatewayBot = discord.Gateway(shards: 2, maximumConcurrency: 2);
        await using var bot = await Bot.StartAsync(discord, [new CommandDefinition { Name = "rank", Description = "Rank." }]);

        var shards = new List<int>();
        foreach (var peer in new[] { await discord.AcceptAsync(), await discord.AcceptAsync() })
        {
            var identify = await Bot.IdentifiedAsync(peer);
            Assert.Equal((1 << 0) | (1 << 9), identify.GetProperty("intents").GetInt32());
            shards.Add(identify.GetProperty("shard")[0].GetInt32());
            Assert.Equal(2, identify.GetProperty("shard")[1].GetInt32());
            Assert.False(bot.State.IsReady);
            await peer.DispatchAsync("READY", $$$"""{"v":10,"session_id":"first","resume_gateway_url":"{{{discord.GatewayUrl}}}","application":{"id":"9","flags":0},"guilds":[],"private_channels":[],"user":{"id":"9","username":"bot","discriminator":"0000","avatar":null}}""");
        }

        Assert.Equal([0, 1], shards.Order());
        Assert.Equal("rank", (await discord.CallAsync("PUT", "/applications/9/commands")).Json[0].GetProperty("name").GetString());
        while (!bot.State.IsReady)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Command_has_user_place_and_options_and_its_deferral_gives_the_message()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        discord.On("POST", Callback, new Answer(200, """{"interaction":{"id":"31","type":2},"resource":{"type":5,"message":{"id":"77","flags":128}}}"""));
        await using var bot = await Bot.StartAsync(discord);
        var peer = await Bot.BeginAsync(discord);
        await bot.Guilds.KnownAsync(7, Cancellation).WaitAsync(Deadline.Of, Cancellation);

        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(31, """[{"type":3,"name":"prompt","value":"a red door"},{"type":4,"name":"count","value":4}]"""));
        var interaction = await bot.Handler.TakenAsync();

        Assert.Equal((InteractionKind.Command, "imagine", new DiscordUser(5, "ada", "Ada")), (interaction.Kind, interaction.Name, interaction.User));
        Assert.Equal((31UL, 9UL, "interaction.token", 7UL), (interaction.Handle.Id, interaction.Handle.ApplicationId, interaction.Handle.Token, interaction.Handle.GuildId));
        Assert.Equal(("a red door", 4, null), (interaction.Text("prompt"), interaction.Number("count"), interaction.Text("absent")));
        Assert.Equal((1000, "de", true, true, false), (interaction.AttachmentSizeLimit, interaction.Locale, interaction.IsInstalledByGuild, interaction.CanPostToChannel, interaction.MayManageGuild));
        Assert.Equal(77UL, (await interaction.DeferAsync(Cancellation))!.Id);
        Assert.Equal(5, (await discord.CallAsync("POST", Callback)).Json.GetProperty("type").GetInt32());

        // A second answer is refused, as Discord would.
        var refusal = await Assert.ThrowsAsync<DiscordException>(() => interaction.ReplyAsync(new() { Components = [new TextDisplay("b")] }, Cancellation));
        Assert.Equal(DiscordErrorCode.AlreadyAcknowledged, refusal.Code);
    }

    [Fact]
    public async Task Channel_is_open_where_every_member_sees_it_and_it_is_not_for_adults()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        Assert.False(bot.Guilds.IsOpen(7, 8));
        await Bot.BeginAsync(discord);
        await bot.Guilds.KnownAsync(7, Cancellation).WaitAsync(Deadline.Of, Cancellation);

        Assert.Equal([true, false, false, false, false], new ulong[] { 8, 10, 11, 12, 404 }.Select(channel => bot.Guilds.IsOpen(7, channel)));
    }
}
