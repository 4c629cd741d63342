using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Personalization.Playground.Tests;

/// <summary>Servers, channels, threads and conversations: who sees them, and what the bot may do there.</summary>
public sealed class PlacesTests
{
    private const int Guilds = 1;
    private const int GuildMessages = 1 << 9;
    private const int MessageContent = 1 << 15;

    [Fact]
    public async Task Person_sees_the_places_they_are_in_and_no_others()
    {
        await using var playground = await PlaygroundFixture.StartAsync();

        Assert.Equal("pictures lounge general posters after-dark chatter Personalization Grace Weekend", await SeenAsync(0));
        Assert.Equal("pictures lounge general posters secret-posters after-dark curators chatter Personalization Ada Weekend", await SeenAsync(1));
        Assert.Equal("pictures lounge general posters secret-posters after-dark curators chatter Personalization Weekend", await SeenAsync(2));
        Assert.Equal("pictures lounge general posters after-dark Personalization", await SeenAsync(3));

        async Task<string> SeenAsync(int person)
        {
            var state = (await playground.People.GetFromJsonAsync<JsonObject>($"/playground/state?person={playground.Person(person)}", ScriptedBot.Deadline))!;
            var all = state["guilds"]!.AsArray().SelectMany(guild => guild!["channels"]!.AsArray()).Concat(state["conversations"]!.AsArray()).ToList();
            var parents = all.Where(channel => channel!["parent_id"] is null).SelectMany(channel => all.Where(thread => thread!["parent_id"]?.ToString() == channel!["id"]!.ToString()).Prepend(channel));
            return string.Join(' ', parents.Select(channel => channel!["name"]));
        }
    }

    [Fact]
    public async Task Message_is_seen_and_heard_only_where_it_was_said()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var (bot, _) = await ScriptedBot.LogInAsync(playground, intents: GuildMessages | MessageContent);
        await using var _ = bot;
        await using var margaret = await LivePage.OpenAsync(playground, person: 3, ScriptedBot.Deadline);

        await SayAsync(playground, 1, "Ada", "between us");
        await SayAsync(playground, 1, "curators", "among curators");
        await SayAsync(playground, 1, "chatter", "without the bot");
        await SayAsync(playground, 1, "general", "to all");

