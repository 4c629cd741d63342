using Personalization.Discord.Tests.StandIn;

namespace Personalization.DiscordNet.Tests;

public sealed class ConnectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_of_another_process_has_no_open_channel()
    {
        await using var discord = await DiscordStandIn.StartAsync();
        await using var bot = await Bot.StartAsync(discord, configure: options => (options.ShardCount, options.Shards) = (2, [1]));
        Assert.Equal(1, (await Bot.IdentifiedAsync(await discord.AcceptAsync())).GetProperty("shard")[0].GetInt32());

        Assert.False(bot.Guilds.IsOpen(7, 8));
    }
}
