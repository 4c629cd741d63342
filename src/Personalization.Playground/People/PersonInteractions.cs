using System.Text.Json.Nodes;
using Personalization.Playground.Interactions;
using Personalization.Playground.Places;

namespace Personalization.Playground.People;

/// <summary>
/// What a person does to the bot, from the forms of <c>POST /playground/interactions</c>: <c>type</c> 2 for a command
/// (<c>channel</c>, <c>command</c>, <c>options</c>; for one of a menu its <c>command_type</c> and <c>target</c>), 3 for a component (<c>message</c>,
/// <c>custom_id</c>, <c>values</c>), 4 for a value half typed (as 2, with <c>focused</c>), 5 for a modal (<c>modal</c>, <c>fields</c>).
/// </summary>
internal sealed class PersonInteractions(Chat chat, InteractionDesk desk, CommandRegistry commands, PlaceDirectory places, GuildJson guilds, ChannelJson channels, Uploads files)
{
    private const int Slash = 1;
    private const int UserMenu = 2;
    private const int MessageMenu = 3;

    /// <returns>The interaction, or what is wrong with the form.</returns>
    public (PendingInteraction? Pending, string? Problem) Begin(JsonObject form, ulong person) =>
        form["type"] is JsonValue value && value.TryGetValue(out int type)
            ? type switch
            {
                2 => Command(form, person),
                3 => Press(form, person),
                4 => Type(form, person),
                5 => Submit(form, person),
                _ => (null, "The type is 2 for a command, 3 for a component, 4 for a value half typed, 5 for a modal."),
            }
            : (null, "The type is missing.");

    private static string LocaleOf(JsonObject form) => Locales.Nearest(form["locale"]?.ToString());

    private static ulong Snowflake(JsonNode? node) => ulong.TryParse(node?.ToString(), out var id) ? id : 0;

    private PendingInteraction Begin(InteractionDraft draft, Resolver resolver)
    {
        files.Keep(resolver.Files);
        if (resolver.Resolved is { } resolved)
        {
            draft.Data["resolved"] = resolved;
        }

        return desk.Begin(draft);
    }

    private (PendingInteraction? Pending, string? Problem) Command(JsonObject form, ulong person)
    {
        var (command, place, problem) = Find(form, person);
        if (command is null || place is null)
        {
            return (null, problem);
        }

        var resolver = new Resolver(places, guilds, channels, place, person);
        var data = DataOf(command, place);
        JsonObject? target = null;
        if (command["type"]!.GetValue<int>() is UserMenu or MessageMenu)
        {
            data["target_id"] = form["target"]?.ToString();
            (target, problem) = Target(command, form["target"]?.ToString() ?? "", person, resolver);
        }
        else
        {
            (data["options"], problem) = new CommandOptions(resolver, files, focused: null).Read(command, form["options"] as JsonObject ?? []);
        }

        return problem is not null
            ? (null, problem)
            : (Begin(new(InteractionType.Command, person, LocaleOf(form), place, commands.OwnersOf(command, person, place), data) { Command = command, Target = target }, resolver), null);
    }

    private (PendingInteraction? Pending, string? Problem) Type(JsonObject form, ulong person)
    {
        var (command, place, problem) = Find(form, person);
        if (command is null || place is null)
        {
            return (null, problem);
        }

        var focused = form["focused"]?.ToString() ?? "";
        if (!Options(command).Any(option => option["name"]!.ToString() == focused && option["autocomplete"]?.GetValue<bool>() == true))
        {
            return (null, $"/{command["name"]} suggests no values for {focused}.");
        }

        var resolver = new Resolver(places, guilds, channels, place, person);
        var data = DataOf(command, place);
        (data["options"], problem) = new CommandOptions(resolver, files, focused).Read(command, form["options"] as JsonObject ?? []);
        return problem is not null
            ? (null, problem)
            : (Begin(new(InteractionType.Autocomplete, person, LocaleOf(form), place, commands.OwnersOf(command, person, place), data) { Command = command }, resolver), null);
    }

    private (JsonObject? Command, Place? Place, string? Problem) Find(JsonObject form, ulong person)
    {
        if (places.Find(Snowflake(form["channel"])) is not { } place || !places.CanSee(place, person))
        {
            return (null, null, "There is no such channel.");
        }

        // Commands of different types may have the same name.
        var name = form["command"]?.ToString();
        var type = form["command_type"] is JsonValue given && given.TryGetValue(out int asked) ? asked : Slash;
        return commands.AvailableTo(person, place).FirstOrDefault(command => command["name"]!.ToString() == name && command["type"]!.GetValue<int>() == type) is { } command
            ? (command, place, null)
            : (null, null, type == Slash ? $"There is no command /{name} here." : $"There is no command {name} in this menu.");
    }

