using System.Text.Json;
using Personalization.Discord.Gateway;
using Personalization.DiscordClient.Gateway;

namespace Personalization.Discord.Tests;

/// <summary>Which channels every member sees, by Discord's permission bits: 8 Administrator, 1024 View Channel, 1048576 Connect.</summary>
public sealed class GuildDirectoryTests
{
    private readonly GuildDirectory _guilds = new();

    [Theory]
    [InlineData(1024UL, """ "type":0 """, true)]
    [InlineData(0UL, """ "type":0 """, false)]
    [InlineData(1024UL, """ "type":0,"nsfw":true """, false)]
    [InlineData(1024UL, """ "type":0,"permission_overwrites":[{"id":"5","allow":"0","deny":"1024"}] """, false)]
    [InlineData(1024UL, """ "type":0,"permission_overwrites":[{"id":"5","allow":"0","deny":"1024"},{"id":"6","allow":"1024","deny":"0"}] """, false)]
    [InlineData(0UL, """ "type":0,"permission_overwrites":[{"id":"5","allow":"1024","deny":"0"}] """, true)]
    [InlineData(1024UL, """ "type":0,"permission_overwrites":[{"id":"6","allow":"0","deny":"1024"}] """, false)]
    [InlineData(1024UL, """ "type":0,"permission_overwrites":[{"id":"6","allow":"0","deny":"2048"}] """, true)]
    [InlineData(1032UL, """ "type":0,"permission_overwrites":[{"id":"5","allow":"0","deny":"1024"}] """, true)]
    [InlineData(1024UL, """ "type":2 """, false)]
    [InlineData(1049600UL, """ "type":2 """, true)]
    public void Channel_is_open_where_everyone_may_view_it_and_nobody_is_denied_it(ulong everyone, string channel, bool isOpen)
    {
        Take("GUILD_CREATE", $$"""{"id":"5","roles":[{"id":"5","permissions":"{{everyone}}"}],"channels":[{"id":"8",{{channel}}}]}""");

        Assert.Equal(isOpen, _guilds.IsOpen(5, 8));
        Assert.False(_guilds.IsOpen(5, 9));
        Assert.False(_guilds.IsOpen(6, 8));
    }

    [Theory]
    [InlineData("GUILD_ROLE_UPDATE", """{"guild_id":"5","role":{"id":"5","permissions":"0"}}""")]
    [InlineData("GUILD_UPDATE", """{"id":"5","nsfw_level":3,"roles":[{"id":"5","permissions":"1024"}]}""")]
    [InlineData("GUILD_DELETE", """{"id":"5","unavailable":true}""")]
    [InlineData("CHANNEL_UPDATE", """{"id":"8","guild_id":"5","type":0,"permission_overwrites":[{"id":"5","allow":"0","deny":"1024"}]}""")]
    [InlineData("CHANNEL_DELETE", """{"id":"8","guild_id":"5","type":0}""")]
    public void Channel_is_open_no_longer_once_the_gateway_says_so(string name, string data)
    {
        Take("GUILD_CREATE", """{"id":"5","roles":[{"id":"5","permissions":"1024"}],"channels":[{"id":"8","type":0}]}""");
        Assert.True(_guilds.IsOpen(5, 8));

        Take(name, data);

        Assert.False(_guilds.IsOpen(5, 8));
    }

    [Fact]
    public async Task Deleted_messages_are_passed_on_one_by_one_or_together()
    {
        var deleted = new DeletedMessages();

        Assert.True(deleted.Add(GatewayService.DeletedIn("MESSAGE_DELETE", Json("""{"id":"7","channel_id":"8","guild_id":"5"}"""))));
        Assert.True(deleted.Add(GatewayService.DeletedIn("MESSAGE_DELETE_BULK", Json("""{"ids":["8","9"],"channel_id":"8","guild_id":"5"}"""))));

        Assert.Empty(GatewayService.DeletedIn("MESSAGE_CREATE", Json("""{"id":"10"}""")));

        Assert.Equal([7UL, 8UL, 9UL], await deleted.ReadAllAsync(TestContext.Current.CancellationToken).Take(2).SelectMany(ids => ids.ToAsyncEnumerable()).ToListAsync(TestContext.Current.CancellationToken));
    }

    private void Take(string name, string data) => _guilds.Take(name, Json(data));

    private static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
