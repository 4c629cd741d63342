using System.Text.Json.Nodes;
using Personalization.Playground.Interactions;
using Personalization.Playground.Places;

namespace Personalization.Playground;

/// <summary>Messages as Discord shows them, but for what their form says.</summary>
internal sealed class MessageJson(PlaceDirectory places, GuildJson guilds)
{
    // Discord's types of messages.
    private const int Plain = 0;
    private const int Reply = 19;
    private const int ChatCommand = 20;
    private const int MenuCommand = 23;

    /// <summary>A new message without its content.</summary>
    /// <param name="answering">The interaction that it answers; null for a message of its own.</param>
    /// <param name="repliesTo">The message that it replies to by its form; null for none.</param>
    public JsonObject Create(ulong id, Place place, ulong author, PendingInteraction? answering, ulong? repliesTo, int flags, DateTimeOffset at)
    {
        var repliedTo = repliesTo ?? RepliedTo(answering);
        var json = new JsonObject
        {
            ["id"] = $"{id}",
            ["channel_id"] = $"{place.Id}",
            ["author"] = UserJson.Of(places, author),
            ["type"] = repliedTo is null ? TypeOf(answering) : Reply,
            ["timestamp"] = at.ToString("O"),
            ["edited_timestamp"] = null,
            ["flags"] = flags,
            ["tts"] = false,
            ["pinned"] = false,
            ["mention_everyone"] = false,
            ["mentions"] = new JsonArray(),
            ["mention_roles"] = new JsonArray(),
        };
        if (answering is not null)
        {
            Attribute(json, answering);
        }

        if (repliedTo is { } source)
        {
            json["message_reference"] = new JsonObject { ["type"] = 0, ["channel_id"] = $"{place.Id}", ["message_id"] = $"{source}" };
            if (place.Guild is { } guild)
            {
                json["message_reference"]!["guild_id"] = $"{guild.Id}";
            }
        }

        return json;
    }

    /// <summary>A message as the gateway's events hold it: with its server and its author's membership.</summary>
    public JsonObject Event(JsonObject message, Place place)
    {
        var data = message.DeepClone().AsObject();
        data["channel_type"] = (int)place.Channel.Type;
        if (place.Guild is not { } guild)
        {
            return data;
        }

        data["guild_id"] = $"{guild.Id}";
        if (ulong.Parse(data["author"]!["id"]!.GetValue<string>()) is var author && places.IsMember(guild, author))
        {
            data["member"] = guilds.PartialMember(guild, author);
        }

        foreach (var user in data["mentions"]!.AsArray().OfType<JsonObject>())
        {
            if (ulong.Parse(user["id"]!.GetValue<string>()) is var called && places.IsMember(guild, called))
            {
                user["member"] = guilds.PartialMember(guild, called);
            }
        }

        return data;
    }

    // Later answers reply to the first, and those to a press to the message it sits on.
    private static ulong? RepliedTo(PendingInteraction? answering) =>
        answering?.OriginalMessage ?? (answering?.Type == InteractionType.Component ? answering.SourceMessage : null);

    private static int TypeOf(PendingInteraction? answering) => answering switch
    {
        { Type: InteractionType.Command, IsMenuCommand: true } => MenuCommand,
        { Type: InteractionType.Command } => ChatCommand,
        _ => Plain,
    };

    // The application's webhook posts it, for the interaction that the line above it names.
    private void Attribute(JsonObject message, PendingInteraction answering)
    {
        var user = UserJson.Of(places, answering.Person);
        message["webhook_id"] = $"{places.Bot}";
        message["application_id"] = $"{places.Bot}";
        message["interaction_metadata"] = answering.Metadata(user.DeepClone().AsObject(), answering.OriginalMessage);
        if (answering.Command is not null)
        {
            message["interaction"] = new JsonObject
            {
                ["id"] = $"{answering.Id}",
                ["type"] = (int)answering.Type,
                ["name"] = answering.Command,
                ["user"] = user,
            };
        }
    }
}
