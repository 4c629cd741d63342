using System.Text.Json.Nodes;

namespace Personalization.Playground.Places;

/// <summary>Channels, threads and conversations as Discord shows them.</summary>
internal sealed class ChannelJson(PlaceDirectory places, Threads threads, Chronicle chronicle)
{
    public JsonObject Of(Place place)
    {
        var channel = new JsonObject
        {
            ["id"] = $"{place.Id}",
            ["type"] = (int)place.Channel.Type,
            ["last_message_id"] = chronicle.Last(place.Id) is { } last ? $"{last}" : null,
            ["flags"] = 0,
        };
        if (place.Guild is null)
        {
            Converse(channel, place.Channel);
            return channel;
        }

        channel["guild_id"] = $"{place.Guild.Id}";
        channel["name"] = place.Channel.Name;
        channel["rate_limit_per_user"] = 0;
        channel["parent_id"] = place.Channel.Parent is { } parent ? $"{parent}" : null;
        if (place.IsThread)
        {
            Spin(channel, place.Channel);
        }
        else
        {
            Describe(channel, place.Guild, place.Channel);
        }

        return channel;
    }

    /// <summary>A channel as an interaction holds it: with what its person may do there.</summary>
    public JsonObject Of(Place place, ulong person)
    {
        var channel = Of(place);
        channel.Remove("permission_overwrites");
        if (place.Guild is not null)
        {
            channel["permissions"] = $"{places.PermissionsIn(place, person)}";
        }

        return channel;
    }

    /// <summary>A user in a thread.</summary>
    public static JsonObject Member(PlaygroundChannel thread, ulong user) => new()
    {
        ["id"] = $"{thread.Id}",
        ["user_id"] = $"{user}",
        ["join_timestamp"] = Snowflakes.TimeOf(thread.Id).ToString("O"),
        ["flags"] = 0,
    };

    private static void Describe(JsonObject json, PlaygroundGuild guild, PlaygroundChannel channel)
    {
        json["topic"] = channel.Topic;
        json["position"] = guild.Channels.Where(other => other.Parent is null).ToList().IndexOf(channel);
        json["nsfw"] = channel.IsAgeRestricted;
        json["permission_overwrites"] = new JsonArray([.. channel.Overwrites.Select(overwrite => new JsonObject
        {
            ["id"] = $"{overwrite.Id}",
            ["type"] = overwrite.IsRole ? 0 : 1,
            ["allow"] = $"{overwrite.Allow}",
            ["deny"] = $"{overwrite.Deny}",
        })]);
    }

    private void Converse(JsonObject json, PlaygroundChannel conversation)
    {
        // A bot is no recipient of its own direct message.
        json["recipients"] = new JsonArray([.. conversation.People.Where(user => user != places.Bot).Select(user => UserJson.Of(places, user))]);
        if (conversation.Type == ChannelType.Group)
        {
            json["name"] = conversation.Name;
            json["icon"] = null;
            json["owner_id"] = $"{conversation.Owner}";
        }
    }

    private void Spin(JsonObject json, PlaygroundChannel thread)
    {
        var members = threads.Members(thread);
        var archived = threads.Archived(thread.Id);
        json["owner_id"] = $"{thread.Owner}";
        json["message_count"] = chronicle.Count(thread.Id);
        json["total_message_sent"] = chronicle.Count(thread.Id);
        json["member_count"] = members.Count;
        json["thread_metadata"] = new JsonObject
        {
            ["archived"] = archived is not null,
            ["archive_timestamp"] = (archived?.At ?? Snowflakes.TimeOf(thread.Id)).ToString("O"),
            ["auto_archive_duration"] = Threads.AutoArchiveMinutes,
            ["locked"] = archived?.IsLocked ?? false,
            ["create_timestamp"] = Snowflakes.TimeOf(thread.Id).ToString("O"),
        };
        if (thread.Type == ChannelType.PrivateThread)
        {
            json["thread_metadata"]!["invitable"] = true;
        }

        if (members.Contains(places.Bot))
        {
            json["member"] = Member(thread, places.Bot);
        }
    }
}
