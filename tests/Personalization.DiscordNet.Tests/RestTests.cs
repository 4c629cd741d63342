using System.Net;
using Personalization.Discord.Components;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Discord.Tests.StandIn;

namespace Personalization.DiscordNet.Tests;

public sealed class RestTests
{
    private const string Messages = "/channels/8/messages";
    private const string Original = "/webhooks/9/interaction.token/messages/@original?with_components=true";

    private static readonly InteractionHandle Handle = new(31, 9, "interaction.token", 8, 7, DateTimeOffset.UnixEpoch);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static MessageBody Body { get; } = new() { Components = [new TextDisplay("hello")] };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Message_is_repeated_after_a_fault_only_with_a_nonce_which_is_enforced(bool isServerError)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await ConnectAsync(discord);
        var fault = isServerError ? new Answer(500) : Answer.Broken;
        discord.On("POST", Messages, fault, fault, Answer.Message(77));

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => bot.Rest.CreateMessageAsync(8, Body, nonce: null, Cancellation));
        Assert.True(failure is DiscordException or HttpRequestException, $"{failure}");
        Assert.False((await discord.CallAsync("POST", Messages)).Json.TryGetProperty("nonce", out _));

        Assert.Equal(77UL, (await bot.Rest.CreateMessageAsync(8, Body, "31", Cancellation)).Id);
        var sent = (await discord.CallAsync("POST", Messages)).Json;
        Assert.Equal(("31", true, 32768), (sent.GetProperty("nonce").GetString(), sent.GetProperty("enforce_nonce").GetBoolean(), sent.GetProperty("flags").GetInt32()));
        Assert.Empty(sent.GetProperty("allowed_mentions").GetProperty("parse").EnumerateArray());
        Assert.Single(discord.RemainingCalls(), call => call.Method == "POST");
    }

    [Fact]
    public async Task Original_is_edited_by_its_token_alone_with_its_files_and_again_after_server_errors()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await ConnectAsync(discord);
        discord.On("PATCH", Original, new Answer(503), Answer.Message(77));
        var picture = new MediaGalleryItem("grid.png", new string('x', 254) + "😀" + new string('y', 768));

        await bot.Rest.EditOriginalAsync(
            Handle,
            new() { Components = [new MediaGallery([picture])], Files = [new("grid.png", new byte[] { 1, 2 }, "image/png") { Description = "a door" }] },
            Cancellation);

        await discord.CallAsync("PATCH", Original);
        var call = await discord.CallAsync("PATCH", Original);
        Assert.Null(call.Authorization);
        Assert.StartsWith("DiscordBot (https://discord.com/developers/applications, 3.18.0", call.UserAgent, StringComparison.Ordinal);
        Assert.Equal(32768, call.Json.GetProperty("flags").GetInt32());
        Assert.Equal("a door", call.Json.GetProperty("attachments")[0].GetProperty("description").GetString());
        Assert.Equal("grid.png", Assert.Single(call.Files).FileName);

        // As much as Discord.Net takes, and no half of a character.
        Assert.Equal(new string('x', 254) + "…", call.Json.GetProperty("components")[0].GetProperty("items")[0].GetProperty("description").GetString());
        Assert.DoesNotContain(bot.Logs.Lines, line => line.Text.Contains(Handle.Token));
        Assert.Contains(bot.Logs.Lines, line => line.Text.Contains("is tried again"));
    }

    [Theory]
    [InlineData(404, 10008)]
    [InlineData(401, 50027)]
    [InlineData(403, 50001)]
    public async Task Refusal_has_its_status_and_code(int status, int code)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await ConnectAsync(discord);
        discord.On("PATCH", Original, Answer.Error(status, code, "no"));

        var refusal = await Assert.ThrowsAsync<DiscordException>(() => bot.Rest.EditOriginalAsync(Handle, Body, Cancellation));

        Assert.Equal(((HttpStatusCode)status, code), (refusal.Status, refusal.Code));
    }

    [Fact]
    public async Task Refused_token_stops_all_requests_with_it()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await ConnectAsync(discord);
        discord.On("PATCH", $"{Messages}/77", Answer.Error(401, 0, "401: Unauthorized"));

        await Assert.ThrowsAsync<DiscordException>(() => bot.Rest.EditMessageAsync(8, 77, Body, Cancellation));
        discord.RemainingCalls();
        await Assert.ThrowsAsync<DiscordException>(() => bot.Rest.DeleteMessageAsync(8, 77, Cancellation));

        Assert.Empty(discord.RemainingCalls());
    }

    [Fact]
    public async Task Message_in_an_answer_that_Discord_Net_cannot_read_counts_as_sent()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await ConnectAsync(discord);
        discord.On("POST", Messages, new Answer(200, """{"id":"77","flags":32768,"author":{"id":"not a number"},"components":[{"type":"?"}]}"""));

        Assert.Equal(77UL, (await bot.Rest.CreateMessageAsync(8, Body, "31", Cancellation)).Id);
    }

    [Fact]
    public async Task Rate_limit_is_waited_for_as_long_as_Discord_says()
    {
        var time = new WatchedTime();
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await ConnectAsync(discord, time);
        discord.On("PATCH", $"{Messages}/77", Answer.RateLimited("1.25", isGlobal: false), Answer.Message(77));

        var edit = bot.Rest.EditMessageAsync(8, 77, Body, Cancellation);
        await time.PassAsync(TimeSpan.FromSeconds(1.25));
        await edit.WaitAsync(Deadline.Of, Cancellation);

        Assert.Equal(2, discord.RemainingCalls().Count(call => call.Method == "PATCH"));
    }

    [Theory]
    [InlineData("""{"message":"You are being rate limited.","retry_after":10.5,"global":false}""", "1")]
    [InlineData("<html>error 1015</html>", "60")]
    [InlineData("<html>error 1015</html>", null)]
    public async Task Rate_limit_is_refused_where_it_outlasts_the_patience_of_the_call(string body, string? retryAfter)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await ConnectAsync(discord, new WatchedTime());
        discord.On("PATCH", $"{Messages}/77", new Answer(429, body, "text/html", retryAfter is null ? [] : [("Retry-After", retryAfter)]));

        var refusal = await Assert.ThrowsAsync<DiscordException>(() => bot.Rest.EditMessageAsync(8, 77, Body, Cancellation).WaitAsync(Deadline.Of, Cancellation));

        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.Status);
        Assert.Single(discord.RemainingCalls(), call => call.Method == "PATCH");
    }

    [Fact]
    public async Task Global_rate_limit_holds_the_requests_that_follow()
    {
        var time = new WatchedTime();
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await ConnectAsync(discord, time);
        discord.On("PATCH", $"{Messages}/77", Answer.RateLimited("11", isGlobal: true));
        discord.On("DELETE", $"{Messages}/78", new Answer(204));
        await Assert.ThrowsAsync<DiscordException>(() => bot.Rest.EditMessageAsync(8, 77, Body, Cancellation));
        time.Advance(TimeSpan.FromSeconds(4));

        var deletion = bot.Rest.DeleteMessageAsync(8, 78, Cancellation);
        await time.BegunAsync(TimeSpan.FromSeconds(7));
        Assert.DoesNotContain(discord.RemainingCalls(), call => call.Method == "DELETE");
        time.Advance(TimeSpan.FromSeconds(7));
        await deletion.WaitAsync(Deadline.Of, Cancellation);
    }

    [Fact]
    public async Task Limit_that_Discord_Net_knows_in_advance_is_refused_where_it_outlasts_the_answer()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await ConnectAsync(discord);
        discord.On("PATCH", $"{Messages}/77", new Answer(200, Answer.Message(77).Body, "application/json", Answer.Bucket("edits", 1, 0, "600")));
        var channel = (global::Discord.IMessageChannel)bot.Client.GetChannel(8);
        Task EditAsync() => new RestCall { Patience = TimeSpan.FromMilliseconds(200) }.RunAsync(options => channel.ModifyMessageAsync(77, edit => Mapping.Write(Body, edit), options), Cancellation);
        await EditAsync();

        var refusal = await Assert.ThrowsAsync<DiscordException>(() => EditAsync().WaitAsync(Deadline.Of, Cancellation));

        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.Status);
    }

    [Theory]
    [InlineData(404, """{"code":10003,"message":"Unknown Channel"}""", true)]
    [InlineData(200, "<html></html>", false)]
    [InlineData(200, """{"id":"20","type":99}""", false)]
    public async Task Channel_is_gone_only_where_Discord_says_so(int status, string body, bool isGone)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await ConnectAsync(discord);
        discord.On("GET", "/channels/20", new Answer(status, body));

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => bot.Rest.EditMessageAsync(20, 77, Body, Cancellation));

        Assert.Equal(isGone, failure is DiscordException { Status: HttpStatusCode.NotFound });
        Assert.Equal(!isGone, failure is HttpRequestException);
    }

    private static async Task<Bot> ConnectAsync(DiscordStandIn discord, TimeProvider? time = null)
    {
        var bot = await Bot.StartAsync(discord, time: time);
        await Bot.BeginAsync(discord);
        await bot.Guilds.KnownAsync(7, Cancellation).WaitAsync(Deadline.Of, Cancellation);
        return bot;
    }
}
