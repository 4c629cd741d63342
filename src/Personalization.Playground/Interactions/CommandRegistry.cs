using System.Text.Json.Nodes;
using Personalization.Playground.People;
using Personalization.Playground.Places;

namespace Personalization.Playground.Interactions;

/// <summary>The application's commands, those for everywhere and those of one server, and who may use which where.</summary>
internal sealed class CommandRegistry(PlaceDirectory places, LiveHub live)
{
    // Discord's kinds of installation.
    private const int ByGuild = 0;
    private const int ByUser = 1;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, IReadOnlyList<JsonObject>> _commands = [];

    /// <param name="guild">0 for those that are everywhere.</param>
    public IReadOnlyList<JsonObject> Of(ulong guild)
    {
        lock (_lock)
        {
            return [.. _commands.GetValueOrDefault(guild, []).Select(command => command.DeepClone().AsObject())];
        }
    }

    /// <summary>Changes the commands of a server, or, for 0, those that are everywhere, by a function from the old list to the new.</summary>
    public void Set(ulong guild, Func<IReadOnlyList<JsonObject>, IEnumerable<JsonObject>> change)
    {
        lock (_lock)
        {
            _commands[guild] = [.. change(_commands.GetValueOrDefault(guild, []))];
        }

        live.Send(_ => true, "commands", new JsonArray());
    }

    /// <summary>What a person finds in a place, the server's own first.</summary>
    public IReadOnlyList<JsonObject> AvailableTo(ulong person, Place place) =>
        [.. (place.Guild is { HasBot: true } guild ? Of(guild.Id) : []).Concat(Of(0)).Where(command => IsAvailable(command, person, place))];

    /// <summary>By whose installation a person uses a command in a place; empty where they cannot.</summary>
    public JsonObject OwnersOf(JsonObject command, ulong person, Place place)
    {
        var types = Numbers(command["integration_types"]) ?? [ByGuild];
        var owners = new JsonObject();
        if (types.Contains(ByGuild) && GuildOwner(place) is { } guild)
        {
            owners[$"{ByGuild}"] = guild;
        }

        if (types.Contains(ByUser) && places.Options.UserInstallations.Contains(person))
        {
            owners[$"{ByUser}"] = $"{person}";
        }

        return owners;
    }

    private static List<int>? Numbers(JsonNode? node) => (node as JsonArray)?.Select(number => number!.GetValue<int>()).ToList();

    // A direct message with the bot is open to those who share a server with it.
    private string? GuildOwner(Place place) => place.Guild is { HasBot: true } guild ? $"{guild.Id}" : places.IsWithBot(place) ? "0" : null;

    private bool IsAvailable(JsonObject command, ulong person, Place place)
    {
        var isAllowed = Numbers(command["contexts"])?.Contains(InteractionEvent.ContextOf(places, place)) != false;
        var isForAll = command["nsfw"]?.GetValue<bool>() != true || place.Channel.IsAgeRestricted;
        return isAllowed && isForAll && IsPermitted(command, person, place) && OwnersOf(command, person, place).Count > 0;
    }

    private bool IsPermitted(JsonObject command, ulong person, Place place)
    {
        if (place.Guild is null)
        {
            return true;
        }

        var bits = places.PermissionsIn(place, person);
        var asked = ulong.TryParse(command["default_member_permissions"]?.ToString(), out var given) ? given : (ulong?)null;

        // None at all stand for administrators.
        var needed = Permissions.UseApplicationCommands | (asked == 0 ? Permissions.Administrator : asked ?? 0);
        return (bits & needed) == needed;
    }
}
