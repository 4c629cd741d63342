using System.Text.Json.Nodes;

namespace Personalization.Playground.Gateway;

/// <summary>The INTERACTION_CREATE event.</summary>
internal static class InteractionEvent
{
    private const ulong MemberPermissions = 2248473465835073;
    private const ulong ManageGuild = 1 << 5;
    private const int AttachmentSizeLimit = 10 * 1024 * 1024;

    public static JsonObject Create(World world, PendingInteraction interaction, JsonObject data, JsonObject? message)
    {
        var options = world.Options;
        var user = world.PersonUser(interaction.Person);
        var isOwner = interaction.Person == options.People[0].Id;
        var json = new JsonObject
        {
            ["id"] = $"{interaction.Id}",
            ["application_id"] = $"{options.Application.Id}",
            ["type"] = interaction.Type,
            ["version"] = 1,
            ["token"] = interaction.Token,
            ["data"] = data,
            ["guild_id"] = $"{options.Guild.Id}",
            ["guild"] = new JsonObject { ["id"] = $"{options.Guild.Id}", ["locale"] = "en-US", ["features"] = new JsonArray() },
            ["guild_locale"] = "en-US",
            ["locale"] = interaction.Locale,
            ["channel_id"] = $"{interaction.ChannelId}",
            ["channel"] = GuildEvent.Channel(options, options.Channels.First(channel => channel.Id == interaction.ChannelId)),
            ["member"] = GuildEvent.Member(user, world.Now, $"{MemberPermissions | (isOwner ? ManageGuild : 0)}"),
            ["app_permissions"] = $"{MemberPermissions}",
            ["entitlements"] = new JsonArray(),
            ["authorizing_integration_owners"] = new JsonObject { ["0"] = $"{options.Guild.Id}" },
            ["context"] = 0,
            ["attachment_size_limit"] = AttachmentSizeLimit,
        };
        if (message is not null)
        {
            json["message"] = message;
        }

        return json;
    }
}