    private static JsonObject DataOf(JsonObject command, Place place)
    {
        var data = new JsonObject { ["id"] = command["id"]!.DeepClone(), ["name"] = command["name"]!.DeepClone(), ["type"] = command["type"]!.DeepClone() };
        if (command["guild_id"] is not null)
        {
            data["guild_id"] = $"{place.Guild!.Id}";
        }

        return data;
    }

    private static IEnumerable<JsonObject> Options(JsonObject command) =>
        (command["options"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(option => Options(option).Prepend(option));

    private (JsonObject? Target, string? Problem) Target(JsonObject command, string target, ulong person, Resolver resolver)
    {
        if (command["type"]!.GetValue<int>() == UserMenu)
        {
            return resolver.TryUser(target)
                ? (new() { ["target_user"] = UserJson.Of(places, Snowflake(target)) }, null)
                : (null, "There is no such person here.");
        }

        if (chat.FindVisible(Snowflake(target), person) is not { } message || message["channel_id"]!.ToString() != $"{resolver.Place.Id}")
        {
            return (null, "This message is not here any more.");
        }

        resolver.Add(message);
        return (new() { ["target_message_id"] = target }, null);
    }

    private (PendingInteraction? Pending, string? Problem) Press(JsonObject form, ulong person)
    {
        if (chat.FindVisible(Snowflake(form["message"]), person) is not { } message)
        {
            return (null, "This message is not here any more.");
        }

        var customId = form["custom_id"]?.ToString();
        if (Components(message["components"]!).FirstOrDefault(component => component["custom_id"]?.ToString() == customId) is not { } component)
        {
            return (null, "This message has no such button any more.");
        }

        if (component["disabled"]?.GetValue<bool>() == true)
        {
            return (null, "This button is disabled.");
        }

        var place = places.Find(Snowflake(message["channel_id"]))!;
        var resolver = new Resolver(places, guilds, channels, place, person);
        var data = new JsonObject { ["custom_id"] = customId, ["component_type"] = component["type"]!.DeepClone(), ["id"] = component["id"]?.DeepClone() };
        if (component["type"]!.GetValue<int>() != 2)
        {
            var values = form["values"] as JsonArray ?? [];
            if (SelectValues.Problem(component, values, resolver) is { } problem)
            {
                return (null, problem);
            }

            data["values"] = values.DeepClone();
        }

        return (Begin(new(InteractionType.Component, person, LocaleOf(form), place, OwnersOf(message, place), data) { Message = message }, resolver), null);
    }

    private (PendingInteraction? Pending, string? Problem) Submit(JsonObject form, ulong person)
    {
        if (desk.OpenerOf(Snowflake(form["modal"])) is not { Modal: { } modal } opener || opener.Person != person)
        {
            return (null, "This form is not open any more.");
        }

        var resolver = new Resolver(places, guilds, channels, opener.Place, person);
        var (filled, problem) = new ModalFields(resolver, files).Read(modal["components"]!.AsArray(), form["fields"] as JsonObject ?? []);
        if (problem is not null)
        {
            return (null, problem);
        }

        var data = new JsonObject { ["custom_id"] = modal["custom_id"]!.DeepClone(), ["components"] = filled };
        var message = opener.SourceMessage is { } source ? chat.FindVisible(source, person) : null;
        return (Begin(new(InteractionType.Modal, person, LocaleOf(form), opener.Place, opener.Owners, data) { Message = message, Opener = opener }, resolver), null);
    }

    // A press comes by the installation that the message came by; one of the bot's own, by the server's.
    private static JsonObject OwnersOf(JsonObject message, Place place) =>
        message["interaction_metadata"]?["authorizing_integration_owners"]?.DeepClone().AsObject()
        ?? new JsonObject { ["0"] = place.Guild is { } guild ? $"{guild.Id}" : "0" };

    private static IEnumerable<JsonObject> Components(JsonNode components)
    {
        foreach (var component in (components as JsonArray ?? []).OfType<JsonObject>())
        {
            yield return component;
            if (component["accessory"] is JsonObject accessory)
            {
                yield return accessory;
            }

            foreach (var child in Components(component["components"] ?? new JsonArray()))
            {
                yield return child;
            }
        }
    }
}
