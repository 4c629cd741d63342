using Personalization.Discord.Components;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Discord.Tests.StandIn;

namespace Personalization.Discord.Tests;

public sealed class RateLimitTests
{
    private static readonly MessageBody Body = new() { Components = [new TextDisplay("hello")] };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bucket_that_is_used_up_waits_for_its_reset_and_no_longer()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        OnMessages(discord, 8, Answer.Message(1, Answer.Bucket("m", 5, 0, "1.5")), Answer.Message(2, Answer.Bucket("m", 5, 4, "1.5")));
        await PostAsync(bot, 8);

        var second = PostAsync(bot, 8);
        await bot.Time.BegunAsync(TimeSpan.FromSeconds(1.5));
        Assert.Single(discord.RemainingCalls());
        bot.Time.Advance(TimeSpan.FromSeconds(1.5));

        Assert.Equal(2UL, (await second).Id);
    }

    [Fact]
    public async Task Bucket_lets_one_request_through_until_its_limit_is_known()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        var first = new TaskCompletionSource();
        discord.On("POST", "/channels/8/messages", async _ =>
        {
            await first.Task;
            return Answer.Message(1, Answer.Bucket("m", 5, 4, "2"));
        });

        var posts = Enumerable.Range(0, 5).Select(_ => PostAsync(bot, 8)).ToList();
        await discord.CallAsync("POST", "/channels/8/messages");
        Assert.Empty(discord.RemainingCalls());
        first.SetResult();

        await Task.WhenAll(posts);
    }

    [Fact]
    public async Task Bucket_belongs_to_one_channel()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        OnMessages(discord, 8, Answer.Message(1, Answer.Bucket("m", 5, 0, "60")));
        OnMessages(discord, 18, Answer.Message(2, Answer.Bucket("m", 5, 4, "60")));
        await PostAsync(bot, 18);
        await PostAsync(bot, 8);

        Assert.Equal(2UL, (await PostAsync(bot, 18)).Id);
    }

    [Fact]
    public async Task Routes_that_Discord_puts_in_one_bucket_share_it()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        OnMessages(discord, 8, Answer.Message(1, Answer.Bucket("shared", 5, 3, "9")), Answer.Message(1, Answer.Bucket("shared", 5, 0, "7")));
        discord.On("PATCH", "/channels/8/messages/1", Answer.Message(1, Answer.Bucket("shared", 5, 2, "8")));
        await PostAsync(bot, 8);
        await bot.Rest.EditMessageAsync(8, 1, Body, Cancellation);
        await PostAsync(bot, 8);

        var edit = bot.Rest.EditMessageAsync(8, 1, Body, Cancellation);
        await bot.Time.PassAsync(TimeSpan.FromSeconds(7));
        await edit;
    }

    [Fact]
    public async Task Bucket_waits_for_the_time_of_a_429_whatever_its_other_headers_say()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        OnMessages(discord, 8, Answer.RateLimited("0.75", isGlobal: false, Answer.Bucket("m", 5, 5, "0.1")), Answer.Message(1));

        var first = PostAsync(bot, 8);
        // The refused request waits out what it was told, and another waits for the bucket.
        await bot.Time.BegunAsync(TimeSpan.FromSeconds(0.75));
        var second = PostAsync(bot, 8);
        await bot.Time.BegunAsync(TimeSpan.FromSeconds(0.75));
        Assert.Single(discord.RemainingCalls());
        bot.Time.Advance(TimeSpan.FromSeconds(0.75));

        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task Bucket_waits_for_the_header_of_a_429_without_JSON()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        OnMessages(discord, 8, new Answer(429, "<html>", "text/html", ("Retry-After", "3")), Answer.Message(1));

        var post = PostAsync(bot, 8);
        await bot.Time.PassAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(1UL, (await post).Id);
    }

    [Fact]
    public async Task Global_limit_delays_everything_but_interactions()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        OnMessages(discord, 8, Answer.RateLimited("2", isGlobal: true), Answer.Message(1));
        OnMessages(discord, 18, Answer.Message(2));
        discord.On("PATCH", "/webhooks/9/token/messages/@original", Answer.Message(3));

        var first = PostAsync(bot, 8);
        await bot.Time.BegunAsync(TimeSpan.FromSeconds(2));
        var second = PostAsync(bot, 18);
        await bot.Time.BegunAsync(TimeSpan.FromSeconds(2));
        await bot.Rest.EditOriginalAsync(new InteractionHandle(31, 9, "token", 8, 7, DateTimeOffset.UnixEpoch), Body, Cancellation);
        Assert.False(second.IsCompleted);
        bot.Time.Advance(TimeSpan.FromSeconds(2));

        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task Global_limit_allows_fifty_requests_a_second()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        for (var channel = 100UL; channel <= 150; channel++)
        {
            OnMessages(discord, channel, Answer.Message(channel));
        }

        await Task.WhenAll(Enumerable.Range(100, 50).Select(channel => PostAsync(bot, (ulong)channel)));
        var last = PostAsync(bot, 150);
        await bot.Time.BegunAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(50, discord.RemainingCalls().Count);
        bot.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(150UL, (await last).Id);
    }

    [Fact]
    public async Task Rate_limits_are_released_by_a_cancelled_wait()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        OnMessages(discord, 8, Answer.RateLimited("2", isGlobal: true), Answer.Message(1));
        OnMessages(discord, 18, Answer.Message(2));
        var first = PostAsync(bot, 8);
        await bot.Time.BegunAsync(TimeSpan.FromSeconds(2));

        using var impatience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var given = bot.Rest.CreateMessageAsync(18, Body, "1", impatience.Token);
        await bot.Time.BegunAsync(TimeSpan.FromSeconds(2));
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        bot.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(2UL, (await PostAsync(bot, 18)).Id);
        await first;
    }

    [Fact]
    public async Task Rate_limits_are_released_by_a_fault_without_an_answer()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = Bot.Create(discord);
        OnMessages(discord, 8, Answer.Broken, Answer.Message(1));

        await Assert.ThrowsAsync<HttpRequestException>(() => bot.Rest.CreateMessageAsync(8, Body, nonce: null, Cancellation));

        Assert.Equal(1UL, (await PostAsync(bot, 8)).Id);
    }

    private static void OnMessages(DiscordStandIn discord, ulong channel, params Answer[] answers) => discord.On("POST", $"/channels/{channel}/messages", answers);

    private static Task<DiscordMessage> PostAsync(Bot bot, ulong channel) =>
        bot.Rest.CreateMessageAsync(channel, Body, "1", Cancellation).WaitAsync(Deadline.Of, Cancellation);
}
