using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Personalization.Playground.Tests;

/// <summary>Routes that client libraries call beside those of messages and interactions.</summary>
public sealed class RoutesTests
{
    [Fact]
    public async Task Command_can_be_changed_found_and_deleted_by_its_id_which_it_keeps()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var commands = $"applications/{playground.Options.Application.Id}/commands";
        var created = await ScriptedBot.SendAsync(playground, HttpMethod.Post, commands, Command("say", "Says it"));
        var one = $"{commands}/{created.Body["id"]}";

        var patched = await ScriptedBot.SendAsync(playground, HttpMethod.Patch, one, new JsonObject { ["description"] = "Says more" });
        Assert.Equal(("say", "Says more"), (patched.Body["name"]!.ToString(), patched.Body["description"]!.ToString()));
        Assert.NotEqual(created.Body["version"]!.ToString(), patched.Body["version"]!.ToString());
        var put = await ScriptedBot.SendAsync(playground, HttpMethod.Post, commands, Command("say", "Says less"));
        Assert.Equal((201, 200, created.Body["id"]!.ToString()), (created.Status, put.Status, put.Body["id"]!.ToString()));
        Assert.Equal("Says less", (await ScriptedBot.SendAsync(playground, HttpMethod.Get, one, body: null)).Body["description"]!.ToString());
        Assert.Equal(400, (await ScriptedBot.SendAsync(playground, HttpMethod.Patch, one, new JsonObject { ["description"] = "" })).Status);
        Assert.Equal(204, (await ScriptedBot.SendAsync(playground, HttpMethod.Delete, one, body: null)).Status);
        Assert.Equal(10063, (await ScriptedBot.SendAsync(playground, HttpMethod.Get, one, body: null)).Body["code"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":"say","description":"x"}""")]
    [InlineData("\"say\"")]
    [InlineData("""[{"name":"say","description":"x"},7]""")]
    public async Task Commands_stay_when_what_should_replace_them_is_no_list_of_commands(string body)
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        await PlacesTests.RegisterAsync(playground, """{"name":"kept","description":"x"}""");
        var commands = $"applications/{playground.Options.Application.Id}/commands";

        var refused = await ScriptedBot.SendAsync(playground, HttpMethod.Put, commands, JsonNode.Parse(body));

        Assert.Equal((400, 50035), (refused.Status, refused.Body["code"]?.GetValue<int>()));
        var kept = await playground.Bot.GetFromJsonAsync<JsonArray>(commands, ScriptedBot.Deadline);
        Assert.Equal("kept", Assert.Single(kept!)!["name"]!.ToString());
    }

    [Fact]
    public async Task Command_of_one_server_is_not_in_others()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var application = $"applications/{playground.Options.Application.Id}";
        await PlacesTests.RegisterAsync(playground, """{"name":"everywhere","description":"x"}""");
        await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"{application}/guilds/{playground.Options.Guilds[1].Id}/commands", Command("here", "x"));
        var (bot, _) = await ScriptedBot.LogInAsync(playground);
        await using var _ = bot;

        var asked = new JsonObject { ["type"] = 2, ["command"] = "here" };
        Assert.Equal("There is no command /here here.", (await playground.InteractAsync(0, asked.DeepClone().AsObject()))["message"]!.ToString());
        asked["channel"] = await playground.PlaceAsync(0, "general");
        var answer = playground.InteractAsync(0, asked);
        var interaction = await bot.EventAsync("INTERACTION_CREATE");
        Assert.Equal($"{playground.Options.Guilds[1].Id}", interaction["data"]!["guild_id"]!.ToString());
        await ScriptedBot.AnswerAsync(playground, interaction, 4, new JsonObject { ["content"] = "x" });
        await answer;
    }

    [Theory]
    [InlineData("GET", "guilds/1", 404, 10004)]
    [InlineData("GET", "guilds/1100000000000000004", 403, 50001)]
    [InlineData("GET", "guilds/1100000000000000002/members/7", 404, 10007)]
    [InlineData("GET", "guilds/1100000000000000002/roles/7", 404, 10011)]
    [InlineData("GET", "users/7", 404, 10013)]
    [InlineData("GET", "channels/7", 404, 10003)]
    [InlineData("GET", "channels/1100000000000000022", 403, 50001)]
    [InlineData("PATCH", "channels/1100000000000000010", 403, 50013)]
    [InlineData("PATCH", "channels/1100000000000000023", 403, 50013)]
    [InlineData("GET", "channels/1100000000000000010/thread-members", 400, 50024)]
    [InlineData("GET", "nowhere", 404, 0)]
    public async Task Route_refuses_what_is_not_there_or_not_for_the_bot(string method, string path, int status, int code)
    {
        await using var playground = await PlaygroundFixture.StartAsync();

        var answer = await ScriptedBot.SendAsync(playground, new HttpMethod(method), path, method == "GET" ? null : new JsonObject());

        Assert.Equal((status, code), (answer.Status, answer.Body["code"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("limit=2", "4 3")]
    [InlineData("limit=2&before=2", "1 0")]
    [InlineData("limit=2&after=1", "3 2")]
    [InlineData("limit=3&around=2", "3 2 1")]
    public async Task Messages_are_listed_newest_first_before_after_and_around_one(string query, string listed)
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var path = $"channels/{playground.Channel}/messages";
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await ScriptedBot.SendAsync(playground, HttpMethod.Post, path, new JsonObject { ["content"] = $"{i}" })).Body["id"]!.ToString());
        }

        var name = query.Split('&')[^1].Split('=');
        var asked = name[0] == "limit" ? query : $"limit={query[6]}&{name[0]}={ids[int.Parse(name[1])]}";
        var messages = await playground.Bot.GetFromJsonAsync<JsonArray>($"{path}?{asked}", ScriptedBot.Deadline);

        Assert.Equal(listed, string.Join(' ', messages!.Select(message => message!["content"])));
    }

    [Fact]
    public async Task Answers_have_the_bare_type_of_JSON_also_where_they_refuse()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        foreach (var path in new[] { "users/@me", "users/7", "nowhere" })
        {
            using var response = await playground.Bot.GetAsync(path, ScriptedBot.Deadline);
            Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        }
    }

    private static JsonObject Command(string name, string description) => new() { ["name"] = name, ["description"] = description };
}
