using System.Text.Json.Nodes;

namespace Personalization.Playground.Gateway;

/// <summary>The guild, its channels and members, as a bot is told of them.</summary>
internal static class GuildEvent
{
    public static JsonObject Create(World world)
    {
        var options = world.Options;
        var members = options.People.Select(person => world.PersonUser(person.Id)).Append(world.BotUser);
        return new JsonObject
        {
            ["id"] = $"{options.Guild.Id}",
            ["name"] = options.Guild.Name,
            ["unavailable"] = false,
            ["icon"] = null,
            ["splash"] = null,
            ["discovery_splash"] = null,
            ["owner_id"] = $"{options.People[0].Id}",
            ["afk_channel_id"] = null,
            ["afk_timeout"] = 300,
            ["verification_level"] = 0,
            ["default_message_notifications"] = 1,
            ["explicit_content_filter"] = 0,
            ["mfa_level"] = 0,
            ["application_id"] = null,
            ["system_channel_id"] = null,
            ["system_channel_flags"] = 0,
            ["rules_channel_id"] = null,
            ["vanity_url_code"] = null,
            ["description"] = null,
            ["banner"] = null,
            ["premium_tier"] = 0,
            ["premium_subscription_count"] = 0,
            ["preferred_locale"] = "en-US",
            ["public_updates_channel_id"] = null,
            ["nsfw_level"] = 0,
            ["premium_progress_bar_enabled"] = false,
            ["safety_alerts_channel_id"] = null,
            ["large"] = false,
            ["member_count"] = options.People.Count + 1,
            ["joined_at"] = world.Now.ToString("O"),
            ["features"] = new JsonArray(),
            ["roles"] = new JsonArray(Everyone(options)),
            ["emojis"] = new JsonArray(),
            ["stickers"] = new JsonArray(),
            ["voice_states"] = new JsonArray(),
            ["threads"] = new JsonArray(),
            ["presences"] = new JsonArray(),
            ["stage_instances"] = new JsonArray(),
            ["guild_scheduled_events"] = new JsonArray(),
            ["soundboard_sounds"] = new JsonArray(),
            ["members"] = new JsonArray([.. members.Select(user => Member(user, world.Now, permissions: null))]),
            ["channels"] = new JsonArray([.. options.Channels.Select(channel => Channel(options, channel))]),
        };
    }

    public static JsonObject Channel(PlaygroundOptions options, (ulong Id, string Name, string Topic) channel) => new()
    {
        ["id"] = $"{channel.Id}",
        ["guild_id"] = $"{options.Guild.Id}",
        ["name"] = channel.Name,
        ["topic"] = channel.Topic,
        ["type"] = 0,
        ["position"] = 0,
        ["nsfw"] = false,
        ["rate_limit_per_user"] = 0,
        ["parent_id"] = null,
        ["last_message_id"] = null,
        ["flags"] = 0,
        ["permission_overwrites"] = new JsonArray(),
        ["permissions"] = "2248473465835073",
    };

    public static JsonObject Member(JsonObject user, DateTimeOffset joinedAt, string? permissions)
    {
        var member = new JsonObject
        {
            ["user"] = user.DeepClone(),
            ["nick"] = null,
            ["avatar"] = null,
            ["roles"] = new JsonArray(),
            ["joined_at"] = joinedAt.ToString("O"),
            ["premium_since"] = null,
            ["deaf"] = false,
            ["mute"] = false,
            ["flags"] = 0,
            ["pending"] = false,
            ["communication_disabled_until"] = null,
        };
        if (permissions is not null)
        {
            member["permissions"] = permissions;
        }

        return member;
    }

    private static JsonObject Everyone(PlaygroundOptions options) => new()
    {
        ["id"] = $"{options.Guild.Id}",
        ["name"] = "@everyone",
        ["color"] = 0,
        ["colors"] = new JsonObject { ["primary_color"] = 0, ["secondary_color"] = null, ["tertiary_color"] = null },
        ["hoist"] = false,
        ["icon"] = null,
        ["unicode_emoji"] = null,
        ["position"] = 0,
        ["permissions"] = "2248473465835073",
        ["managed"] = false,
        ["mentionable"] = false,
        ["flags"] = 0,
    };
}
