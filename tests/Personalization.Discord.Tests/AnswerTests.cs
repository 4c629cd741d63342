using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Personalization.Discord.Components;
using Personalization.Discord.Gateway;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Discord.Tests.StandIn;
using Personalization.DiscordClient.Interactions;

namespace Personalization.Discord.Tests;

/// <summary>What becomes of an answer that Discord does not take within an interaction's three seconds.</summary>
public sealed class AnswerTests : IAsyncLifetime
{
    private const string Callback = "/interactions/31/interaction.token/callback?with_response=true";
    private const string Original = "/webhooks/9/interaction.token/messages/@original";
    private const string Messages = "/channels/8/messages";

    private static readonly MessageBody Body = new() { Components = [new TextDisplay("hello")] };
    private readonly TaskCompletionSource<Answer> _silence = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DiscordStandIn _discord = null!;
    private Bot _bot = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _discord = await DiscordStandIn.StartAsync();
        _bot = Bot.Create(_discord);
    }

    public async ValueTask DisposeAsync()
    {
        _silence.TrySetResult(new Answer(500));
        await _bot.DisposeAsync();
        await _discord.DisposeAsync();
    }

    [Theory]
    [InlineData("90")]
    [InlineData("3000000")]
    [InlineData("1e300")]
    public async Task Answer_that_is_rate_limited_beyond_its_time_fails_at_once(string retryAfter)
    {
        _discord.On("POST", Callback, Answer.RateLimited(retryAfter, isGlobal: false));

        var late = await Assert.ThrowsAsync<LateAnswerException>(() => Interaction().DeferAsync(Cancellation).WaitAsync(Deadline.Of, Cancellation));

        Assert.False(late.MayHaveArrived);
        Assert.Single(_discord.RemainingCalls());
    }

    [Fact]
    public async Task Answer_that_is_rate_limited_for_a_moment_is_sent_after_it()
    {
        _discord.On("POST", Callback, Answer.RateLimited("0.5", isGlobal: false), new Answer(200, """{"resource":{"message":{"id":"77"}}}"""));

        var answer = Interaction().DeferAsync(Cancellation);
        await _bot.Time.PassAsync(TimeSpan.FromSeconds(0.5));

        Assert.Equal(77UL, (await answer)!.Id);
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(404, false)]
    [InlineData(500, true)]
    public async Task Answer_that_Discord_does_not_confirm_in_time_is_looked_up_once(int status, bool mayHaveArrived)
    {
        _discord.On("POST", Callback, _ => _silence.Task);
        _discord.On("GET", Original, status == 200 ? Answer.Message(77) : Answer.Error(status, status == 404 ? 10015 : 0, "no"));

        var answer = Interaction().DeferAsync(Cancellation);
        await _discord.CallAsync("POST", Callback);
        _bot.Time.Advance(TimeSpan.FromSeconds(3));
        await _discord.CallAsync("GET", Original);
        if (status == 500)
        {
            // The time that is left for looking.
            await _bot.Time.BegunAsync(TimeSpan.FromMilliseconds(375));
            _bot.Time.Advance(TimeSpan.FromSeconds(2));
        }

        if (status == 200)
        {
            Assert.Equal(77UL, (await answer)!.Id);
        }
        else
        {
            Assert.Equal(mayHaveArrived, (await Assert.ThrowsAsync<LateAnswerException>(() => answer)).MayHaveArrived);
        }
    }

    [Fact]
    public async Task Answer_whose_time_is_over_is_not_sent()
    {
        var interaction = Interaction();
        _bot.Time.Advance(TimeSpan.FromSeconds(3));

        await Assert.ThrowsAsync<LateAnswerException>(() => interaction.DeferUpdateAsync(Cancellation));

        Assert.Empty(_discord.RemainingCalls());
    }

    [Fact]
    public async Task Clock_that_is_set_makes_no_answer_late()
    {
        _discord.On("POST", Callback, new Answer(204));
        var interaction = Interaction();
        _bot.Time.ClockError = TimeSpan.FromHours(1);

        await interaction.DeferUpdateAsync(Cancellation);
    }

    [Theory]
    [InlineData(2.4, true)]
    [InlineData(2.5, false)]
    public async Task What_is_asked_for_is_accepted_only_while_there_is_time_to_say_so(double seconds, bool isAccepted)
    {
        var interaction = Interaction();
        _bot.Time.Advance(TimeSpan.FromSeconds(seconds));
        var isStored = false;
        async Task<int> StoreAsync(CancellationToken token)
        {
            await Task.Yield();
            token.ThrowIfCancellationRequested();
            isStored = true;
            return 1;
        }

        var accepted = interaction.AcceptAsync(StoreAsync, Cancellation);

        Assert.Equal(isAccepted, await accepted.ContinueWith(task => task.IsCompletedSuccessfully, Cancellation, TaskContinuationOptions.None, TaskScheduler.Default));
        Assert.Equal(isAccepted, isStored);
        Assert.Equal(isAccepted ? null : typeof(LateAnswerException), accepted.Exception?.InnerException?.GetType());
    }

    [Fact]
    public async Task Storing_is_stopped_when_its_time_is_over()
    {
        var stored = Interaction().AcceptAsync(
            async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _bot.Time, token);
                return 1;
            },
            Cancellation);
        _bot.Time.Advance(TimeSpan.FromSeconds(2.5));

        await Assert.ThrowsAsync<LateAnswerException>(() => stored.WaitAsync(Deadline.Of, Cancellation));
    }

    [Fact]
    public async Task Answers_that_none_of_three_people_got_are_seen_until_one_gets_his()
    {
        _discord.On("POST", Callback, new Answer(204));
        Answer[] refusals = [Answer.Error(404, 10062, "Unknown interaction"), Answer.RateLimited("90", isGlobal: false), Answer.Error(404, 10062, "Unknown interaction")];
        foreach (var (i, refusal) in refusals.Index())
        {
            var id = (ulong)i + 1;
            _discord.On("POST", $"/interactions/{id}/interaction.token/callback?with_response=true", refusal);
            await Assert.ThrowsAnyAsync<Exception>(() => Interaction(id).DeferUpdateAsync(Cancellation));

            // Once each: of the first, who waits for its place tells, too.
            if (id == 1)
            {
                _bot.Answers.Missed(id);
            }

            Assert.Equal(id == 3, _bot.Answers.IsMissing);
            _bot.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await Interaction().DeferUpdateAsync(Cancellation);
        Assert.False(_bot.Answers.IsMissing);
    }

    [Fact]
    public async Task Interaction_whose_time_is_over_when_its_turn_comes_is_not_handled()
    {
        using var queue = new InteractionQueue(_bot.Handler, _bot.Answers, _bot.Time, NullLogger.Instance);
        queue.Add(Interaction(1));
        _bot.Time.Advance(TimeSpan.FromSeconds(3));
        queue.Add(Interaction(2));
        queue.Complete();

        await queue.RunAsync();

        Assert.Equal(2UL, (await _bot.Handler.TakenAsync()).Handle.Id);
    }

    [Fact]
    public void Answers_that_nobody_got_say_nothing_once_nobody_has_done_anything_for_five_minutes()
    {
        for (var id = 1UL; id <= 3; id++)
        {
            _bot.Answers.Missed(id);
        }

        _bot.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.True(_bot.Answers.IsMissing);
        _bot.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_bot.Answers.IsMissing);
    }

    [Fact]
    public async Task Rest_waits_no_longer_than_a_minute_however_long_it_is_told_to()
    {
        _discord.On("POST", Messages, Answer.RateLimited("3000000", isGlobal: false), Answer.Message(77));

        var refusal = await Assert.ThrowsAsync<DiscordException>(() => _bot.Rest.CreateMessageAsync(8, Body, "31", Cancellation).WaitAsync(Deadline.Of, Cancellation));
        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.Status);

        // Nothing is sent into the limit meanwhile.
        await Assert.ThrowsAsync<DiscordException>(() => _bot.Rest.CreateMessageAsync(8, Body, "31", Cancellation).WaitAsync(Deadline.Of, Cancellation));
        Assert.Single(_discord.RemainingCalls());

        _bot.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(77UL, (await _bot.Rest.CreateMessageAsync(8, Body, "31", Cancellation)).Id);
    }

    [Fact]
    public async Task Rest_gives_up_a_request_that_is_rate_limited_again_and_again()
    {
        _discord.On("PATCH", $"{Messages}/77", Answer.RateLimited("4", isGlobal: false));

        var edit = _bot.Rest.EditMessageAsync(8, 77, Body, Cancellation);
        await _bot.Time.PassAsync(TimeSpan.FromSeconds(4));
        await _bot.Time.PassAsync(TimeSpan.FromSeconds(4));

        await Assert.ThrowsAsync<DiscordException>(() => edit.WaitAsync(Deadline.Of, Cancellation));
    }

    [Fact]
    public async Task Rest_follows_no_redirect()
    {
        _discord.On("POST", Messages, new Answer(307, "{}", "application/json", ("Location", $"{_discord.ApiUrl}elsewhere")));

        var refusal = await Assert.ThrowsAsync<DiscordException>(() => _bot.Rest.CreateMessageAsync(8, Body, "31", Cancellation));

        Assert.Equal(HttpStatusCode.TemporaryRedirect, refusal.Status);
        Assert.Single(_discord.RemainingCalls());
    }

    [Fact]
    public async Task Rest_reads_no_answer_beyond_its_limit()
    {
        _discord.On("POST", Messages, new Answer(200, $$"""{"id":"77","content":"{{new string('a', 9 * 1024 * 1024)}}"}"""));

        await Assert.ThrowsAsync<HttpRequestException>(() => _bot.Rest.CreateMessageAsync(8, Body, nonce: null, Cancellation));
    }

    private Interaction Interaction(ulong id = 31) =>
        GatewayInteraction.Read(JsonSerializer.Deserialize<JsonElement>(Events.Command(id)), _bot.Rest, _bot.Time.GetUtcNow())!;
}
