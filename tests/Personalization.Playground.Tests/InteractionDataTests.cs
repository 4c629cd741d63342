using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Personalization.Playground.Tests;

/// <summary>What the bot gets for what people give: options, menus, selects and forms.</summary>
public sealed class InteractionDataTests
{
    [Fact]
    public async Task Option_of_a_person_channel_role_or_file_is_resolved()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        const string Command = """{"name":"pick","description":"x","options":[{"type":6,"name":"person","description":"x"},{"type":7,"name":"channel","description":"x"},{"type":8,"name":"role","description":"x"},{"type":9,"name":"any","description":"x"},{"type":11,"name":"file","description":"x"}]}""";
        var (person, channel, role) = (playground.Person(2), await playground.PlaceAsync(1, "curators"), playground.Options.Guilds[1].Roles[0].Id);
        var data = await HeardAsync(playground, Command, 1, "curators", new JsonObject
        {
            ["person"] = person,
            ["channel"] = channel,
            ["role"] = $"{role}",
            ["any"] = playground.Person(1),
            ["file"] = new JsonObject { ["name"] = "a.txt", ["content_type"] = "text/plain", ["data"] = Convert.ToBase64String([1, 2, 3]) },
        });

        var resolved = data["resolved"]!;
        Assert.Equal(["Linus", "Grace"], resolved["users"]!.AsObject().Select(user => user.Value!["global_name"]!.ToString()));
        Assert.Equal([$"{role}"], resolved["members"]![person]!["roles"]!.AsArray().Select(id => id!.ToString()));
        Assert.Equal(["curators", "Curators"], [resolved["channels"]![channel]!["name"]!.ToString(), resolved["roles"]![$"{role}"]!["name"]!.ToString()]);
        var file = resolved["attachments"]![data["options"]![4]!["value"]!.ToString()]!;
        Assert.Equal((3, true), (file["size"]!.GetValue<int>(), file["ephemeral"]!.GetValue<bool>()));
        Assert.Equal([1, 2, 3], await playground.People.GetByteArrayAsync(new Uri(file["url"]!.ToString()), ScriptedBot.Deadline));
    }

    [Theory]
    [InlineData(6, "\"1\"", "what takes a person who is here.")]
    [InlineData(7, "\"1100000000000000022\"", "what takes a channel that you see.")]
    [InlineData(8, "\"1100000000000000030\"", "what takes a role of this server.")]
    [InlineData(9, "\"x\"", "what takes a person who is here or a role of this server.")]
    [InlineData(4, "1.5", "what takes a whole number.")]
    [InlineData(5, "\"yes\"", "what is true or false.")]
    [InlineData(11, "\"a.png\"", "what takes a file of at most 10 MiB.")]
    public async Task Option_that_names_nothing_is_refused_before_it_is_sent(int type, string value, string problem)
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        await PlacesTests.RegisterAsync(playground, $$"""{"name":"pick","description":"x","options":[{"type":{{type}},"name":"what","description":"x"}]}""");

        var answer = await playground.InteractAsync(0, new JsonObject { ["type"] = 2, ["command"] = "pick", ["options"] = new JsonObject { ["what"] = JsonNode.Parse(value) } });

        Assert.Equal(problem, answer["message"]!.ToString());
    }

    [Fact]
    public async Task Subcommand_comes_with_its_own_options_and_exactly_one_is_needed()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        const string Command = """{"name":"set","description":"x","options":[{"type":2,"name":"group","description":"x","options":[{"type":1,"name":"size","description":"x","options":[{"type":4,"name":"pixels","description":"x","required":true}]}]},{"type":1,"name":"reset","description":"x"}]}""";
        var data = await HeardAsync(playground, Command, 0, "pictures", JsonNode.Parse("""{"group":{"size":{"pixels":512}}}""")!.AsObject());

        Assert.Equal("""[{"name":"group","type":2,"options":[{"name":"size","type":1,"options":[{"name":"pixels","type":4,"value":512}]}]}]""", data["options"]!.ToJsonString());
        Assert.Equal("/set needs one of group, reset.", await ProblemAsync([]));
        Assert.Equal("/set group size needs pixels.", await ProblemAsync(JsonNode.Parse("""{"group":{"size":{}}}""")!.AsObject()));

        async Task<string> ProblemAsync(JsonObject options) =>
            (await playground.InteractAsync(0, new JsonObject { ["type"] = 2, ["command"] = "set", ["options"] = options }))["message"]!.ToString();
    }

    [Fact]
    public async Task Value_half_typed_is_sent_as_it_is_and_answered_with_choices_alone()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        await PlacesTests.RegisterAsync(playground, """{"name":"find","description":"x","options":[{"type":3,"name":"needed","description":"x","required":true},{"type":4,"name":"number","description":"x","autocomplete":true}]}""");
        var (bot, _) = await ScriptedBot.LogInAsync(playground);
        await using var _ = bot;
        var asked = playground.InteractAsync(0, new JsonObject { ["type"] = 4, ["command"] = "find", ["focused"] = "number", ["options"] = new JsonObject { ["number"] = "1x" } });
        var interaction = await bot.EventAsync("INTERACTION_CREATE");

        Assert.Equal("""[{"name":"number","type":4,"value":"1x","focused":true}]""", interaction["data"]!["options"]!.ToJsonString());
        Assert.Equal(400, (await ScriptedBot.AnswerAsync(playground, interaction, 4, new JsonObject { ["content"] = "no" })).Status);
        var tooMany = new JsonArray([.. Enumerable.Range(0, 26).Select(i => new JsonObject { ["name"] = $"{i}", ["value"] = i })]);
        Assert.Equal(50035, (await ScriptedBot.AnswerAsync(playground, interaction, 8, new JsonObject { ["choices"] = tooMany })).Body["code"]!.GetValue<int>());
        Assert.Equal(204, (await ScriptedBot.AnswerAsync(playground, interaction, 8, JsonNode.Parse("""{"choices":[{"name":"one","value":1}]}""")!.AsObject())).Status);
        Assert.Equal("""[{"name":"one","value":1}]""", (await asked)["choices"]!.ToJsonString());
        Assert.Equal("/find suggests no values for needed.", (await playground.InteractAsync(0, new JsonObject { ["type"] = 4, ["command"] = "find", ["focused"] = "needed" }))["message"]!.ToString());
    }

    [Fact]
    public async Task Form_may_ask_for_people_and_files_besides_words()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var (bot, opening) = await StrictnessTests.CommandAsync(playground);
        await using var _ = bot;
        const string Modal = """
            {"custom_id":"ask","title":"Ask","components":[
            {"type":18,"label":"Words","component":{"type":4,"custom_id":"words","style":1}},
            {"type":18,"label":"People","component":{"type":5,"custom_id":"people","max_values":2}},
            {"type":18,"label":"Files","component":{"type":19,"custom_id":"files","required":false}}]}
            """;
        Assert.Equal(204, (await ScriptedBot.AnswerAsync(playground, opening, 9, JsonNode.Parse(Modal)!.AsObject())).Status);

        var form = new JsonObject { ["person"] = playground.Person(0), ["type"] = 5, ["modal"] = opening["id"]!.ToString() };
        form["fields"] = JsonNode.Parse("""{"words":"a","people":["1"]}""");
        Assert.Equal("This choice is not offered.", (await playground.InteractAsync(0, form.DeepClone().AsObject()))["message"]!.ToString());
        form["fields"] = new JsonObject
        {
            ["words"] = "a",
            ["people"] = new JsonArray(playground.Person(1)),
            ["files"] = new JsonArray(new JsonObject { ["name"] = "a.txt", ["data"] = "AQID" }),
        };
        await playground.People.PostAsJsonAsync("/playground/interactions", form, ScriptedBot.Deadline);

        var data = (await bot.EventAsync("INTERACTION_CREATE"))["data"]!;
        Assert.Equal(["a", playground.Person(1)], [data["components"]![0]!["component"]!["value"]!.ToString(), data["components"]![1]!["component"]!["values"]![0]!.ToString()]);
        Assert.Equal("Grace", data["resolved"]!["users"]![playground.Person(1)]!["global_name"]!.ToString());
        Assert.Equal("a.txt", data["resolved"]!["attachments"]![data["components"]![2]!["component"]!["values"]![0]!.ToString()]!["filename"]!.ToString());
    }

    [Fact]
    public async Task Answer_to_a_press_names_its_message_and_a_later_one_the_first_answer()
    {
        await using var playground = await PlaygroundFixture.StartAsync();
        var (bot, command) = await StrictnessTests.CommandAsync(playground);
        await using var _ = bot;
        var button = JsonNode.Parse("""{"content":"x","components":[{"type":1,"components":[{"type":2,"style":1,"label":"x","custom_id":"x"}]}]}""")!.AsObject();
        await ScriptedBot.AnswerAsync(playground, command, 4, button);
        var first = Assert.Single(await playground.MessagesAsync(0));
        Assert.Equal((20, "say"), (first["type"]!.GetValue<int>(), first["interaction_metadata"]!["name"]!.ToString()));
        await playground.People.PostAsJsonAsync("/playground/interactions", new JsonObject { ["person"] = playground.Person(1), ["type"] = 3, ["message"] = first["id"]!.ToString(), ["custom_id"] = "x" }, ScriptedBot.Deadline);

        var press = await bot.EventAsync("INTERACTION_CREATE");
        await ScriptedBot.AnswerAsync(playground, press, 4, new JsonObject { ["content"] = "answer" });
        await ScriptedBot.SendAsync(playground, HttpMethod.Post, $"webhooks/{press["application_id"]}/{press["token"]}", new JsonObject { ["content"] = "later" });

        var (answer, later) = ((await playground.MessagesAsync(0))[1], (await playground.MessagesAsync(0))[2]);
        Assert.Equal(first["id"]!.ToString(), answer["interaction_metadata"]!["interacted_message_id"]!.ToString());
        Assert.Equal((19, first["id"]!.ToString()), (answer["type"]!.GetValue<int>(), answer["message_reference"]!["message_id"]!.ToString()));
        Assert.Equal(answer["id"]!.ToString(), later["interaction_metadata"]!["original_response_message_id"]!.ToString());
        Assert.Equal(answer["id"]!.ToString(), later["message_reference"]!["message_id"]!.ToString());
        Assert.Equal($"{playground.Options.Application.Id}", later["webhook_id"]!.ToString());
    }

    [Fact]
    public async Task File_of_what_is_refused_is_not_kept()
    {
        var folder = Directory.CreateTempSubdirectory("playground-");
        await using (var playground = await PlaygroundFixture.StartAsync(configure: options => options.Directory = folder.FullName))
        {
            await PlacesTests.RegisterAsync(playground, """{"name":"pick","description":"x","options":[{"type":11,"name":"file","description":"x"},{"type":4,"name":"number","description":"x"}]}""");
            var options = new JsonObject { ["file"] = new JsonObject { ["name"] = "a.txt", ["data"] = "AQID" }, ["number"] = "no" };

            Assert.Equal("number takes a whole number.", (await playground.InteractAsync(0, new JsonObject { ["type"] = 2, ["command"] = "pick", ["options"] = options.DeepClone() }))["message"]!.ToString());
            Assert.Empty(Kept());
            options["number"] = 1;
            await playground.People.PostAsJsonAsync("/playground/interactions", new JsonObject { ["type"] = 2, ["person"] = playground.Person(0), ["channel"] = playground.Channel, ["command"] = "pick", ["options"] = options }, ScriptedBot.Deadline);
            Assert.Single(Kept());
        }

        folder.Delete(recursive: true);

        string[] Kept() => Directory.GetFiles(Path.Combine(folder.FullName, "files"));
    }

    // The data that the bot gets for a command.
    private static async Task<JsonObject> HeardAsync(PlaygroundFixture playground, string command, int person, string channel, JsonObject options)
    {
        await PlacesTests.RegisterAsync(playground, command);
        var (bot, _) = await ScriptedBot.LogInAsync(playground);
        await using var _ = bot;
        var form = new JsonObject
        {
            ["type"] = 2,
            ["person"] = playground.Person(person),
            ["channel"] = await playground.PlaceAsync(person, channel),
            ["command"] = JsonNode.Parse(command)!["name"]!.ToString(),
            ["options"] = options,
        };
        using var response = await playground.People.PostAsJsonAsync("/playground/interactions", form, ScriptedBot.Deadline);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(ScriptedBot.Deadline));
        return (await bot.EventAsync("INTERACTION_CREATE"))["data"]!.AsObject();
    }
}
