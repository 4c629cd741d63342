using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Personalization.Playground.Tests;

/// <summary>What the token of an interaction reaches, and for how long.</summary>
public sealed class TokenTests
{
    [Theory]
    [InlineData("GET")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Token_reaches_its_own_answers_and_no_other_message(string method)
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var (bot, first) = await StrictnessTests.CommandAsync(playground);
        await using var _ = bot;
        var own = await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"channels/{playground.Channel}/messages", Content("the bot's own"));
        await ScriptedBot.AnswerAsync(playground, first, 4, Content("to the first"));
        var later = await ScriptedBot.SendAsync(playground, HttpMethod.Post, Webhook(first), Content("later"));
        await playground.People.PostAsJsonAsync("/playground/interactions", StrictnessTests.Command(playground), ScriptedBot.Deadline);
        var second = await bot.EventAsync("INTERACTION_CREATE");
        await ScriptedBot.AnswerAsync(playground, second, 4, Content("to the second"));
        var ids = (await playground.MessagesAsync(0)).ToDictionary(message => message["content"]!.ToString(), message => message["id"]!.ToString());

        Assert.Equal((404, 10008), await ReachAsync(second, own.Body["id"]!.ToString()));
        Assert.Equal((404, 10008), await ReachAsync(second, ids["to the first"]));
        Assert.Equal((404, 10008), await ReachAsync(second, later.Body["id"]!.ToString()));
        var reached = (method == "DELETE" ? 204 : 200, 0);
        Assert.Equal(reached, await ReachAsync(second, ids["to the second"]));
        Assert.Equal(reached, await ReachAsync(first, later.Body["id"]!.ToString()));
        Assert.Equal(reached, await ReachAsync(first, "@original"));

        async Task<(int, int)> ReachAsync(JsonObject interaction, string message)
        {
            var answer = await ScriptedBot.SendAsync(playground, new HttpMethod(method), $"{Webhook(interaction)}/messages/{message}", method == "PATCH" ? Content("changed") : null);
            return (answer.Status, answer.Body["code"]?.GetValue<int>() ?? 0);
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public async Task Token_of_a_press_that_changes_its_message_reaches_it(int type)
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var (bot, command) = await StrictnessTests.CommandAsync(playground);
        await using var _ = bot;
        var button = JsonNode.Parse("""{"content":"x","components":[{"type":1,"components":[{"type":2,"style":1,"label":"x","custom_id":"x"}]}]}""")!.AsObject();
        await ScriptedBot.AnswerAsync(playground, command, 4, button);
        var message = Assert.Single(await playground.MessagesAsync(0))["id"]!.ToString();
        await playground.People.PostAsJsonAsync("/playground/interactions", new JsonObject { ["person"] = playground.Person(1), ["type"] = 3, ["message"] = message, ["custom_id"] = "x" }, ScriptedBot.Deadline);
        var press = await bot.EventAsync("INTERACTION_CREATE");
        await ScriptedBot.AnswerAsync(playground, press, type, type == 6 ? null : Content("pressed"));

        var edited = await ScriptedBot.SendAsync(playground, HttpMethod.Patch, $"{Webhook(press)}/messages/@original", Content("edited"));

        Assert.Equal((200, message), (edited.Status, edited.Body["id"]?.ToString()));
    }

    [Fact]
    public async Task Token_lives_fifteen_minutes_also_when_the_clock_is_set()
    {
        var time = new SetClock();
        await using var playground = await PlaygroundFixture.StartAsync(time);
        var (bot, interaction) = await StrictnessTests.CommandAsync(playground);
        await using var _ = bot;

        time.Offset = TimeSpan.FromHours(3);
        Assert.Equal(204, (await ScriptedBot.AnswerAsync(playground, interaction, 4, Content("answer"))).Status);
        Assert.Equal(200, await EditAsync());
        time.Offset = TimeSpan.FromHours(-3);
        time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(401, await EditAsync());

        async Task<int> EditAsync() => (await ScriptedBot.SendAsync(playground, HttpMethod.Patch, $"{Webhook(interaction)}/messages/@original", Content("edited"))).Status;
    }

    private static string Webhook(JsonObject interaction) => $"webhooks/{interaction["application_id"]}/{interaction["token"]}";

    private static JsonObject Content(string content) => new() { ["content"] = content };

    // A computer's clock that is set while the program runs.
    private sealed class SetClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero))
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
