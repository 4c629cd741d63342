using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using Xunit;

namespace Personalization.Playground.Tests;

/// <summary>The playground as seen by an independent client.</summary>
public sealed class DiscordJsTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static string Folder => typeof(DiscordJsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "DiscordJs").Value!;

    [Fact]
    public async Task Playground_serves_a_discord_js_bot_with_commands_buttons_forms_and_files()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules")), $"discord.js is not installed; run `npm ci` in {Path.GetFileName(Folder)} beside this test.");
        await using var playground = await PlaygroundFixture.StartAsync(TimeProvider.System);
        using var bot = StartBot(playground);
        try
        {
            Assert.Equal("ready Personalization in Playground with 2 channels", await bot.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Deadline, TestContext.Current.CancellationToken));

            var greeting = await playground.InteractAsync(0, Command("greet", new JsonObject { ["name"] = "world" }));
            Assert.Equal("Hello world", greeting["message"]!["embeds"]![0]!["title"]!.ToString());
            Assert.Equal($"from {playground.Person(0)}", greeting["message"]!["content"]!.ToString());

            var buttons = await playground.InteractAsync(0, Command("buttons"));
            Assert.DoesNotContain(await playground.MessagesAsync(1), message => message["id"]!.ToString() == buttons["message"]!["id"]!.ToString());
            var pressed = await playground.InteractAsync(0, Press(buttons, "count:0"));
            Assert.Equal("Pressed 1 times", pressed["message"]!["content"]!.ToString());
            Assert.Equal("Pressed 2 times", (await playground.InteractAsync(0, Press(pressed, "count:1")))["message"]!["content"]!.ToString());

            var form = await playground.InteractAsync(0, Command("form"));
            var written = await playground.InteractAsync(0, new JsonObject
            {
                ["type"] = 5,
                ["modal"] = form["modal"]!["id"]!.ToString(),
                ["fields"] = new JsonObject { ["words"] = "a few words" },
            });
            Assert.Equal("You wrote: a few words", written["message"]!["content"]!.ToString());

            await playground.InteractAsync(0, Command("upload"));
            var uploaded = await UntilAsync(playground, message => message["content"]!.ToString() == "And done", message => message["content"]!.ToString() == "Here");
            Assert.Equal("a small file", await playground.People.GetStringAsync(new Uri(uploaded["attachments"]![0]!["url"]!.ToString()), TestContext.Current.CancellationToken));
        }
        finally
        {
            bot.Kill();
        }
    }

    private static JsonObject Command(string name, JsonObject? options = null) => new() { ["type"] = 2, ["command"] = name, ["options"] = options };

    private static JsonObject Press(JsonObject outcome, string customId) =>
        new() { ["type"] = 3, ["message"] = outcome["message"]!["id"]!.ToString(), ["custom_id"] = customId };

    private static Process StartBot(PlaygroundFixture playground)
    {
        var start = new ProcessStartInfo("node", ["bot.mjs", new Uri(playground.Address, "/api").ToString(), PlaygroundFixture.Token])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }

    /// <summary>Waits for the live event of one message, then finds another.</summary>
    private static async Task<JsonObject> UntilAsync(PlaygroundFixture playground, Func<JsonObject, bool> isLast, Func<JsonObject, bool> isWanted)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await using var live = await LivePage.OpenAsync(playground, person: 0, deadline.Token);
        var messages = await playground.MessagesAsync(0);
        while (!messages.Any(isLast))
        {
            await live.NextAsync(deadline.Token);
            messages = await playground.MessagesAsync(0);
        }

        return messages.Single(isWanted);
    }
}
