using System.Text.Json.Nodes;

namespace Personalization.Playground.Places;

/// <summary>Servers, their roles and members as Discord shows them.</summary>
internal sealed class GuildJson(PlaceDirectory places, ChannelJson channels)
{
    private static readonly string[] Absent =
    [
        "icon", "splash", "discovery_splash", "home_header", "afk_channel_id", "application_id", "system_channel_id", "rules_channel_id", "vanity_url_code",
        "description", "banner", "public_updates_channel_id", "safety_alerts_channel_id", "widget_channel_id", "max_presences", "incidents_data", "latest_onboarding_question_id",
    ];

    /// <summary>A server as its route gives it.</summary>
    public JsonObject Of(PlaygroundGuild guild, bool withCounts)
    {
        var json = new JsonObject
        {
            ["id"] = $"{guild.Id}",
            ["name"] = guild.Name,
            ["owner_id"] = $"{places.OwnerOf(guild)}",
            ["region"] = "deprecated",
            ["afk_timeout"] = 300,
            ["widget_enabled"] = false,
            ["verification_level"] = 0,
            ["default_message_notifications"] = 1,
            ["explicit_content_filter"] = 0,
            ["mfa_level"] = 0,
            ["system_channel_flags"] = 0,
            ["max_members"] = 25_000_000,
            ["max_video_channel_users"] = 25,
            ["max_stage_video_channel_users"] = 50,
            ["premium_tier"] = 0,
            ["premium_subscription_count"] = 0,
            ["premium_progress_bar_enabled"] = false,
            ["preferred_locale"] = "en-US",
            ["nsfw"] = false,
            ["nsfw_level"] = 0,
            ["features"] = new JsonArray(),
            ["roles"] = Roles(guild),
            ["emojis"] = new JsonArray(),
            ["stickers"] = new JsonArray(),
        };
        foreach (var name in Absent)
        {
            json[name] = null;
        }

        if (withCounts)
        {
            json["approximate_member_count"] = places.MembersOf(guild).Count;
            json["approximate_presence_count"] = places.MembersOf(guild).Count;
        }

        return json;
    }

    /// <summary>The event that tells a bot of a server.</summary>
    /// <param name="withMembers">Whether all members are in it, and not only the bot.</param>
    public JsonObject Event(PlaygroundGuild guild, bool withMembers)
    {
        var json = Of(guild, withCounts: false);
        var seen = places.In(guild).Where(place => places.CanSee(place, places.Bot) || !place.IsThread).ToList();
        json["unavailable"] = false;
        json["large"] = false;
        json["joined_at"] = Snowflakes.TimeOf(guild.Id).ToString("O");
        json["member_count"] = places.MembersOf(guild).Count;
        json["members"] = new JsonArray([.. places.MembersOf(guild).Where(user => withMembers || user == places.Bot).Select(user => Member(guild, user))]);
        json["channels"] = new JsonArray([.. seen.Where(place => !place.IsThread).Select(channels.Of)]);
        json["threads"] = new JsonArray([.. seen.Where(place => place.IsThread).Select(channels.Of)]);
        foreach (var none in new[] { "voice_states", "presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds" })
        {
            json[none] = new JsonArray();
        }

        return json;
    }

    /// <summary>A server as the list of the bot's own gives it.</summary>
    public JsonObject OfMine(PlaygroundGuild guild, bool withCounts)
    {
        var json = new JsonObject
        {
            ["id"] = $"{guild.Id}",
            ["name"] = guild.Name,
            ["icon"] = null,
            ["banner"] = null,
            ["owner"] = false,
            ["permissions"] = $"{places.PermissionsIn(guild, places.Bot)}",
            ["features"] = new JsonArray(),
        };
        if (withCounts)
        {
            json["approximate_member_count"] = places.MembersOf(guild).Count;
            json["approximate_presence_count"] = places.MembersOf(guild).Count;
        }

        return json;
    }

    /// <summary>A member.</summary>
    public JsonObject Member(PlaygroundGuild guild, ulong user)
    {
        var member = PartialMember(guild, user);
        member["user"] = UserJson.Of(places, user);
        member["deaf"] = false;
        member["mute"] = false;
        return member;
    }

    /// <summary>A member beside whom the user is shown already.</summary>
    public JsonObject PartialMember(PlaygroundGuild guild, ulong user) => new()
    {
        ["nick"] = null,
        ["avatar"] = null,
        ["banner"] = null,
        ["roles"] = new JsonArray([.. places.RolesOf(guild, user).Select(role => $"{role.Id}")]),
        ["joined_at"] = Snowflakes.TimeOf(guild.Id).ToString("O"),
        ["premium_since"] = null,
        ["flags"] = 0,
        ["pending"] = false,
        ["communication_disabled_until"] = null,
    };

    public JsonArray Roles(PlaygroundGuild guild) => new([.. All(guild).Select((role, position) => Role(role, position))]);

    /// <summary>A role; null where the server has none with this id.</summary>
    public JsonObject? Role(PlaygroundGuild guild, ulong id)
    {
        var position = All(guild).FindIndex(role => role.Id == id);
        return position < 0 ? null : Role(All(guild)[position], position);
    }

    private List<PlaygroundRole> All(PlaygroundGuild guild) =>
        [new(guild.Id, "@everyone", Permissions.Everyone, []), .. places.RolesOf(guild)];

    private JsonObject Role(PlaygroundRole role, int position)
    {
        var json = new JsonObject
        {
            ["id"] = $"{role.Id}",
            ["name"] = role.Name,
            ["description"] = null,
            ["color"] = 0,
            ["colors"] = new JsonObject { ["primary_color"] = 0, ["secondary_color"] = null, ["tertiary_color"] = null },
            ["hoist"] = false,
            ["icon"] = null,
            ["unicode_emoji"] = null,
            ["position"] = position,
            ["permissions"] = $"{role.Permissions}",
            ["managed"] = role.People.Contains(places.Bot),
            ["mentionable"] = false,
            ["flags"] = 0,
        };
        if (role.People.Contains(places.Bot))
        {
            json["tags"] = new JsonObject { ["bot_id"] = $"{places.Bot}" };
        }

        return json;
    }
}
