using System.Text.Json.Nodes;
using Personalization.Playground.Places;

namespace Personalization.Playground.People;

/// <summary>Servers, channels and conversations as the chat page shows them, and what it is told of threads.</summary>
internal sealed class PagePlaces(PlaceDirectory places, GuildJson guilds, Chat chat, LiveHub live)
{
    private readonly Lock _lock = new();

    /// <summary>A server with the channels that a person sees.</summary>
    public JsonObject Guild(PlaygroundGuild guild, ulong person) => new()
    {
        ["id"] = $"{guild.Id}",
        ["name"] = guild.Name,
        ["channels"] = Channels(places.In(guild), person),
        ["members"] = Ids(places.MembersOf(guild)),
        ["roles"] = new JsonArray([.. guilds.Roles(guild).Select(role => new JsonObject { ["id"] = role!["id"]!.DeepClone(), ["name"] = role["name"]!.DeepClone() })]),
    };

    /// <summary>Those of some channels or conversations that a person sees.</summary>
    public JsonArray Channels(IEnumerable<Place> all, ulong person) =>
        new([.. all.Where(place => places.CanSee(place, person)).Select(place => Channel(place, person))]);

    /// <summary>Tells those who see a thread of what it is now.</summary>
    public void Tell(ulong thread)
    {
        // One after the other, so that the last that is told is how it is.
        lock (_lock)
        {
            var place = places.Find(thread)!;
            foreach (var (person, _) in places.Options.People.Where(person => places.CanSee(place, person.Id)))
            {
                live.SendTo(person, "channel", Event(place, person));
            }
        }
    }

    /// <summary>Tells a person of a thread that they joined, with its messages, or that they no longer see.</summary>
    public void TellMoved(ulong thread, ulong person)
    {
        lock (_lock)
        {
            var place = places.Find(thread)!;
            if (places.CanSee(place, person))
            {
                var data = Event(place, person);
                data["messages"] = new JsonArray([.. chat.VisibleTo(person).Where(message => message["channel_id"]!.ToString() == $"{thread}")]);
                live.SendTo(person, "channel", data);
            }
            else
            {
                live.SendTo(person, "channel_gone", new JsonObject { ["id"] = $"{thread}" });
            }
        }
    }

    private static JsonArray Ids(IEnumerable<ulong> users) => new([.. users.Select(user => JsonValue.Create($"{user}"))]);

    private JsonObject Event(Place thread, ulong person) => new() { ["guild"] = $"{thread.Guild!.Id}", ["channel"] = Channel(thread, person) };

    private JsonObject Channel(Place place, ulong person) => new()
    {
        ["id"] = $"{place.Id}",
        ["type"] = (int)place.Channel.Type,
        ["name"] = NameOf(place.Channel, person),
        ["topic"] = place.Channel.Topic,
        ["nsfw"] = place.Channel.IsAgeRestricted,
        ["parent_id"] = place.Channel.Parent is { } parent ? $"{parent}" : null,
        ["members"] = Ids(place.Channel.People),
    };

    // A conversation of two is called what the other is called.
    private string NameOf(PlaygroundChannel channel, ulong person) =>
        channel.Name.Length > 0 ? channel.Name : string.Join(", ", channel.People.Where(user => user != person).Select(places.NameOf));
}
