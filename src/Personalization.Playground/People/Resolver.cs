using System.Text.Json.Nodes;
using Personalization.Playground.Places;
using Personalization.Playground.Rest;

namespace Personalization.Playground.People;

/// <summary>
/// What ids in options, selects and menus stand for: the <c>resolved</c> of an interaction's data
/// (https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure).
/// </summary>
internal sealed class Resolver(PlaceDirectory places, GuildJson guilds, ChannelJson channels, Place place, ulong person)
{
    private readonly JsonObject _resolved = [];
    private readonly List<(StoredFile File, byte[] Content)> _files = [];

    /// <summary>All that was found; null when nothing was asked for.</summary>
    public JsonObject? Resolved => _resolved.Count > 0 ? _resolved : null;

    /// <summary>The files that were given.</summary>
    public IEnumerable<(StoredFile File, byte[] Content)> Files => _files;

    /// <summary>Where the ids are looked up.</summary>
    public Place Place => place;

    /// <returns>Whether there is such a user in this place.</returns>
    public bool TryUser(string id)
    {
        if (!ulong.TryParse(id, out var user) || UserJson.Find(places, user) is not { } found)
        {
            return false;
        }

        Group("users")[id] = found;
        if (place.Guild is { } guild && places.IsMember(guild, user))
        {
            var member = guilds.PartialMember(guild, user);
            member["permissions"] = $"{places.PermissionsIn(place, user)}";
            Group("members")[id] = member;
        }

        return true;
    }

    /// <returns>Whether there is such a role in this server.</returns>
    public bool TryRole(string id)
    {
        if (place.Guild is not { } guild || !ulong.TryParse(id, out var role) || guilds.Role(guild, role) is not { } found)
        {
            return false;
        }

        Group("roles")[id] = found;
        return true;
    }

    /// <param name="types">Discord's numbers for the kinds of channels that are wanted; empty for all.</param>
    /// <returns>Whether the person sees such a channel in this server.</returns>
    public bool TryChannel(string id, IReadOnlyCollection<int> types)
    {
        var isFound = ulong.TryParse(id, out var channel)
            && places.Find(channel) is { } found
            && found.Guild == place.Guild
            && places.CanSee(found, person)
            && (types.Count == 0 || types.Contains((int)found.Channel.Type));
        if (isFound)
        {
            Group("channels")[id] = channels.Of(places.Find(channel)!, person);
        }

        return isFound;
    }

    /// <summary>Adds a file that was given.</summary>
    public void Add(StoredFile file, byte[] content)
    {
        _files.Add((file, content));
        Group("attachments")[$"{file.Id}"] = file.ToJson(CdnUrl.Of(place.Id, file), isEphemeral: true);
    }

    /// <summary>Adds the message that a menu was opened on.</summary>
    public void Add(JsonObject message) => Group("messages")[message["id"]!.ToString()] = message.DeepClone();

    private JsonObject Group(string name)
    {
        if (_resolved[name] is not JsonObject group)
        {
            _resolved[name] = group = [];
        }

        return group;
    }
}
