using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Personalization.Playground.Tests;

public sealed class ChatStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("playground-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Chat_and_its_files_are_there_after_a_restart_but_for_answers_that_nothing_can_complete()
    {
        string posted, url;
        await using (var playground = await StartAsync())
        {
            var message = await PostAsync(playground, [1, 2, 3]);
            (posted, url) = (message["id"]!.ToString(), PathOf(message));
            var (bot, interaction) = await StrictnessTests.CommandAsync(playground);
            await using var _ = bot;
            await ScriptedBot.AnswerAsync(playground, interaction, 5, data: null);
            Assert.Equal(2, (await playground.MessagesAsync(0)).Count);
        }

        File.WriteAllText(Path.Combine(_folder.FullName, "messages", "7.json"), "{ torn");
        File.WriteAllText(Path.Combine(_folder.FullName, "files", "8"), "of no message");
        await using var restarted = await StartAsync();

        Assert.Equal([posted], (await restarted.MessagesAsync(0)).Select(message => message["id"]!.ToString()));
        Assert.Equal([1, 2, 3], await restarted.People.GetByteArrayAsync(url, Cancellation));
        Assert.Single(_folder.GetFiles("files/*"));
        Assert.True(ulong.Parse((await PostAsync(restarted, [4]))["id"]!.ToString()) > ulong.Parse(posted));
    }

    [Fact]
    public async Task Chat_that_cannot_be_written_is_shown_until_the_program_ends()
    {
        await using (var playground = await StartAsync())
        {
            await PostAsync(playground, [1]);
            Directory.Delete(Path.Combine(_folder.FullName, "messages"), recursive: true);

            await PostAsync(playground, [2]);

            Assert.Equal(2, (await playground.MessagesAsync(0)).Count);
        }

        await using var restarted = await StartAsync();
        Assert.Empty(await restarted.MessagesAsync(0));
    }

    [Fact]
    public async Task Chat_of_an_earlier_version_loses_what_clients_fail_on()
    {
        await using (var playground = await StartAsync())
        {
            await PostAsync(playground, [1]);
        }

        var file = Assert.Single(_folder.GetFiles("messages/*"));
        File.WriteAllText(file.FullName, File.ReadAllText(file.FullName).Replace("\"tts\"", "\"webhook_id\":null,\"tts\"", StringComparison.Ordinal));
        await using var restarted = await StartAsync();

        Assert.False(Assert.Single(await restarted.MessagesAsync(0)).ContainsKey("webhook_id"));
    }

    [Theory]
    [InlineData(10, 500)]
    [InlineData(1000, 1)]
    public async Task Chat_drops_its_oldest_messages_and_their_files_beyond_its_bounds_and_tells_the_pages(long maxFileBytes, int maxMessages)
    {
        await using var playground = await StartAsync(maxFileBytes, maxMessages);
        var first = await PostAsync(playground, new byte[6]);
        await using var live = await LivePage.OpenAsync(playground, person: 0, ScriptedBot.Deadline);

        var second = await PostAsync(playground, new byte[6]);

        Assert.Equal(["message_create", "message_delete"], [await TypeAsync(), await TypeAsync()]);
        Assert.Equal([second["id"]!.ToString()], (await playground.MessagesAsync(0)).Select(message => message["id"]!.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, (await playground.People.GetAsync(PathOf(first), Cancellation)).StatusCode);
        Assert.Single(_folder.GetFiles("files/*"));
        Assert.Single(_folder.GetFiles("messages/*"));

        async Task<string> TypeAsync() => (await live.NextAsync(ScriptedBot.Deadline))["type"]!.ToString();
    }

    [Fact]
    public async Task File_that_an_edit_takes_from_its_message_is_deleted()
    {
        await using var playground = await StartAsync();
        var message = await PostAsync(playground, [1]);

        var path = $"channels/{playground.Channel}/messages/{message["id"]}";
        await ScriptedBot.SendAsync(playground, HttpMethod.Patch, path, new JsonObject { ["content"] = "none", ["attachments"] = new JsonArray() });

        Assert.Empty(_folder.GetFiles("files/*"));
    }

    private static string PathOf(JsonObject message) => new Uri(message["attachments"]![0]!["url"]!.ToString()).AbsolutePath;

    private static async Task<JsonObject> PostAsync(PlaygroundFixture playground, byte[] content)
    {
        using var form = new MultipartFormDataContent
        {
            { JsonContent.Create(new { content = "with a file" }), "payload_json" },
            { new ByteArrayContent(content), "files[0]", "a.bin" },
        };
        using var response = await playground.Bot.PostAsync($"channels/{playground.Channel}/messages", form, Cancellation);
        return (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
    }

    private Task<PlaygroundFixture> StartAsync(long maxFileBytes = 1000, int maxMessages = 500) => PlaygroundFixture.StartAsync(configure: options =>
    {
        options.Directory = _folder.FullName;
        options.MaxFileBytes = maxFileBytes;
        options.MaxMessages = maxMessages;
    });
}
