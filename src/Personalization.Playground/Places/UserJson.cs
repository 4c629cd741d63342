using System.Text.Json.Nodes;

namespace Personalization.Playground.Places;

/// <summary>Users as Discord shows them.</summary>
internal static class UserJson
{
    /// <summary>A person or the bot; null for an id of neither.</summary>
    public static JsonObject? Find(PlaceDirectory places, ulong id) => places.NameOf(id) is { } name ? Create(places, id, name) : null;

    /// <summary>One who is known to be here.</summary>
    public static JsonObject Of(PlaceDirectory places, ulong id) => Create(places, id, places.NameOf(id)!);

    private static JsonObject Create(PlaceDirectory places, ulong id, string name)
    {
        var isBot = id == places.Bot;
        var user = new JsonObject
        {
            ["id"] = $"{id}",
            ["username"] = isBot ? name : name.ToLowerInvariant(),
            ["global_name"] = isBot ? null : name,
            ["discriminator"] = isBot ? "0000" : "0",
            ["avatar"] = null,
            ["avatar_decoration_data"] = null,
            ["collectibles"] = null,
            ["primary_guild"] = null,
            ["banner"] = null,
            ["accent_color"] = null,
            ["public_flags"] = 0,
            ["flags"] = 0,
        };
        if (isBot)
        {
            user["bot"] = true;
        }

        return user;
    }
}
