using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using Personalization.Discord.Tests.StandIn;

namespace Personalization.Discord.Tests;

[Collection(nameof(Environment.ExitCode))]
public sealed class GatewayTests
{
    // With the jitter in its middle: half the interval, and three quarters of the first backoff of a second.
    private static readonly TimeSpan FirstHeartbeat = TimeSpan.FromMilliseconds(GatewayPeer.Interval / 2.0);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(GatewayPeer.Interval);
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(0.75);
    private static readonly TimeSpan InvalidSession = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Shard_identifies_after_HELLO_and_not_before()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var peer = await discord.AcceptAsync();

        Assert.Equal("/gateway?v=10&encoding=json&compress=zlib-stream", peer.Target);
        Assert.False(peer.HasMessage);
        await peer.HelloAsync();
        var identify = await peer.ReceiveAsync(2);

        Assert.Equal(Bot.Token, identify.GetProperty("token").GetString());
        Assert.Equal((1 << 0) | (1 << 9), identify.GetProperty("intents").GetInt32());
        Assert.Equal([0, 1], identify.GetProperty("shard").EnumerateArray().Select(number => number.GetInt32()));
        Assert.All(["os", "browser", "device"], name => Assert.NotEmpty(identify.GetProperty("properties").GetProperty(name).GetString()!));
    }

    [Fact]
    public async Task Gateway_address_of_the_settings_takes_precedence()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord, settings: ("Discord:GatewayUrl", $"ws://{discord.Address.Authority}/elsewhere"));

        Assert.StartsWith("/elsewhere?", (await discord.AcceptAsync()).Target);
    }

    [Fact]
    public async Task Heartbeats_begin_after_part_of_the_interval_and_carry_the_last_sequence()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var peer = await discord.AcceptAsync();
        await peer.HelloAsync();
        await peer.ReceiveAsync(2);

        await bot.Time.PassAsync(FirstHeartbeat);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await peer.ReceiveAsync(1)).ValueKind);
        await peer.SendAsync("""{"op":11}""");
        await peer.DispatchAsync("RESUMED", "{}");
        await bot.Logs.SeesAsync("RESUMED");
        await bot.Time.PassAsync(Interval);
        Assert.Equal(1, (await peer.ReceiveAsync(1)).GetInt32());
    }

    [Fact]
    public async Task Heartbeat_requested_by_Discord_is_sent_at_once()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var peer = await discord.AcceptAsync();
        await peer.BeginAsync(discord);

        await peer.SendAsync("""{"op":1,"d":null}""");

        Assert.Equal(1, (await peer.ReceiveAsync(1)).GetInt32());
    }

    [Fact]
    public async Task Shard_resumes_after_an_unacknowledged_heartbeat()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var dead = await discord.AcceptAsync();
        await dead.BeginAsync(discord);
        await bot.SettledAsync();

        await bot.Time.PassAsync(FirstHeartbeat);
        await dead.ReceiveAsync(1);
        await bot.Time.PassAsync(Interval);

        // Neither 1000 nor 1001, which would end the session.
        Assert.Equal(4000, await dead.Closed);
        await AssertResumesAsync(discord, bot, sequence: 1);
    }

    [Theory]
    [InlineData(4000)]
    [InlineData(4001)]
    [InlineData(4008)]
    [InlineData(null)]
    public async Task Shard_resumes_a_lost_connection_at_the_resume_url_with_the_last_sequence(int? closeCode)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var lost = await discord.AcceptAsync();
        await lost.BeginAsync(discord);
        await lost.DispatchAsync("GUILD_CREATE", "{}");
        await lost.SendAsync("""{"op":1,"d":null}""");
        await lost.ReceiveAsync(1);
        Assert.True(bot.State.IsReady);

        await LoseAsync(lost, closeCode);

        await AssertResumesAsync(discord, bot, sequence: 2);
        await bot.Logs.SeesAsync("RESUMED");
        Assert.True(bot.State.IsReady);
    }

    [Fact]
    public async Task Shard_is_not_ready_without_a_connection()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var lost = await discord.AcceptAsync();
        Assert.False(bot.State.IsReady);
        await lost.BeginAsync(discord);
        await bot.Logs.SeesAsync("READY");
        Assert.True(bot.State.IsReady);

        lost.Abort();
        await bot.Time.BegunAsync(FirstBackoff);

        Assert.False(bot.State.IsReady);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(4007)]
    [InlineData(4009)]
    public async Task Shard_starts_a_new_session_after_a_close_that_ends_it(int closeCode)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var lost = await discord.AcceptAsync();
        await lost.BeginAsync(discord);
        await bot.SettledAsync();

        await lost.CloseAsync(closeCode);

        await AssertIdentifiesAsync(discord, bot);
    }

    [Theory]
    [InlineData(4004, "Discord:Token")]
    [InlineData(4010, "Discord:Shards")]
    [InlineData(4011, "Discord:ShardCount")]
    [InlineData(4012, "Update this program")]
    [InlineData(4013, "intents")]
    [InlineData(4014, "intents")]
    public async Task Fatal_close_code_stops_the_program_and_says_what_to_change(int closeCode, string advice)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var stopping = new TaskCompletionSource();
        bot.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        try
        {
            var peer = await discord.AcceptAsync();
            await peer.HelloAsync();
            await peer.ReceiveAsync(2);
            await peer.CloseAsync(closeCode);
            await stopping.Task.WaitAsync(Deadline.Of, TestContext.Current.CancellationToken);

            Assert.Equal(1, Environment.ExitCode);
            Assert.Contains(bot.Logs.Lines, line => line.Level == LogLevel.Critical && line.Text.Contains(advice) && line.Text.Contains($"{closeCode}"));
            Assert.False(bot.Time.HasBegun(FirstBackoff));
            Assert.False(discord.HasPeer);
        }
        finally
        {
            Environment.ExitCode = 0;
        }
    }

    [Fact]
    public async Task Shard_resumes_when_Discord_asks_to_reconnect()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var peer = await discord.AcceptAsync();
        await peer.BeginAsync(discord);

        await peer.SendAsync("""{"op":7,"d":null}""");

        Assert.Equal(4000, await peer.Closed);
        await AssertResumesAsync(discord, bot, sequence: 1);
    }

    [Fact]
    public async Task Shard_resumes_an_invalid_session_that_is_resumable()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var peer = await discord.AcceptAsync();
        await peer.BeginAsync(discord);
        await bot.SettledAsync();

        await peer.SendAsync("""{"op":9,"d":true}""");
        await bot.Time.PassAsync(InvalidSession);

        await AssertResumesAsync(discord, bot, sequence: 1);
    }

    [Fact]
    public async Task Shard_identifies_again_one_to_five_seconds_after_an_invalid_session()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var peer = await discord.AcceptAsync();
        await peer.BeginAsync(discord);
        await bot.SettledAsync();

        await peer.SendAsync("""{"op":9,"d":false}""");
        await bot.Time.PassAsync(InvalidSession);

        await AssertIdentifiesAsync(discord, bot, InvalidSession);
    }

    [Fact]
    public async Task Shard_gives_a_session_up_whose_server_is_gone()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var peer = await discord.AcceptAsync();
        await peer.BeginAsync(discord);
        await bot.SettledAsync();
        peer.Abort();

        for (var failures = 1; failures <= 5; failures++)
        {
            await bot.Time.PassAsync(TimeSpan.FromSeconds(0.75 * Math.Pow(2, failures - 1)));
            var resumed = await discord.AcceptAsync();
            Assert.StartsWith("/resume?", resumed.Target);
            resumed.Abort();
        }

        await bot.Time.PassAsync(TimeSpan.FromSeconds(0.75 * 32));
        Assert.StartsWith("/gateway?", (await discord.AcceptAsync()).Target);
    }

    [Fact]
    public async Task Shard_leaves_a_gateway_without_HELLO_after_twenty_seconds()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        await discord.AcceptAsync();

        await bot.Time.PassAsync(TimeSpan.FromSeconds(20));
        await bot.Time.PassAsync(FirstBackoff);
        // Discord counts identifies, so that the next one waits for its five seconds as well: 20.75 s are long past.
        await discord.AcceptAsync();
    }

    [Fact]
    public async Task Shard_inflates_messages_in_several_frames_and_several_messages_in_a_stream()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var peer = await discord.AcceptAsync();
        await peer.BeginAsync(discord);

        var compressed = peer.Compress($$"""{"op":0,"s":2,"t":"INTERACTION_CREATE","d":{{Events.Command(31, """[{"type":3,"name":"prompt","value":"ünïcödé"}]""")}}}""");
        for (var start = 0; start < compressed.Length; start += 7)
        {
            await peer.SendRawAsync(compressed.AsMemory(start, Math.Min(7, compressed.Length - start)));
        }

        var first = await bot.Handler.TakenAsync();
        Assert.Equal("ünïcödé", first.Text("prompt"));
        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(32));
        Assert.Equal(32UL, (await bot.Handler.TakenAsync()).Handle.Id);
    }

    [Fact]
    public async Task Shard_reads_text_that_a_proxy_has_inflated()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var peer = await discord.AcceptAsync();

        await peer.SendRawAsync("""{"op":10,"d":{"heartbeat_interval":41250}}"""u8.ToArray(), WebSocketMessageType.Text);

        await peer.ReceiveAsync(2);
    }

    [Theory]
    [InlineData(WebSocketMessageType.Text)]
    [InlineData(WebSocketMessageType.Binary)]
    public async Task Shard_passes_over_a_frame_of_more_than_4_MiB_and_its_connection_goes_on(WebSocketMessageType type)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var peer = await discord.AcceptAsync();
        await peer.BeginAsync(discord);

        // Digits without a pattern are packed to less than a half, and to more than 4 MiB.
        var digits = new Random(1).GetItems<char>("0123456789abcdef", 10 * 1024 * 1024);
        var large = $$"""{"op":0,"s":2,"t":"GUILD_CREATE","d":{"id":"5","name":"{{new string(digits)}}"} }""";
        await peer.SendRawAsync(type == WebSocketMessageType.Text ? System.Text.Encoding.UTF8.GetBytes(large) : peer.Compress(large), type);
        await peer.DispatchAsync("INTERACTION_CREATE", Events.Command(32));

        Assert.Equal(32UL, (await bot.Handler.TakenAsync()).Handle.Id);
        Assert.Single(bot.Logs.Lines, line => line.Level >= LogLevel.Warning);
        Assert.Contains(bot.Logs.Lines, line => line.Text.Contains("a message of more than 4194304 bytes is passed over", StringComparison.Ordinal));
        Assert.False(discord.HasPeer);
    }

    [Fact]
    public async Task Shard_drops_only_the_connection_for_bytes_that_are_not_zlib()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var peer = await discord.AcceptAsync();
        await peer.BeginAsync(discord);
        await bot.SettledAsync();

        await peer.SendRawAsync(new byte[] { 1, 2, 3, 4, 5, 0, 0, 0xFF, 0xFF });

        await AssertResumesAsync(discord, bot, sequence: 1);
    }

    [Fact]
    public async Task Shards_of_a_process_identify_five_seconds_apart()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord, commands: null, ("Discord:ShardCount", "4"), ("Discord:Shards:0", "1"), ("Discord:Shards:1", "3"));

        var first = await discord.AcceptAsync();
        await first.HelloAsync();
        Assert.Equal([1, 4], (await first.ReceiveAsync(2)).GetProperty("shard").EnumerateArray().Select(number => number.GetInt32()));
        await first.DispatchAsync("READY", $$$"""{"session_id":"1","resume_gateway_url":"{{{discord.GatewayUrl}}}","application":{"id":"9"}}""");
        await bot.SettledAsync();
        Assert.False(discord.HasPeer);
        Assert.False(bot.State.IsReady);

        await bot.Time.PassAsync(TimeSpan.FromSeconds(5));
        var second = await discord.AcceptAsync();
        await second.HelloAsync();
        Assert.Equal([3, 4], (await second.ReceiveAsync(2)).GetProperty("shard").EnumerateArray().Select(number => number.GetInt32()));
    }

    [Fact]
    public async Task Shards_are_as_many_as_Discord_recommends_and_identify_together_where_it_lets_them()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        discord.GatewayBot = discord.Gateway(shards: 2, maximumConcurrency: 16);
        await using var bot = await Bot.StartAsync(discord);

        var seen = new List<int>();
        for (var i = 0; i < 2; i++)
        {
            var peer = await discord.AcceptAsync();
            await peer.HelloAsync();
            seen.Add((await peer.ReceiveAsync(2)).GetProperty("shard")[0].GetInt32());
        }

        Assert.Equal([0, 1], seen.Order());
    }

    [Fact]
    public async Task Shard_waits_for_the_next_day_without_identifies_left()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        discord.GatewayBot = discord.Gateway(shards: 1, remaining: 0, resetAfter: 60_000);
        await using var bot = await Bot.StartAsync(discord);

        await bot.Time.PassAsync(TimeSpan.FromMinutes(1));

        await discord.AcceptAsync();
    }

    [Theory]
    [InlineData(500, "{}", "application/json")]
    [InlineData(502, "<html>Bad gateway</html>", "text/html")]
    [InlineData(200, "<html>Please log in</html>", "text/html")]
    public async Task Gateway_keeps_trying_when_Discord_is_unreachable_at_the_start(int status, string body, string contentType)
    {
        await using var discord = await DiscordStandIn.StartAsync();
        var isDown = true;
        discord.On("GET", "/gateway/bot", _ => Task.FromResult(isDown ? new Answer(status, body, contentType) : new Answer(200, discord.GatewayBot)));
        await using var bot = await Bot.StartAsync(discord);

        for (var attempt = 1; status >= 500 && attempt < 5; attempt++)
        {
            await bot.Time.PassAsync(TimeSpan.FromMilliseconds(375 * Math.Pow(2, attempt - 1)));
        }

        await bot.Time.BegunAsync(TimeSpan.FromSeconds(5));
        isDown = false;
        bot.Time.Advance(TimeSpan.FromSeconds(5));

        await discord.AcceptAsync();
    }

    [Fact]
    public async Task Refused_token_stops_the_program()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        discord.On("GET", "/gateway/bot", Answer.Error(401, 0, "401: Unauthorized"));
        await using var bot = Bot.Create(discord);
        var stopping = new TaskCompletionSource();
        bot.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        try
        {
            await bot.StartAsync();
            await stopping.Task.WaitAsync(Deadline.Of, TestContext.Current.CancellationToken);
            Assert.Equal(1, Environment.ExitCode);
        }
        finally
        {
            Environment.ExitCode = 0;
        }

        Assert.Single(discord.RemainingCalls());
    }

    [Fact]
    public async Task Clean_shutdown_ends_the_session()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord);
        var peer = await discord.AcceptAsync();
        await peer.BeginAsync(discord);
        await bot.SettledAsync();

        await bot.StopAsync();

        Assert.Equal(1000, await peer.Closed);
    }

    private static async Task LoseAsync(GatewayPeer peer, int? closeCode)
    {
        if (closeCode is { } code)
        {
            await peer.CloseAsync(code);
        }
        else
        {
            peer.Abort();
        }
    }

    private static async Task AssertResumesAsync(DiscordStandIn discord, Bot bot, int sequence)
    {
        await bot.Time.PassAsync(FirstBackoff);
        var peer = await discord.AcceptAsync();
        Assert.Equal("/resume?v=10&encoding=json&compress=zlib-stream", peer.Target);
        await peer.HelloAsync();
        var resume = await peer.ReceiveAsync(6);
        Assert.Equal(Bot.Token, resume.GetProperty("token").GetString());
        Assert.Equal("first", resume.GetProperty("session_id").GetString());
        Assert.Equal(sequence, resume.GetProperty("seq").GetInt32());
        await peer.DispatchAsync("RESUMED", "{}");
    }

    private static async Task AssertIdentifiesAsync(DiscordStandIn discord, Bot bot, TimeSpan waited = default)
    {
        await bot.Time.PassAsync(FirstBackoff);
        // The rest of the five seconds between two identifies.
        await bot.Time.PassAsync(TimeSpan.FromSeconds(5) - waited - FirstBackoff);
        var peer = await discord.AcceptAsync();
        Assert.StartsWith("/gateway?", peer.Target);
        await peer.HelloAsync();
        await peer.ReceiveAsync(2);
    }
}
