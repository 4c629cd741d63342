using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Personalization.EndToEnd;
using Xunit;

namespace Personalization.Playground.Tests;

/// <summary>The playground's answers held against Discord's own description: skipped where that is not at hand.</summary>
public sealed class DescribedAnswersTests
{
    private readonly List<string> _problems = [];

    [Fact]
    public async Task Answers_are_those_that_Discord_describes()
    {
        Assert.SkipWhen(OpenApiContract.Instance is null, "DISCORD_OPENAPI names no copy of Discord's OpenAPI document.");
        await using var playground = await PlaygroundFixture.StartAsync(TimeProvider.System);
        var application = $"/applications/{playground.Options.Application.Id}";
        var guild = $"/guilds/{playground.Options.Guilds[1].Id}";
        foreach (var path in new[]
        {
            "/gateway", "/gateway/bot", "/applications/@me", "/oauth2/applications/@me", "/users/@me", "/users/@me/guilds?with_counts=true", $"/users/{playground.Person(0)}",
            $"{guild}?with_counts=true", $"{guild}/channels", $"{guild}/roles", $"{guild}/roles/{playground.Options.Guilds[1].Roles[0].Id}", $"{guild}/members?limit=9",
            $"{guild}/members/search?query=l", $"{guild}/members/{playground.Person(2)}", $"{guild}/threads/active", $"{application}{guild}/commands/permissions",
            $"{guild}/emojis", $"{guild}/stickers", $"{application}/emojis", $"{application}/entitlements",
        })
        {
            await HoldAsync(playground, "GET", path, body: null);
        }

        await HoldCommandsAsync(playground, $"{application}/commands");
        await HoldChannelsAsync(playground);
        await HoldInteractionAsync(playground);

        Assert.True(_problems.Count == 0, string.Join('\n', _problems));
    }

    private async Task HoldCommandsAsync(PlaygroundFixture playground, string path)
    {
        var option = JsonNode.Parse("""{"type":3,"name":"text","description":"x","required":true,"choices":[{"name":"a","value":"a"}]}""");
        var command = new JsonObject { ["name"] = "say", ["description"] = "Says it", ["options"] = new JsonArray(option), ["contexts"] = new JsonArray(0, 1, 2) };
        await HoldAsync(playground, "PUT", path, new JsonArray(command));
        await HoldAsync(playground, "GET", path, body: null);
        var created = await HoldAsync(playground, "POST", path, JsonNode.Parse("""{"type":2,"name":"Who"}"""));
        await HoldAsync(playground, "PATCH", $"{path}/{created["id"]}", JsonNode.Parse("""{"name":"Which"}"""));
        await HoldAsync(playground, "GET", $"{path}/{created["id"]}", body: null);
    }

    private async Task HoldChannelsAsync(PlaygroundFixture playground)
    {
        var direct = await HoldAsync(playground, "POST", "/users/@me/channels", new JsonObject { ["recipient_id"] = playground.Person(0) });
        await HoldAsync(playground, "POST", $"/channels/{direct["id"]}/messages", Everything());
        var channel = $"/channels/{playground.Channel}";
        await HoldAsync(playground, "GET", channel, body: null);
        var first = await HoldAsync(playground, "POST", $"{channel}/messages", JsonNode.Parse("""{"content":"x","embeds":[{"title":"y"}],"nonce":"n","enforce_nonce":true}"""));
        await HoldAsync(playground, "POST", $"{channel}/messages", new JsonObject { ["content"] = "z", ["message_reference"] = new JsonObject { ["message_id"] = first["id"]!.ToString() } });
        await HoldAsync(playground, "PATCH", $"{channel}/messages/{first["id"]}", new JsonObject { ["content"] = "changed" });
        await HoldAsync(playground, "GET", $"{channel}/messages/{first["id"]}", body: null);
        await HoldAsync(playground, "GET", $"{channel}/messages", body: null);
        await HoldAsync(playground, "POST", $"{channel}/messages/{first["id"]}/threads", new JsonObject { ["name"] = "about it" });
        var thread = await HoldAsync(playground, "POST", $"{channel}/threads", new JsonObject { ["name"] = "talk", ["type"] = 12 });
        await HoldAsync(playground, "PUT", $"/channels/{thread["id"]}/thread-members/{playground.Person(1)}", body: null);
        await HoldAsync(playground, "GET", $"/channels/{thread["id"]}/thread-members", body: null);
        await HoldAsync(playground, "PATCH", $"/channels/{thread["id"]}", new JsonObject { ["archived"] = true, ["name"] = "talked" });
        await HoldAsync(playground, "GET", $"{channel}/threads/archived/private", body: null);
    }

    private async Task HoldInteractionAsync(PlaygroundFixture playground)
    {
        var (bot, command) = await StrictnessTests.CommandAsync(playground);
        await using var _ = bot;
        await HoldAsync(playground, "POST", $"/interactions/{command["id"]}/{command["token"]}/callback?with_response=true", new JsonObject { ["type"] = 4, ["data"] = Everything() });
        var webhook = $"/webhooks/{command["application_id"]}/{command["token"]}";
        var first = await HoldAsync(playground, "GET", $"{webhook}/messages/@original", body: null);
        await HoldAsync(playground, "POST", webhook, new JsonObject { ["content"] = "later", ["flags"] = 64 });
        await playground.People.PostAsJsonAsync("/playground/interactions", new JsonObject { ["person"] = playground.Person(1), ["type"] = 3, ["message"] = first["id"]!.ToString(), ["custom_id"] = "b" }, ScriptedBot.Deadline);
        var press = await bot.EventAsync("INTERACTION_CREATE");
        await HoldAsync(playground, "POST", $"/interactions/{press["id"]}/{press["token"]}/callback?with_response=true", new JsonObject { ["type"] = 4, ["data"] = new JsonObject { ["content"] = "x" } });
    }

    // A message with a component of each kind that needs no file.
    private static JsonObject Everything() => JsonNode.Parse("""
        {"flags":32768,"components":[
        {"type":17,"accent_color":1,"components":[{"type":10,"content":"a"},{"type":14,"divider":true,"spacing":1},{"type":9,"components":[{"type":10,"content":"b"}],"accessory":{"type":2,"style":1,"label":"c","custom_id":"a"}}]},
        {"type":1,"components":[{"type":2,"style":2,"label":"d","custom_id":"b"}]},
        {"type":1,"components":[{"type":3,"custom_id":"e","options":[{"label":"f","value":"f"}]}]},
        {"type":1,"components":[{"type":5,"custom_id":"g"}]}]}
        """)!.AsObject();

    private async Task<JsonObject> HoldAsync(PlaygroundFixture playground, string method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path[1..]) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await playground.Bot.SendAsync(request, ScriptedBot.Deadline);
        var text = await response.Content.ReadAsStringAsync(ScriptedBot.Deadline);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {text}");
        _problems.AddRange(await OpenApiContract.Instance!.ProblemsAsync(method, path.Split('?')[0], (int)response.StatusCode, text));
        return text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject ?? [];
    }
}
