using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Personalization.Playground.Tests;

/// <summary>The playground refuses what Discord refuses, in Discord's words.</summary>
public sealed class StrictnessTests
{
    [Fact]
    public async Task Playground_refuses_a_second_answer_to_an_interaction()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var (bot, interaction) = await CommandAsync(playground);
        await using var _ = bot;

        Assert.Equal(204, (await ScriptedBot.AnswerAsync(playground, interaction, 4, Content("first"))).Status);
        var (status, body) = await ScriptedBot.AnswerAsync(playground, interaction, 4, Content("second"));
        Assert.Equal((400, 40060), (status, body["code"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Playground_refuses_an_answer_after_three_seconds()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        await using var live = await LivePage.OpenAsync(playground, person: 0, ScriptedBot.Deadline);
        var (bot, interaction) = await CommandAsync(playground);
        await using var _ = bot;

        playground.Time.Advance(TimeSpan.FromSeconds(3.1));
        var (status, body) = await ScriptedBot.AnswerAsync(playground, interaction, 4, Content("late"));
        Assert.Equal((404, 10062), (status, body["code"]!.GetValue<int>()));
        JsonObject told;
        do
        {
            told = await live.NextAsync(ScriptedBot.Deadline);
        }
        while (told["type"]!.ToString() != "interaction_failed");
        Assert.Equal("The application did not respond", told["data"]!["message"]!.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Playground_changes_nothing_in_an_archived_thread_until_a_message_brings_it_back_unless_it_is_locked(bool isLocked)
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var (bot, interaction) = await CommandAsync(playground);
        await using var _ = bot;
        await ScriptedBot.AnswerAsync(playground, interaction, 5, data: null);
        var original = $"webhooks/{interaction["application_id"]}/{interaction["token"]}/messages/@original";
        playground.Server.Archive(playground.Options.Guilds[0].Channels[0].Id, isLocked);

        Assert.Equal((400, 50083), await EditAsync());
        var posted = (await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"channels/{playground.Channel}/messages", Content("anew"))).Status;
        Assert.Equal(isLocked ? 400 : 200, posted);
        Assert.Equal(isLocked ? (400, 50083) : (200, 0), await EditAsync());

        async Task<(int, int)> EditAsync()
        {
            var (status, body) = await ScriptedBot.SendAsync(playground, HttpMethod.Patch, original, Content("done"));
            return (status, body["code"]?.GetValue<int>() ?? 0);
        }
    }

    [Fact]
    public async Task Playground_limits_callbacks_when_asked_to()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var (bot, interaction) = await CommandAsync(playground);
        await using var _ = bot;
        playground.Server.LimitNext("POST", "/callback", TimeSpan.FromSeconds(90), times: 1);

        var (status, body) = await ScriptedBot.AnswerAsync(playground, interaction, 4, Content("first"));
        Assert.Equal((429, 90), (status, body["retry_after"]!.GetValue<double>()));
        Assert.Equal(204, (await ScriptedBot.AnswerAsync(playground, interaction, 4, Content("second"))).Status);
    }

    [Fact]
    public async Task Playground_token_expires_after_fifteen_minutes()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var (bot, interaction) = await CommandAsync(playground);
        await using var _ = bot;
        await ScriptedBot.AnswerAsync(playground, interaction, 5, data: null);
        var original = $"webhooks/{interaction["application_id"]}/{interaction["token"]}/messages/@original";

        playground.Time.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(200, (await ScriptedBot.SendAsync(playground, HttpMethod.Patch, original, Content("in time"))).Status);
        playground.Time.Advance(TimeSpan.FromMinutes(2));
        var (status, body) = await ScriptedBot.SendAsync(playground, HttpMethod.Patch, original, Content("too late"));
        Assert.Equal((401, 50027), (status, body["code"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Playground_does_not_know_tokens_and_messages_that_never_existed()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var webhook = await ScriptedBot.SendAsync(playground, HttpMethod.Patch, $"webhooks/{playground.Options.Application.Id}/nothing/messages/@original", Content("x"));
        Assert.Equal((404, 10015), (webhook.Status, webhook.Body["code"]!.GetValue<int>()));
        var message = await ScriptedBot.SendAsync(playground, HttpMethod.Patch, $"channels/{playground.Channel}/messages/1", Content("x"));
        Assert.Equal((404, 10008), (message.Status, message.Body["code"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Playground_refuses_a_wrong_token_over_gateway_and_rest()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        playground.Bot.DefaultRequestHeaders.Authorization = new("Bot", "wrong");
        Assert.Equal(401, (await ScriptedBot.SendAsync(playground, HttpMethod.Get, "users/@me", body: null)).Status);

        var (bot, _) = await ScriptedBot.LogInAsync(playground, "wrong");
        await using var _ = bot;
        Assert.Equal(4004, bot.CloseCode);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { """{"content":"__2001__"}""", "content" },
        { """{"flags":32768,"content":"text","components":[{"type":10,"content":"x"}]}""", "content" },
        { """{"flags":32768,"components":[{"type":10,"content":""}]}""", "components.0.content" },
        { """{"flags":32768,"components":[{"type":12,"items":[{"media":{"url":"attachment://none.png"}}]}]}""", "components.0.items.0.media.url" },
        { """{"flags":32768,"components":[{"type":12,"items":[]}]}""", "components.0.items" },
        { """{"components":[{"type":1,"components":[{"type":2,"style":1,"label":"x","custom_id":"__101__"}]}]}""", "components.0.components.0.custom_id" },
        { """{"components":[{"type":1,"components":[{"type":2,"style":1,"label":"__81__","custom_id":"a"}]}]}""", "components.0.components.0.label" },
        { """{"components":[{"type":1,"components":[{"type":2,"style":1,"label":"x","custom_id":"a"},{"type":2,"style":1,"label":"y","custom_id":"a"}]}]}""", "components.0.components.1.custom_id" },
        { """{"content":"x","attachments":[{"id":"7","filename":"a.png"}]}""", "attachments.0.id" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Playground_names_the_field_of_a_message_that_breaks_a_rule(string json, string path)
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        foreach (var length in new[] { 81, 101, 2001 })
        {
            json = json.Replace($"__{length}__", new string('a', length));
        }

        var (status, body) = await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"channels/{playground.Channel}/messages", JsonNode.Parse(json));
        Assert.Equal((400, 50035), (status, body["code"]!.GetValue<int>()));
        var fault = path.Split('.').Aggregate(body["errors"], (node, part) => node?[part]);
        Assert.NotNull(fault?["_errors"]?[0]?["message"]);
    }

    [Fact]
    public async Task Playground_nonce_makes_one_message_of_two()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var form = new JsonObject { ["content"] = "once", ["nonce"] = "job-1", ["enforce_nonce"] = true };
        var first = await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"channels/{playground.Channel}/messages", form.DeepClone());
        var second = await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"channels/{playground.Channel}/messages", form.DeepClone());
        Assert.Equal(first.Body["id"]!.ToString(), second.Body["id"]!.ToString());
        Assert.Single(await playground.MessagesAsync(0));
    }

    [Fact]
    public async Task Playground_edit_keeps_the_files_that_it_lists()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var posted = await UploadAsync(playground, HttpMethod.Post, $"channels/{playground.Channel}/messages", new JsonObject { ["content"] = "a" }, "one.txt", "two.txt");
        var path = $"channels/{playground.Channel}/messages/{posted["id"]}";
        var kept = posted["attachments"]![0]!;

        var edited = await UploadAsync(playground, HttpMethod.Patch, path, new JsonObject { ["attachments"] = new JsonArray(new JsonObject { ["id"] = kept["id"]!.ToString() }, new JsonObject { ["id"] = "0" }) }, "three.txt");
        Assert.Equal(["one.txt", "three.txt"], Names(edited));
        Assert.Equal(["one.txt", "three.txt", "four.txt"], Names(await UploadAsync(playground, HttpMethod.Patch, path, [], "four.txt")));
        Assert.Empty(Names((await ScriptedBot.SendAsync(playground, HttpMethod.Patch, path, new JsonObject { ["attachments"] = new JsonArray() })).Body));
    }

    [Fact]
    public async Task Playground_edit_cannot_show_a_file_that_it_drops()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var posted = await UploadAsync(playground, HttpMethod.Post, $"channels/{playground.Channel}/messages", Content("a"), "one.png");
        var gallery = JsonNode.Parse("""{"flags":32768,"attachments":[],"components":[{"type":12,"items":[{"media":{"url":"attachment://one.png"}}]}]}""");

        var (status, body) = await ScriptedBot.SendAsync(playground, HttpMethod.Patch, $"channels/{playground.Channel}/messages/{posted["id"]}", gallery);
        Assert.Equal((400, 50035), (status, body["code"]!.GetValue<int>()));
        Assert.Equal(["one.png"], Names(Assert.Single(await playground.MessagesAsync(0))));
    }

    [Fact]
    public async Task Playground_edit_cannot_make_a_message_ephemeral()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var (_, posted) = await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"channels/{playground.Channel}/messages", Content("a"));
        var form = new JsonObject { ["content"] = "b", ["flags"] = 64 };

