using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Personalization.Discord.Components;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Discord.Tests.StandIn;

namespace Personalization.Discord.Tests;

public sealed class RestTests
{
    private const string Messages = "/channels/8/messages";
    private const string Original = "/webhooks/9/interaction.token/messages/@original";
    private const string Callback = "/interactions/31/interaction.token/callback?with_response=true";

    private static readonly InteractionHandle Handle = new(31, 9, "interaction.token", 8, 7, DateTimeOffset.UnixEpoch);
    private static readonly MessageBody Body = new() { Components = [new TextDisplay("hello")] };
    private static readonly MessageBody WithFiles = Body with
    {
        Files = [new("grid.png", new byte[] { 1, 2, 3, 13, 10, 45, 45 }, "image/png"), new("b.txt", "text"u8.ToArray(), "text/plain") { Description = "a text" }],
    };

    // Half of what the jitter may add.
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(375);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rest_message_allows_no_mentions_and_holds_no_nulls()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        discord.On("POST", Messages, Answer.Message(77));

        var message = await bot.Rest.CreateMessageAsync(8, Body, "31", Cancellation);

        var call = await discord.CallAsync("POST", Messages);
        Assert.Equal(77UL, message.Id);
        Assert.Equal("Bot bot.token", call.Authorization);
        Assert.StartsWith("DiscordBot (https://", call.UserAgent, StringComparison.Ordinal);
        Assert.Equal(
            """{"components":[{"type":10,"content":"hello"}],"flags":32768,"allowed_mentions":{"parse":[]},"attachments":[],"nonce":"31","enforce_nonce":true}""",
            call.Json.GetRawText());
    }

    [Theory]
    [InlineData(null, "https://discord.com/developers/applications")]
    [InlineData("https://example.org/about our bot", "https://example.org/about%20our%20bot")]
    public async Task User_agent_names_the_homepage_and_the_version_without_the_commit(string? homepage, string expected)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord, commands: null, homepage is null ? [] : [("Discord:HomepageUrl", homepage)]);
        discord.On("POST", Messages, Answer.Message(77));

        await bot.Rest.CreateMessageAsync(8, Body, "31", Cancellation);

        var call = await discord.CallAsync("POST", Messages);
        Assert.Matches($@"^DiscordBot \({Regex.Escape(expected)}, \d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?\)$", call.UserAgent);
    }

    [Fact]
    public async Task Rest_sends_files_as_a_form_whose_attachments_name_them()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        discord.On("PATCH", Original, Answer.Message(77));

        await bot.Rest.EditOriginalAsync(Handle, WithFiles, Cancellation);

        var call = await discord.CallAsync("PATCH", Original);
        Assert.StartsWith("multipart/form-data; boundary=", call.ContentType, StringComparison.Ordinal);
        Assert.Equal("""[{"id":"0","filename":"grid.png"},{"id":"1","filename":"b.txt","description":"a text"}]""", call.Json.GetProperty("attachments").GetRawText());
        Assert.Equal([("files[0]", "grid.png", "image/png"), ("files[1]", "b.txt", "text/plain")], call.Files.Select(file => (file.Field, file.FileName, file.ContentType)));
        Assert.Equal(WithFiles.Files[0].Content.ToArray(), call.Files[0].Content);
    }

    [Fact]
    public async Task Rest_edit_without_files_removes_the_old_attachments()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        discord.On("PATCH", $"{Messages}/77", Answer.Message(77));

        await bot.Rest.EditMessageAsync(8, 77, Body, Cancellation);

        var call = await discord.CallAsync("PATCH", $"{Messages}/77");
        Assert.Equal("[]", call.Json.GetProperty("attachments").GetRawText());
        Assert.Equal("""{"parse":[]}""", call.Json.GetProperty("allowed_mentions").GetRawText());
    }

    [Fact]
    public async Task Rest_repeats_a_form_with_the_same_files()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        discord.On("PATCH", Original, new Answer(503), Answer.Message(77));

        var edit = bot.Rest.EditOriginalAsync(Handle, WithFiles, Cancellation);
        var first = await discord.CallAsync("PATCH", Original);
        await bot.Time.PassAsync(FirstBackoff);
        await edit;

        var second = await discord.CallAsync("PATCH", Original);
        Assert.Equal(first.Json.GetRawText(), second.Json.GetRawText());
        Assert.Equal(first.Files[0].Content, second.Files[0].Content);
    }

    [Fact]
    public async Task Rest_adds_a_message_to_an_answer_once_and_edits_it_by_its_id()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        discord.On("POST", "/webhooks/9/interaction.token", Answer.Message(78));
        discord.On("PATCH", "/webhooks/9/interaction.token/messages/78", Answer.Message(78));

        var message = await bot.Rest.FollowUpAsync(Handle, Body with { Ephemeral = true }, Cancellation);
        await bot.Rest.EditFollowUpAsync(Handle, message.Id, Body, Cancellation);

        var call = await discord.CallAsync("POST", "/webhooks/9/interaction.token");
        Assert.Null(call.Authorization);
        Assert.Equal(64 + 32768, call.Json.GetProperty("flags").GetInt32());
        Assert.NotNull(await discord.CallAsync("PATCH", "/webhooks/9/interaction.token/messages/78"));
    }

    [Fact]
    public async Task Rest_does_not_repeat_a_message_that_Discord_may_have_added()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        discord.On("POST", "/webhooks/9/interaction.token", new Answer(502), Answer.Message(78));

        await Assert.ThrowsAsync<DiscordException>(() => bot.Rest.FollowUpAsync(Handle, Body, Cancellation).WaitAsync(Deadline.Of, Cancellation));
    }

    [Fact]
    public async Task Rest_does_not_send_the_bot_token_with_an_interaction_token()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        discord.On("PATCH", Original, Answer.Message(77));

        await bot.Rest.EditOriginalAsync(Handle, Body, Cancellation);

        Assert.Null((await discord.CallAsync("PATCH", Original)).Authorization);
    }

    [Fact]
    public async Task Rest_recent_messages_have_their_buttons_and_interaction()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        discord.On("GET", $"{Messages}?limit=100", new Answer(200,
            """[{"id":"1","flags":64,"interaction_metadata":{"id":"31"},"components":[{"type":17,"components":[{"type":1,"components":[{"type":2,"custom_id":"a"}]},{"type":9,"components":[],"accessory":{"type":2,"custom_id":"b"}}]}]},{"id":"2"}]"""));

        var messages = await bot.Rest.RecentMessagesAsync(8, 100, Cancellation);

        Assert.Equal([1UL, 2UL], messages.Select(message => message.Id));
        Assert.Equal(["a", "b"], messages[0].CustomIds);
        Assert.Equal(31UL, messages[0].InteractionId);
        Assert.True(messages[0].IsEphemeral);
        Assert.False(messages[1].IsEphemeral);
    }

    [Theory]
    [InlineData(404, 10062)]
    [InlineData(400, 40060)]
    [InlineData(401, 50027)]
    [InlineData(404, 10015)]
    public async Task Rest_reports_a_refusal_with_its_status_and_code(int status, int code)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        discord.On("POST", Callback, Answer.Error(status, code, "no"));

        var refusal = await Assert.ThrowsAsync<DiscordException>(() => bot.Rest.RespondAsync(Handle, 5, null, [], bot.Rest.BeginAnswer(), Cancellation));

        Assert.Equal(((HttpStatusCode)status, code), (refusal.Status, refusal.Code));
        Assert.Single(discord.RemainingCalls());
    }

    [Theory]
    [InlineData("<html>Forbidden</html>", "text/html")]
    [InlineData("{broken", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("{\"code\":\"x\"}", "application/json")]
    public async Task Rest_reports_an_error_page_by_its_status(string body, string contentType)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        discord.On("POST", Messages, new Answer(403, body, contentType));

        var refusal = await Assert.ThrowsAsync<DiscordException>(() => bot.Rest.CreateMessageAsync(8, Body, null, Cancellation));

        Assert.Equal((HttpStatusCode.Forbidden, 0), (refusal.Status, refusal.Code));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rest_repeats_a_message_after_a_fault_only_with_a_nonce(bool isServerError)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        var fault = isServerError ? new Answer(500) : Answer.Broken;
        discord.On("POST", Messages, fault, fault, Answer.Message(77));

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => bot.Rest.CreateMessageAsync(8, Body, nonce: null, Cancellation));
        Assert.True(failure is DiscordException or HttpRequestException);
        Assert.Single(discord.RemainingCalls());

        var sent = bot.Rest.CreateMessageAsync(8, Body, "31", Cancellation);
        await bot.Time.PassAsync(FirstBackoff);
        Assert.Equal(77UL, (await sent).Id);
        Assert.Equal(2, discord.RemainingCalls().Count);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PATCH")]
    public async Task Rest_tries_a_repeatable_request_five_times_with_growing_pauses(string method)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        discord.On("GET", $"{Messages}?limit=1", new Answer(502, "<html>", "text/html"));
        discord.On("PATCH", Original, Answer.Broken);

        var task = method == "GET" ? bot.Rest.RecentMessagesAsync(8, 1, Cancellation) : bot.Rest.EditOriginalAsync(Handle, Body, Cancellation);
        for (var attempt = 1; attempt < 5; attempt++)
        {
            await bot.Time.PassAsync(FirstBackoff * Math.Pow(2, attempt - 1));
        }

        await Assert.ThrowsAnyAsync<Exception>(() => task);
        Assert.Equal(5, discord.RemainingCalls().Count);
    }

    [Fact]
    public async Task Rest_repeats_a_message_that_was_never_sent()
    {
        var gone = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(gone);
        await gone.DisposeAsync();

        var sent = bot.Rest.CreateMessageAsync(8, Body, nonce: null, Cancellation);
        for (var attempt = 1; attempt < 5; attempt++)
        {
            await bot.Time.PassAsync(FirstBackoff * Math.Pow(2, attempt - 1));
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => sent);
    }

    [Fact]
    public async Task Rest_counts_no_answer_in_thirty_seconds_as_a_fault()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        var silence = new TaskCompletionSource();
        var isFirst = true;
        discord.On("PATCH", Original, async _ =>
        {
            if (isFirst)
            {
                isFirst = false;
                await silence.Task;
            }

            return Answer.Message(77);
        });

        var edit = bot.Rest.EditOriginalAsync(Handle, Body, Cancellation);
        await discord.CallAsync("PATCH", Original);
        await bot.Time.PassAsync(TimeSpan.FromSeconds(30));
        await bot.Time.PassAsync(FirstBackoff);
        await edit;
        silence.SetResult();
    }

    [Fact]
    public async Task Rest_accepts_an_answer_that_arrived_before_the_connection_broke()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        discord.On("POST", Callback, Answer.Broken, Answer.Error(400, 40060, "Interaction has already been acknowledged."));
        discord.On("GET", Original, Answer.Message(77));

        var response = bot.Rest.RespondAsync(Handle, 5, null, [], bot.Rest.BeginAnswer(), Cancellation);
        await bot.Time.PassAsync(FirstBackoff);

        // And the message is asked for, so that it can be edited when the token is gone.
        Assert.Equal(77UL, (await response)!.Id);
    }

    [Fact]
    public async Task Rest_stops_all_requests_with_a_refused_token_and_logs_it_once()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        discord.On("POST", Messages, Answer.Error(401, 0, "401: Unauthorized"));
        discord.On("PATCH", Original, Answer.Message(77));

        for (var i = 0; i < 3; i++)
        {
            var refusal = await Assert.ThrowsAsync<DiscordException>(() => bot.Rest.CreateMessageAsync(8, Body, "31", Cancellation));
            Assert.Equal(HttpStatusCode.Unauthorized, refusal.Status);
        }

        Assert.Single(discord.RemainingCalls());
        Assert.Single(bot.Logs.Lines, line => line.Level == LogLevel.Critical && line.Text.Contains("Discord:Token"));
        // The interaction's own token still works.
        await bot.Rest.EditOriginalAsync(Handle, Body, Cancellation);
    }

    [Fact]
    public async Task Rest_is_not_stopped_by_an_expired_interaction_token()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        discord.On("PATCH", Original, Answer.Error(401, 50027, "Invalid Webhook Token"));
        discord.On("POST", Messages, Answer.Message(77));

        await Assert.ThrowsAsync<DiscordException>(() => bot.Rest.EditOriginalAsync(Handle, Body, Cancellation));

        await bot.Rest.CreateMessageAsync(8, Body, "31", Cancellation);
    }

    [Fact]
    public async Task Rest_never_logs_a_token()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        discord.On("PATCH", Original, new Answer(500), Answer.RateLimited("0.5", isGlobal: false), Answer.Message(77));

        var edit = bot.Rest.EditOriginalAsync(Handle, Body, Cancellation);
        await bot.Time.PassAsync(FirstBackoff);
        await bot.Time.PassAsync(TimeSpan.FromSeconds(0.5));
        await edit;

        Assert.NotEmpty(bot.Logs.Lines);
        Assert.DoesNotContain(bot.Logs.Lines, line => line.Text.Contains("interaction.token") || line.Text.Contains(Bot.Token));
    }

    [Fact]
    public async Task Rest_rejects_a_nonce_beyond_25_characters()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => bot.Rest.CreateMessageAsync(8, Body, new string('1', 26), Cancellation));

        Assert.Contains("25", refusal.Message);
    }

    [Fact]
    public void Interaction_handle_survives_serialization() =>
        Assert.Equal(Handle, JsonSerializer.Deserialize<InteractionHandle>(JsonSerializer.Serialize(Handle)));
}
