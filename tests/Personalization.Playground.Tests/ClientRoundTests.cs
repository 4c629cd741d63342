using System.Diagnostics;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using Xunit;

namespace Personalization.Playground.Tests;

/// <summary>The playground as seen by independent clients, whose bots answer alike.</summary>
public sealed class ClientRoundTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static string Folder => typeof(ClientRoundTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "DiscordJs").Value!;

    [Theory]
    [InlineData("bot.mjs")]
    [InlineData("oceanic.mjs")]
    public async Task Playground_serves_independent_clients(string program)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules")), $"The clients are not installed; run `npm ci` in {Path.GetFileName(Folder)} beside this test.");
        await using var playground = await PlaygroundFixture.StartAsync(TimeProvider.System);
        using var bot = StartBot(program, playground);
        try
        {
            Assert.Equal("ready Personalization in Playground (2), Studio (3)", await bot.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline, TestContext.Current.CancellationToken));

            await AnswersAsync(playground);
            await ResolvesAsync(playground);
            await KnowsPlacesAsync(playground);
            await DoesErrandsAsync(playground);
        }
        finally
        {
            bot.Kill();
        }
    }

    private static async Task AnswersAsync(PlaygroundFixture playground)
    {
        var greeting = await playground.InteractAsync(0, Command("greet", new JsonObject { ["name"] = "world" }));
        Assert.Equal("Hello world", greeting["message"]!["embeds"]![0]!["title"]!.ToString());
        Assert.Equal($"from {playground.Person(0)}", Content(greeting));

        var buttons = await playground.InteractAsync(0, Command("buttons"));
        Assert.DoesNotContain(await playground.MessagesAsync(1), message => message["id"]!.ToString() == buttons["message"]!["id"]!.ToString());
        var pressed = await playground.InteractAsync(0, Press(buttons, "count:0"));
        Assert.Equal("Pressed 1 times", Content(pressed));
        Assert.Equal("Pressed 2 times", Content(await playground.InteractAsync(0, Press(pressed, "count:1"))));

        var form = await playground.InteractAsync(0, Command("form"));
        var written = new JsonObject { ["type"] = 5, ["modal"] = form["modal"]!["id"]!.ToString(), ["fields"] = new JsonObject { ["words"] = "a few words" } };
        Assert.Equal("You wrote: a few words", Content(await playground.InteractAsync(0, written)));

        await playground.InteractAsync(0, Command("upload"));
        await SeenAsync(playground, "And done");
        var file = (await SeenAsync(playground, "Here"))["attachments"]![0]!;
        Assert.Equal("Small", file["description"]!.ToString());
        Assert.Equal("a small file", await playground.People.GetStringAsync(new Uri(file["url"]!.ToString()), TestContext.Current.CancellationToken));
    }

    private static async Task ResolvesAsync(PlaygroundFixture playground)
    {
        var role = playground.Options.Guilds[0].Id;
        var picked = new JsonObject
        {
            ["person"] = playground.Person(1),
            ["channel"] = await playground.PlaceAsync(0, "lounge"),
            ["role"] = $"{role}",
            ["file"] = new JsonObject { ["name"] = "note.txt", ["content_type"] = "text/plain", ["data"] = Convert.ToBase64String("a note"u8) },
        };
        Assert.Equal("Grace (Grace), #lounge, @everyone, note.txt: a note", Content(await playground.InteractAsync(0, Command("pick", picked))));

        var typed = Command("suggest", new JsonObject { ["word"] = "fo" });
        (typed["type"], typed["focused"]) = (4, "word");
        Assert.Equal(["foa", "fob"], (await playground.InteractAsync(0, typed))["choices"]!.AsArray().Select(choice => choice!["value"]!.ToString()));

        var select = Press(await playground.InteractAsync(0, Command("select")), "people");
        select["values"] = new JsonArray(playground.Person(1), playground.Person(2));
        Assert.Equal("Picked Grace and Linus", Content(await playground.InteractAsync(0, select)));

        Assert.Equal("That is Linus", Content(await playground.InteractAsync(0, Menu(2, "Who", playground.Person(2)))));
        var said = await SayAsync(playground, playground.Channel, "ping");
        Assert.Equal("Quoting \"ping\"", Content(await playground.InteractAsync(0, Menu(3, "Quote", said))));
        var pong = await SeenAsync(playground, "pong");
        Assert.Equal((19, said), (pong["type"]!.GetValue<int>(), pong["message_reference"]!["message_id"]!.ToString()));
    }

    private static async Task KnowsPlacesAsync(PlaygroundFixture playground)
    {
        var ada = playground.Person(0);
        var (home, studio) = (playground.Options.Guilds[0].Id, playground.Options.Guilds[1].Id);
        Assert.Equal($"context 0 by {home} and {ada}, seen true, person manages true, in Playground pictures, for adults false", await WhereAsync(0, "pictures"));
        Assert.Equal($"context 0 by {studio} and {ada}, seen true, person manages false, in Studio after-dark, for adults true", await WhereAsync(0, "after-dark"));
        Assert.Equal($"context 0 by {studio} and -, seen true, person manages false, in Studio posters, for adults -", await WhereAsync(2, "posters"));
        Assert.Equal($"context 0 by {studio} and -, seen false, person manages false, in Studio curators, for adults false", await WhereAsync(2, "curators"));
        Assert.Equal($"context 0 by - and {ada}, seen true, person manages false, in -", await WhereAsync(0, "chatter"));
        Assert.Equal($"context 1 by 0 and {ada}, seen false, person manages -, in -", await WhereAsync(0, "Personalization"));
        Assert.Equal($"context 2 by - and {ada}, seen false, person manages -, in -", await WhereAsync(0, "Weekend"));

        async Task<string> WhereAsync(int person, string channel)
        {
            var command = Command("where");
            command["channel"] = await playground.PlaceAsync(person, channel);
            return Content(await playground.InteractAsync(person, command));
        }
    }

    private static async Task DoesErrandsAsync(PlaygroundFixture playground)
    {
        await playground.InteractAsync(0, Command("errand"));
        await SeenAsync(playground, "5 members, 2 channels, 2 roles, 5 listed, 2 asked for, wrote to Grace, thread archived true after \"In the thread\", greet: Greets anybody");

        // The person they wrote to sees it, and is answered there.
        Assert.Single(await playground.MessagesAsync(1), message => message["content"]!.ToString() == "Hello from the bot");
        await SayAsync(playground, await playground.PlaceAsync(0, "Personalization"), "ping");
        await SeenAsync(playground, "pong", count: 2);
    }

    private static string Content(JsonObject outcome) => outcome["message"] is JsonObject message ? message["content"]!.ToString() : outcome.ToJsonString();

    private static JsonObject Command(string name, JsonObject? options = null) => new() { ["type"] = 2, ["command"] = name, ["options"] = options };

    private static JsonObject Menu(int type, string name, string target) => new() { ["type"] = 2, ["command"] = name, ["command_type"] = type, ["target"] = target };

    private static JsonObject Press(JsonObject outcome, string customId) =>
        new() { ["type"] = 3, ["message"] = outcome["message"]!["id"]!.ToString(), ["custom_id"] = customId };

    /// <summary>Says something as the first person.</summary>
    /// <returns>The message's id.</returns>
    private static async Task<string> SayAsync(PlaygroundFixture playground, string channel, string content)
    {
        var form = new JsonObject { ["person"] = playground.Person(0), ["channel"] = channel, ["content"] = content };
        using var response = await playground.People.PostAsJsonAsync("/playground/messages", form, TestContext.Current.CancellationToken);
        return (await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["id"]!.ToString();
    }

    private static Process StartBot(string program, PlaygroundFixture playground)
    {
        var start = new ProcessStartInfo("node", [program, new Uri(playground.Address, "/api").ToString(), PlaygroundFixture.Token])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }

    /// <summary>Waits until the first person sees a message as many times.</summary>
    private static async Task<JsonObject> SeenAsync(PlaygroundFixture playground, string content, int count = 1)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await using var live = await LivePage.OpenAsync(playground, person: 0, deadline.Token);
        while (true)
        {
            var messages = await playground.MessagesAsync(0);
            if (messages.Where(message => message["content"]!.ToString() == content).ToList() is { } found && found.Count >= count)
            {
                return found[^1];
            }

            try
            {
                await live.NextAsync(deadline.Token);
            }
            catch (OperationCanceledException exception)
            {
                throw new TimeoutException($"\"{content}\" was not seen, but: {string.Join("\n", messages.Select(message => message["content"]))}", exception);
            }
        }
    }
}