        var (_, edited) = await ScriptedBot.SendAsync(playground, HttpMethod.Patch, $"channels/{playground.Channel}/messages/{posted["id"]}", form);
        Assert.Equal((0, "b"), (edited["flags"]!.GetValue<int>(), edited["content"]!.ToString()));
    }

    [Fact]
    public async Task Playground_reports_limits_in_headers_and_in_a_429()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        for (var left = 4; left >= 0; left--)
        {
            using var response = await playground.Bot.GetAsync($"channels/{playground.Channel}", ScriptedBot.Deadline);
            Assert.Equal($"{left}", response.Headers.GetValues("X-RateLimit-Remaining").Single());
            Assert.Equal("2.000", response.Headers.GetValues("X-RateLimit-Reset-After").Single());
        }

        var (status, body) = await ScriptedBot.SendAsync(playground, HttpMethod.Get, $"channels/{playground.Channel}", body: null);
        Assert.Equal(429, status);
        Assert.Equal(2, body["retry_after"]!.GetValue<double>());
        playground.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(200, (await ScriptedBot.SendAsync(playground, HttpMethod.Get, $"channels/{playground.Channel}", body: null)).Status);
    }

    [Fact]
    public async Task Playground_session_resumes_with_missed_events_and_an_unknown_one_is_invalid()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        await RegisterAsync(playground);
        var (lost, ready) = await ScriptedBot.LogInAsync(playground);
        lost.Break();
        await using var live = await LivePage.OpenAsync(playground, person: 0, ScriptedBot.Deadline);
        await playground.People.PostAsJsonAsync("/playground/interactions", Command(playground), ScriptedBot.Deadline);

        await using var resumed = await ScriptedBot.ConnectAsync(playground);
        await resumed.NextAsync();
        await resumed.SendAsync(6, new JsonObject { ["token"] = PlaygroundFixture.Token, ["session_id"] = ready["d"]!["session_id"]!.ToString(), ["seq"] = ready["s"]!.GetValue<int>() });
        Assert.Equal("INTERACTION_CREATE", (await resumed.NextAsync())!["t"]!.ToString());
        Assert.Equal("RESUMED", (await resumed.NextAsync())!["t"]!.ToString());

        await using var stranger = await ScriptedBot.ConnectAsync(playground);
        await stranger.NextAsync();
        await stranger.SendAsync(6, new JsonObject { ["token"] = PlaygroundFixture.Token, ["session_id"] = "none", ["seq"] = 1 });
        Assert.Equal(9, (await stranger.NextAsync())!["op"]!.GetValue<int>());
    }

    [Fact]
    public async Task Playground_ephemeral_buttons_cannot_be_pressed_by_others()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var (bot, interaction) = await CommandAsync(playground);
        await using var _ = bot;
        var button = new JsonObject { ["type"] = 2, ["style"] = 1, ["label"] = "x", ["custom_id"] = "x" };
        await ScriptedBot.AnswerAsync(playground, interaction, 4, new JsonObject { ["content"] = "x", ["flags"] = 64, ["components"] = new JsonArray(new JsonObject { ["type"] = 1, ["components"] = new JsonArray(button) }) });

        var message = Assert.Single(await playground.MessagesAsync(0));
        Assert.Empty(await playground.MessagesAsync(1));
        var refused = await playground.InteractAsync(1, new JsonObject { ["type"] = 3, ["message"] = message["id"]!.ToString(), ["custom_id"] = "x" });
        Assert.Equal("This message is not here any more.", refused["message"]!.ToString());
    }

    [Fact]
    public async Task Playground_checks_options_before_it_sends_them()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        await RegisterAsync(playground);
        var missing = await playground.InteractAsync(0, new JsonObject { ["type"] = 2, ["command"] = "say" });
        Assert.Equal("/say needs text.", missing["message"]!.ToString());
        var tooLong = await playground.InteractAsync(0, new JsonObject { ["type"] = 2, ["command"] = "say", ["options"] = new JsonObject { ["text"] = "12345678901" } });
        Assert.Equal("text takes 0 to 10 characters; this has 11.", tooLong["message"]!.ToString());
    }

    [Theory]
    [InlineData("""{"de":"Sagt es"}""", "")]
    [InlineData("""{"pt_BR":"Diz"}""", "pt_BR BASE_TYPE_CHOICES")]
    [InlineData("""{"de":""}""", "de BASE_TYPE_BAD_LENGTH")]
    [InlineData("""{"de":5}""", "de STRING_TYPE_CONVERT")]
    [InlineData("[]", " DICT_TYPE_CONVERT")]
    public async Task Playground_checks_localized_descriptions(string localizations, string fault)
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var option = new JsonObject { ["type"] = 3, ["name"] = "text", ["description"] = "What to say", ["description_localizations"] = JsonNode.Parse(localizations) };
        var command = new JsonObject { ["name"] = "say", ["description"] = "Says it", ["options"] = new JsonArray(option) };

        var (status, body) = await ScriptedBot.SendAsync(playground, HttpMethod.Put, $"applications/{playground.Options.Application.Id}/commands", new JsonArray(command));

        Assert.Equal(fault.Length == 0 ? 200 : 400, status);
        if (fault.Length > 0)
        {
            var (locale, code) = (fault.Split(' ')[0], fault.Split(' ')[1]);
            var at = body["errors"]!["0"]!["options"]!["0"]!["description_localizations"]!;
            Assert.Equal(code, (locale.Length == 0 ? at : at[locale])!["_errors"]![0]!["code"]!.ToString());
        }
    }

    [Theory]
    [InlineData("?with_localizations=true", true)]
    [InlineData("", false)]
    public async Task Playground_lists_localized_descriptions_only_where_asked_for(string query, bool isListed)
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var commands = $"applications/{playground.Options.Application.Id}/commands";
        var command = new JsonObject { ["name"] = "say", ["description"] = "Says it", ["description_localizations"] = new JsonObject { ["de"] = "Sagt es" } };
        await ScriptedBot.SendAsync(playground, HttpMethod.Put, commands, new JsonArray(command));

        var listed = await playground.Bot.GetFromJsonAsync<JsonArray>(commands + query, ScriptedBot.Deadline);

        Assert.Equal(isListed ? "Sagt es" : null, listed![0]!["description_localizations"]?["de"]?.ToString());
    }

    [Theory]
    [InlineData(null, "en-US")]
    [InlineData("de", "de")]
    [InlineData("de-AT", "de")]
    [InlineData("en-GB", "en-GB")]
    [InlineData("en-AU", "en-US")]
    [InlineData("eo", "en-US")]
    public async Task Playground_sends_interactions_in_the_language_of_the_browser(string? language, string locale)
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        await RegisterAsync(playground);
        var (bot, ready) = await ScriptedBot.LogInAsync(playground);
        await using var _ = bot;
        Assert.NotEmpty(ready);
        var form = Command(playground);
        form["locale"] = language;

        await playground.People.PostAsJsonAsync("/playground/interactions", form, ScriptedBot.Deadline);

        Assert.Equal(locale, (await bot.NextAsync())!["d"]!["locale"]!.ToString());
    }

    private static JsonObject Content(string text) => new() { ["content"] = text };

    internal static JsonObject Command(PlaygroundFixture playground) => new()
    {
        ["person"] = playground.Person(0),
        ["channel"] = playground.Channel,
        ["type"] = 2,
        ["command"] = "say",
        ["options"] = new JsonObject { ["text"] = "hello" },
    };

    private static IEnumerable<string> Names(JsonObject message) => message["attachments"]!.AsArray().Select(file => file!["filename"]!.ToString());

    private static async Task RegisterAsync(PlaygroundFixture playground)
    {
        var option = new JsonObject { ["type"] = 3, ["name"] = "text", ["description"] = "What to say", ["required"] = true, ["max_length"] = 10 };
        var command = new JsonObject { ["name"] = "say", ["description"] = "Says it", ["options"] = new JsonArray(option) };
        var (status, _) = await ScriptedBot.SendAsync(playground, HttpMethod.Put, $"applications/{playground.Options.Application.Id}/commands", new JsonArray(command));
        Assert.Equal(200, status);
    }

    /// <summary>A bot, and a command of a person that it has heard.</summary>
    [Fact]
    public async Task Answer_that_is_refused_leaves_the_interaction_to_be_answered()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var (bot, interaction) = await CommandAsync(playground);
        await using var _ = bot;

        var refused = await ScriptedBot.AnswerAsync(playground, interaction, 4, new JsonObject { ["content"] = "hi", ["message_reference"] = new JsonObject { ["message_id"] = "5" } });
        var taken = await ScriptedBot.AnswerAsync(playground, interaction, 4, new JsonObject { ["content"] = "hi" });

        Assert.InRange(refused.Status, 400, 499);
        Assert.InRange(taken.Status, 200, 204);
    }

    internal static async Task<(ScriptedBot Bot, JsonObject Interaction)> CommandAsync(PlaygroundFixture playground)
    {
        await RegisterAsync(playground);
        var (bot, _) = await ScriptedBot.LogInAsync(playground);
        await playground.People.PostAsJsonAsync("/playground/interactions", Command(playground), ScriptedBot.Deadline);
        return (bot, (await bot.NextAsync())!["d"]!.AsObject());
    }

    private static async Task<JsonObject> UploadAsync(PlaygroundFixture playground, HttpMethod method, string path, JsonObject json, params string[] files)
    {
        using var form = new MultipartFormDataContent { { JsonContent.Create(json), "payload_json" } };
        for (var i = 0; i < files.Length; i++)
        {
            form.Add(new StringContent(files[i]), $"files[{i}]", files[i]);
        }

        using var request = new HttpRequestMessage(method, path) { Content = form };
        using var response = await playground.Bot.SendAsync(request, ScriptedBot.Deadline);
        return (await response.Content.ReadFromJsonAsync<JsonObject>(ScriptedBot.Deadline))!;
    }
}
