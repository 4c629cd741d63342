using System.Text.Json.Nodes;
using Xunit;

namespace Personalization.Playground.Tests;

/// <summary>The gateway beyond the beginning of a session.</summary>
public sealed class GatewayTests
{
    [Theory]
    [InlineData(4000)]
    [InlineData(4004)]
    public async Task Gateway_sends_the_close_code_that_it_is_cut_with(int code)
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var (bot, _) = await ScriptedBot.LogInAsync(playground);
        await using var _ = bot;

        playground.Server.CutGateway(code);

        Assert.Null(await bot.NextAsync());
        Assert.Equal(code, bot.CloseCode);
    }

    [Theory]
    [InlineData("""{"user_ids":["1100000000000000102","7"]}""", "Grace", "7")]
    [InlineData("""{"user_ids":"1100000000000000103"}""", "Linus", "")]
    [InlineData("""{"query":"ma","limit":5}""", "Margaret", "")]
    public async Task Gateway_tells_of_the_members_that_are_asked_for(string request, string names, string missing)
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var (bot, _) = await ScriptedBot.LogInAsync(playground);
        await using var _ = bot;
        var asked = JsonNode.Parse(request)!.AsObject();
        (asked["guild_id"], asked["nonce"]) = ($"{playground.Options.Guilds[0].Id}", "n");

        await bot.SendAsync(8, asked);

        var chunk = await bot.EventAsync("GUILD_MEMBERS_CHUNK");
        Assert.Equal(names, string.Join(' ', chunk["members"]!.AsArray().Select(member => member!["user"]!["global_name"])));
        Assert.Equal(missing, string.Join(' ', chunk["not_found"]!.AsArray()));
        Assert.Equal("n", chunk["nonce"]!.ToString());
    }

    [Fact]
    public async Task Guild_is_told_of_with_its_threads_that_the_bot_sees_and_without_other_members()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var (bot, ready) = await ScriptedBot.LogInAsync(playground, intents: 1);
        await using var _ = bot;

        Assert.Equal(2, ready["d"]!["guilds"]!.AsArray().Count);
        await bot.EventAsync("GUILD_CREATE");
        var studio = await bot.EventAsync("GUILD_CREATE");
        Assert.Equal(["general", "after-dark", "curators"], Names(studio["channels"]!));
        Assert.Equal(["posters"], Names(studio["threads"]!));
        Assert.Equal(["@everyone", "Curators", "Personalization"], Names(studio["roles"]!));
        Assert.Equal(["Personalization"], studio["members"]!.AsArray().Select(member => member!["user"]!["username"]!.ToString()));
        Assert.Equal(5, studio["member_count"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("""["0","1"]""")]
    [InlineData("[0]")]
    [InlineData("[1,1]")]
    [InlineData("[-1,1]")]
    [InlineData("[0,null]")]
    [InlineData("[0.5,1]")]
    [InlineData("\"0,1\"")]
    public async Task Gateway_closes_with_4010_for_what_is_no_shard(string shard)
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        await using var bot = await ScriptedBot.ConnectAsync(playground);
        await bot.NextAsync();

        await bot.SendAsync(2, new JsonObject { ["token"] = PlaygroundFixture.Token, ["intents"] = 0, ["shard"] = JsonNode.Parse(shard), ["properties"] = new JsonObject() });

        Assert.Null(await bot.NextAsync());
        Assert.Equal(4010, bot.CloseCode);
    }

    private static IEnumerable<string> Names(JsonNode items) => items.AsArray().Select(item => item!["name"]!.ToString());
}