        var heard = await bot.EventAsync("MESSAGE_CREATE");
        Assert.Equal("to all", heard["content"]!.ToString());
        Assert.False(heard.ContainsKey("webhook_id") || heard.ContainsKey("application_id"));
        Assert.Equal(heard["id"]!.ToString(), (await margaret.NextAsync(ScriptedBot.Deadline))["data"]!["id"]!.ToString());
        Assert.Equal(["between us", "among curators", "without the bot", "to all"], (await playground.MessagesAsync(1)).Select(message => message["content"]!.ToString()));
        Assert.Equal(["to all"], (await playground.MessagesAsync(3)).Select(message => message["content"]!.ToString()));
    }

    [Fact]
    public async Task Bot_without_the_intent_for_content_reads_its_own_and_what_calls_it()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var (bot, _) = await ScriptedBot.LogInAsync(playground, intents: GuildMessages);
        await using var _ = bot;

        await SayAsync(playground, 0, "lounge", "secret");
        await SayAsync(playground, 0, "lounge", $"<@{playground.Options.Application.Id}> hello");
        await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"channels/{playground.Channel}/messages", new JsonObject { ["content"] = "own" });

        Assert.Equal("", (await bot.EventAsync("MESSAGE_CREATE"))["content"]!.ToString());
        Assert.EndsWith("hello", (await bot.EventAsync("MESSAGE_CREATE"))["content"]!.ToString());
        var own = await bot.EventAsync("MESSAGE_CREATE");
        Assert.Equal("own", own["content"]!.ToString());
        Assert.False(own.ContainsKey("webhook_id") || own.ContainsKey("application_id"));
    }

    [Theory]
    [InlineData("null", "Grace Linus", true)]
    [InlineData("""{"parse":[]}""", "", false)]
    [InlineData("""{"parse":["everyone"],"users":["1100000000000000103"]}""", "Linus", true)]
    public async Task Message_calls_whom_its_form_allows(string allowed, string called, bool isForAll)
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var form = new JsonObject { ["content"] = $"<@{playground.Person(1)}> <@!{playground.Person(2)}> <@7> @everyone", ["allowed_mentions"] = JsonNode.Parse(allowed) };

        var (_, message) = await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"channels/{playground.Channel}/messages", form);

        Assert.Equal(called, string.Join(' ', message["mentions"]!.AsArray().Select(user => user!["global_name"])));
        Assert.Equal(isForAll, message["mention_everyone"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("general", 200, 0)]
    [InlineData("posters", 200, 0)]
    [InlineData("Personalization", 200, 0)]
    [InlineData("curators", 403, 50001)]
    [InlineData("secret-posters", 403, 50001)]
    [InlineData("chatter", 403, 50001)]
    [InlineData("Ada", 403, 50001)]
    public async Task Bot_writes_only_where_it_may(string channel, int status, int code)
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var id = await playground.PlaceAsync(1, channel);

        var answer = await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"channels/{id}/messages", new JsonObject { ["content"] = "hello" });

        Assert.Equal((status, code), (answer.Status, answer.Body["code"]?.GetValue<int>() ?? 0));
    }

    [Fact]
    public async Task Message_of_a_person_can_be_neither_edited_nor_deleted_by_a_bot_that_may_not_manage_messages()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        await SayAsync(playground, 0, "pictures", "mine");
        var path = $"channels/{playground.Channel}/messages/{(await playground.MessagesAsync(0))[0]["id"]}";

        Assert.Equal(50005, (await ScriptedBot.SendAsync(playground, HttpMethod.Patch, path, new JsonObject { ["content"] = "yours" })).Body["code"]!.GetValue<int>());
        Assert.Equal(50013, (await ScriptedBot.SendAsync(playground, HttpMethod.Delete, path, body: null)).Body["code"]!.GetValue<int>());
    }

    [Fact]
    public async Task Command_is_found_only_where_its_contexts_installations_and_permissions_allow_it()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        await RegisterAsync(
            playground,
            """{"name":"everywhere","description":"x","integration_types":[0,1],"contexts":[0,1,2]}""",
            """{"name":"servers","description":"x"}""",
            """{"name":"own","description":"x","integration_types":[1]}""",
            """{"name":"managers","description":"x","contexts":[0],"default_member_permissions":"32"}""",
            """{"name":"adults","description":"x","contexts":[0],"nsfw":true}""");

        Assert.Equal("everywhere servers own managers", await FoundAsync(0, "pictures"));
        Assert.Equal("everywhere servers", await FoundAsync(2, "pictures"));
        Assert.Equal("everywhere servers own adults", await FoundAsync(0, "after-dark"));
        Assert.Equal("everywhere own", await FoundAsync(0, "chatter"));
        Assert.Equal("", await FoundAsync(2, "chatter"));
        Assert.Equal("everywhere own", await FoundAsync(0, "Weekend"));
        Assert.Equal("everywhere servers", await FoundAsync(2, "Personalization"));

        async Task<string> FoundAsync(int person, string channel)
        {
            var commands = await playground.People.GetFromJsonAsync<JsonArray>($"/playground/commands?person={playground.Person(person)}&channel={await playground.PlaceAsync(person, channel)}", ScriptedBot.Deadline);
            return string.Join(' ', commands!.Select(command => command!["name"]));
        }
    }

    [Fact]
    public async Task Bot_that_only_a_person_brought_sends_at_most_five_messages_after_its_answer()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        await RegisterAsync(playground, """{"name":"own","description":"x","integration_types":[1]}""");
        var (bot, _) = await ScriptedBot.LogInAsync(playground);
        await using var _ = bot;
        await playground.People.PostAsJsonAsync("/playground/interactions", new JsonObject { ["type"] = 2, ["person"] = playground.Person(0), ["channel"] = await playground.PlaceAsync(0, "chatter"), ["command"] = "own" }, ScriptedBot.Deadline);
        var interaction = await bot.EventAsync("INTERACTION_CREATE");
        await ScriptedBot.AnswerAsync(playground, interaction, 5, data: null);

        var codes = new List<int>();
        for (var i = 0; i < 7; i++)
        {
            var (status, body) = await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"webhooks/{interaction["application_id"]}/{interaction["token"]}", new JsonObject { ["content"] = $"{i}" });
            codes.Add(status == 200 ? 0 : body["code"]!.GetValue<int>());
            playground.Time.Advance(TimeSpan.FromSeconds(2));
        }

        // The first takes the place of the deferred answer.
        Assert.Equal([0, 0, 0, 0, 0, 0, 40094], codes);
        Assert.Equal(["0", "1", "2", "3", "4", "5"], (await playground.MessagesAsync(0)).Select(message => message["content"]!.ToString()));
    }

    [Fact]
    public async Task Shard_hears_of_its_own_servers_and_the_first_of_direct_messages()
    {
        await using var playground = await PlaygroundFixture.StartAsync(configure: options =>
            options.Guilds = [.. options.Guilds.Select((guild, i) => guild with { Id = guild.Id + ((ulong)i << 22) })]);
        var shardOf = (int)((playground.Options.Guilds[0].Id >> 22) % 2);
        var (first, ready) = await ScriptedBot.LogInAsync(playground, intents: Guilds | GuildMessages | (1 << 12), shard: [0, 2]);
        await using var _ = first;
        var (second, other) = await ScriptedBot.LogInAsync(playground, intents: Guilds | GuildMessages | (1 << 12), shard: [1, 2]);
        await using var __ = second;

        // The ids of the two servers lie one apart.
        var names = new[] { (await first.EventAsync("GUILD_CREATE"))["name"]!.ToString(), (await second.EventAsync("GUILD_CREATE"))["name"]!.ToString() };
        Assert.Equal(shardOf == 0 ? ["Playground", "Studio"] : ["Studio", "Playground"], names);
        Assert.Single(ready["d"]!["guilds"]!.AsArray());
        Assert.Single(other["d"]!["guilds"]!.AsArray());
        await SayAsync(playground, 0, "Personalization", "hello");
        Assert.Equal("hello", (await first.EventAsync("MESSAGE_CREATE"))["content"]!.ToString());
    }

    [Fact]
    public async Task Thread_of_a_bot_is_told_of_and_stays_over_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("playground-");
        string thread;
        await using (var playground = await StartAsync())
        {
            var (bot, _) = await ScriptedBot.LogInAsync(playground, intents: Guilds);
            await using var _ = bot;
            var begun = await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"channels/{playground.Channel}/threads", new JsonObject { ["name"] = "talk", ["type"] = 11 });
            thread = begun.Body["id"]!.ToString();
            Assert.Equal((201, thread), (begun.Status, (await bot.EventAsync("THREAD_CREATE"))["id"]!.ToString()));
            await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"channels/{thread}/messages", new JsonObject { ["content"] = "hello" });
        }

        await using var restarted = await StartAsync();
        Assert.Equal(thread, await restarted.PlaceAsync(3, "talk"));
        Assert.Equal(thread, Assert.Single(await restarted.MessagesAsync(3))["channel_id"]!.ToString());
        folder.Delete(recursive: true);

        Task<PlaygroundFixture> StartAsync() => PlaygroundFixture.StartAsync(configure: options => options.Directory = folder.FullName);
    }

    [Fact]
    public async Task Members_and_locks_of_threads_stay_over_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("playground-");
        string thread;
        await using (var playground = await StartAsync())
        {
            thread = await BeginAsync(playground, "secret", type: 12);
            Assert.Equal(204, (await ScriptedBot.SendAsync(playground, HttpMethod.Put, $"channels/{thread}/thread-members/{playground.Person(2)}", body: null)).Status);
            Assert.Equal(200, (await ScriptedBot.SendAsync(playground, HttpMethod.Patch, $"channels/{thread}", JsonNode.Parse("""{"archived":true,"locked":true}"""))).Status);
        }

        await using (var restarted = await StartAsync())
        {
            Assert.Equal(thread, await restarted.PlaceAsync(2, "secret"));
            var kept = (await ScriptedBot.SendAsync(restarted, HttpMethod.Get, $"channels/{thread}", body: null)).Body;
            Assert.Equal("2 true true", $"{kept["member_count"]} {kept["thread_metadata"]!["archived"]} {kept["thread_metadata"]!["locked"]}");
            Assert.Equal("2026-11-01T12:00:00", kept["thread_metadata"]!["archive_timestamp"]!.ToString()[..19]);
            Assert.Equal(50083, (await ScriptedBot.SendAsync(restarted, HttpMethod.Post, $"channels/{thread}/messages", new JsonObject { ["content"] = "x" })).Body["code"]!.GetValue<int>());
            await ScriptedBot.SendAsync(restarted, HttpMethod.Patch, $"channels/{thread}", JsonNode.Parse("""{"archived":false}"""));
            await ScriptedBot.SendAsync(restarted, HttpMethod.Delete, $"channels/{thread}/thread-members/{restarted.Person(2)}", body: null);
        }

        await using var again = await StartAsync();
        var opened = (await ScriptedBot.SendAsync(again, HttpMethod.Get, $"channels/{thread}", body: null)).Body;
        Assert.Equal("1 false false", $"{opened["member_count"]} {opened["thread_metadata"]!["archived"]} {opened["thread_metadata"]!["locked"]}");
        folder.Delete(recursive: true);

        Task<PlaygroundFixture> StartAsync() => PlaygroundFixture.StartAsync(configure: options => options.Directory = folder.FullName);
    }

    [Fact]
    public async Task Open_pages_are_told_of_threads_as_they_are_begun_renamed_and_joined()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        await using var linus = await LivePage.OpenAsync(playground, person: 2, ScriptedBot.Deadline);
        await using var margaret = await LivePage.OpenAsync(playground, person: 3, ScriptedBot.Deadline);

        var open = await BeginAsync(playground, "talk", type: 11);
        var begun = await NextAsync(linus);
        Assert.Equal(("channel", open, "talk", playground.Channel), (begun.Type, begun.Data["channel"]!["id"]!.ToString(), begun.Data["channel"]!["name"]!.ToString(), begun.Data["channel"]!["parent_id"]!.ToString()));
        Assert.Equal(($"{playground.Options.Guilds[0].Id}", "talk"), (begun.Data["guild"]!.ToString(), (await NextAsync(margaret)).Data["channel"]!["name"]!.ToString()));
        await ScriptedBot.SendAsync(playground, HttpMethod.Patch, $"channels/{open}", new JsonObject { ["name"] = "speech" });
        Assert.Equal("speech", (await NextAsync(linus)).Data["channel"]!["name"]!.ToString());
        Assert.Equal("speech", (await NextAsync(margaret)).Data["channel"]!["name"]!.ToString());

        var secret = await BeginAsync(playground, "secret", type: 12);
        await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"channels/{secret}/messages", new JsonObject { ["content"] = "before" });
        await ScriptedBot.SendAsync(playground, HttpMethod.Put, $"channels/{secret}/thread-members/{playground.Person(2)}", body: null);
        var joined = await NextAsync(linus);
        Assert.Equal(("channel", "secret", "before"), (joined.Type, joined.Data["channel"]!["name"]!.ToString(), Assert.Single(joined.Data["messages"]!.AsArray())!["content"]!.ToString()));
        await ScriptedBot.SendAsync(playground, HttpMethod.Delete, $"channels/{secret}/thread-members/{playground.Person(2)}", body: null);
        var left = await NextAsync(linus);
        Assert.Equal(("channel_gone", secret), (left.Type, left.Data["id"]!.ToString()));

        // Others hear nothing of what they do not see.
        await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"channels/{open}/messages", new JsonObject { ["content"] = "to all" });
        Assert.Equal("message_create", (await NextAsync(margaret)).Type);

        static async Task<(string Type, JsonObject Data)> NextAsync(LivePage page)
        {
            var told = await page.NextAsync(ScriptedBot.Deadline);
            return (told["type"]!.ToString(), told["data"]!.AsObject());
        }
    }

    private static async Task<string> BeginAsync(PlaygroundFixture playground, string name, int type)
    {
        var begun = await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"channels/{playground.Channel}/threads", new JsonObject { ["name"] = name, ["type"] = type });
        Assert.Equal(201, begun.Status);
        return begun.Body["id"]!.ToString();
    }

    internal static async Task RegisterAsync(PlaygroundFixture playground, params IEnumerable<string> commands)
    {
        var body = new JsonArray([.. commands.Select(command => JsonNode.Parse(command))]);
        Assert.Equal(200, (await ScriptedBot.SendAsync(playground, HttpMethod.Put, $"applications/{playground.Options.Application.Id}/commands", body)).Status);
    }

    private static async Task SayAsync(PlaygroundFixture playground, int person, string channel, string content)
    {
        var form = new JsonObject { ["person"] = playground.Person(person), ["channel"] = await playground.PlaceAsync(person, channel), ["content"] = content };
        using var response = await playground.People.PostAsJsonAsync("/playground/messages", form, ScriptedBot.Deadline);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(ScriptedBot.Deadline));
    }
}
