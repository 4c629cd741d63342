using Personalization.Discord.Components;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Discord.Tests.StandIn;

namespace Personalization.DiscordNet.Tests;

public sealed class InteractionTests
{
    private const string Callback = "/interactions/31/t/callback?with_response=true";
    private const string Original = "/webhooks/9/t/messages/@original";
    private const string Member = """ "guild_id":"7","context":0,"member":{"user":{"id":"5","username":"ada","global_name":null},"roles":[],"joined_at":"2026-01-01T00:00:00+00:00","permissions":"32"}""";
    private const string Thread = """ "parent_id":"6","name":"t","owner_id":"5","thread_metadata":{"archived":false,"auto_archive_duration":60,"archive_timestamp":"2026-01-01T00:00:00+00:00","locked":false}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static MessageBody Body { get; } = new() { Components = [new TextDisplay("hello")] };

    [Theory]
    [InlineData("\"type\":0,\"name\":\"n\",\"nsfw\":true", true, null, false)]
    [InlineData("\"type\":0,\"name\":\"n\",\"nsfw\":false,\"parent_id\":\"6\"", false, null, false)]
    [InlineData("\"type\":11," + Thread, null, 6UL, false)]
    [InlineData("\"type\":12," + Thread, null, 6UL, true)]
    public async Task Interaction_has_whether_its_channel_is_age_restricted_and_the_parent_of_a_thread(string channel, bool? isForAdults, ulong? parent, bool isPrivate)
    {
        await using var world = await World.StartAsync();

        var interaction = await world.SendAsync($$""" "channel_id":"20","channel":{"id":"20","guild_id":"7",{{channel}}},{{Member}},"app_permissions":"3072","authorizing_integration_owners":{"0":"7"}""");

        Assert.Equal((isForAdults, parent, isPrivate), (interaction.IsAgeRestricted, interaction.ThreadParentId, interaction.IsInPrivateThread));
        Assert.Equal(20UL, interaction.Handle.ChannelId);
    }

    [Theory]
    [InlineData(Member + ",\"app_permissions\":\"3072\",\"authorizing_integration_owners\":{\"0\":\"7\"}", true, true)]
    [InlineData(Member + ",\"app_permissions\":\"1024\",\"authorizing_integration_owners\":{\"0\":\"7\"}", true, false)]
    [InlineData(Member + ",\"app_permissions\":\"3072\",\"authorizing_integration_owners\":{\"1\":\"5\"}", false, false)]
    [InlineData("\"context\":1,\"user\":{\"id\":\"5\",\"username\":\"ada\"},\"app_permissions\":\"0\",\"authorizing_integration_owners\":{\"1\":\"5\"}", false, true)]
    [InlineData("\"context\":2,\"user\":{\"id\":\"5\",\"username\":\"ada\"},\"app_permissions\":\"3072\",\"authorizing_integration_owners\":{\"1\":\"5\"}", false, false)]
    public async Task Interaction_has_whether_its_server_installed_the_bot_and_the_bot_may_post(string place, bool isInstalled, bool canPost)
    {
        await using var world = await World.StartAsync();

        var interaction = await world.SendAsync($$""" "channel_id":"20","channel":{"id":"20",{{(place.Contains("guild_id", StringComparison.Ordinal) ? "\"type\":0,\"guild_id\":\"7\",\"name\":\"n\"" : "\"type\":1")}}},{{place}}""");

        Assert.Equal((isInstalled, canPost, 5UL), (interaction.IsInstalledByGuild, interaction.CanPostToChannel, interaction.User.Id));
    }

    [Fact]
    public async Task Answer_that_arrived_before_the_connection_broke_is_accepted_and_its_message_found()
    {
        await using var world = await World.StartAsync();
        world.Discord.On("POST", Callback, Answer.Broken, Answer.Error(400, 40060, "Interaction has already been acknowledged."));
        world.Discord.On("GET", Original, new Answer(200, """{"id":"77","flags":0,"type":0,"channel_id":"8","content":"","author":{"id":"9","username":"bot"},"attachments":[],"embeds":[],"mentions":[],"mention_roles":[],"components":[],"timestamp":"2026-01-01T00:00:00+00:00","tts":false,"pinned":false,"mention_everyone":false}"""));
        var interaction = await world.SendAsync($$""" "channel_id":"8",{{Member}},"app_permissions":"3072","authorizing_integration_owners":{"0":"7"}""");

        Assert.Equal(77UL, (await interaction.ReplyAsync(Body, Cancellation))!.Id);
    }

    [Fact]
    public async Task Answer_that_Discord_does_not_take_in_time_is_late()
    {
        await using var world = await World.StartAsync(TimeSpan.FromMilliseconds(300));
        var never = new TaskCompletionSource();
        world.Discord.On("POST", Callback, async _ =>
        {
            await never.Task;
            return new Answer(204);
        });
        var interaction = await world.SendAsync($$""" "channel_id":"8",{{Member}},"app_permissions":"3072","authorizing_integration_owners":{"0":"7"}""");

        // Discord says that there is no message.
        Assert.False((await Assert.ThrowsAsync<LateAnswerException>(() => interaction.DeferAsync(Cancellation))).MayHaveArrived);
        never.SetResult();
    }

    private sealed class World(DiscordStandIn discord, Bot bot, GatewayPeer peer) : IAsyncDisposable
    {
        public DiscordStandIn Discord => discord;

        public static async Task<World> StartAsync(TimeSpan? answerWithin = null)
        {
            var discord = await DiscordStandIn.StartAsync();
            var bot = await Bot.StartAsync(discord, answerWithin: answerWithin);
            var peer = await Bot.BeginAsync(discord);
            await bot.Guilds.KnownAsync(7, Cancellation).WaitAsync(Deadline.Of, Cancellation);
            return new(discord, bot, peer);
        }

        public async Task<Interaction> SendAsync(string place)
        {
            await peer.DispatchAsync("INTERACTION_CREATE", $$$"""{"id":"31","application_id":"9","type":2,"token":"t","version":1,{{{place}}},"entitlements":[],"attachment_size_limit":10485760,"data":{"id":"1","name":"rank","type":1}}""");
            return await bot.Handler.TakenAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await bot.DisposeAsync();
            await discord.DisposeAsync();
        }
    }
}
