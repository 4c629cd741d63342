using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Personalization.Playground.Interactions;
using Personalization.Playground.Places;

namespace Personalization.Playground.Rest;

/// <summary>The application's commands, those for everywhere and those of one server.</summary>
internal sealed class CommandRoutes(RestApi rest, CommandRegistry commands, PlaceDirectory places, Snowflakes ids)
{
    private const string Everywhere = "/applications/{application}/commands";
    private const string OfGuild = "/applications/{application}/guilds/{guild}/commands";

    public void Map(RouteGroupBuilder api)
    {
        foreach (var path in new[] { Everywhere, OfGuild })
        {
            rest.Map(api, "GET", path, request => RestRequest.Json(new JsonArray([.. commands.Of(Scope(request)).Select(command => Shown(command, request))])));
            rest.Map(api, "PUT", path, Put);
            rest.Map(api, "POST", path, Post);
            rest.Map(api, "GET", path + "/{command}", request => RestRequest.Json(Find(request)));
            rest.Map(api, "PATCH", path + "/{command}", Patch);
            rest.Map(api, "DELETE", path + "/{command}", Delete);
        }

        // There are no overrides: only a person with a bearer token can set them.
        rest.Map(api, "GET", OfGuild + "/permissions", request =>
        {
            Scope(request);
            return RestRequest.Json(new JsonArray());
        });
        rest.Map(api, "GET", OfGuild + "/{command}/permissions", _ => throw DiscordError.UnknownPermissions);
    }

    private static string NameOf(JsonObject command) => $"{command["type"]?.GetValue<int>() ?? 1} {command["name"]}";

    /// <summary>A listed command has its localizations only where the bot asks for them.</summary>
    private static JsonObject Shown(JsonObject command, RestRequest request)
    {
        if (!request.Flag("with_localizations"))
        {
            foreach (var described in (command["options"] as JsonArray ?? []).OfType<JsonObject>().Append(command))
            {
                described.Remove("name_localizations");
                described.Remove("description_localizations");
            }
        }

        return command;
    }

    /// <returns>The server's id; 0 for everywhere.</returns>
    /// <exception cref="DiscordError">The server is unknown, or the bot is not in it; or the application is another.</exception>
    private ulong Scope(RestRequest request)
    {
        if (request.Id("application") != places.Bot)
        {
            throw DiscordError.MissingAccess;
        }

        if (request.Text("guild").Length == 0)
        {
            return 0;
        }

        var guild = request.Id("guild");
        return places.BotGuilds.Any(known => known.Id == guild) ? guild : throw DiscordError.MissingAccess;
    }

    private JsonObject Find(RestRequest request) =>
        commands.Of(Scope(request)).FirstOrDefault(command => command["id"]!.ToString() == request.Text("command")) ?? throw DiscordError.UnknownCommand;

    private IResult Put(RestRequest request)
    {
        var scope = Scope(request);
        var given = CommandCheck.List(request.Form.Json);
        commands.Set(scope, known => given.Select(command => Registered(command, known.FirstOrDefault(other => NameOf(other) == NameOf(command)), scope)));
        return RestRequest.Json(new JsonArray([.. commands.Of(scope)]));
    }

    private IResult Post(RestRequest request)
    {
        var scope = Scope(request);
        CommandCheck.Check([request.Body], isList: false);
        var earlier = commands.Of(scope).FirstOrDefault(other => NameOf(other) == NameOf(request.Body));
        var command = Registered(request.Body, earlier, scope);
        commands.Set(scope, known => known.Where(other => NameOf(other) != NameOf(command)).Append(command));
        return RestRequest.Json(command.DeepClone(), earlier is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private IResult Patch(RestRequest request)
    {
        var scope = Scope(request);
        var earlier = Find(request);
        var changed = earlier.DeepClone().AsObject();
        foreach (var (name, value) in request.Body)
        {
            changed[name] = value?.DeepClone();
        }

        CommandCheck.Check([changed], isList: false);
        var command = Registered(changed, earlier, scope);
        commands.Set(scope, known => known.Select(other => other["id"]!.ToString() == request.Text("command") ? command : other));
        return RestRequest.Json(command.DeepClone());
    }

    private IResult Delete(RestRequest request)
    {
        Find(request);
        commands.Set(Scope(request), known => known.Where(command => command["id"]!.ToString() != request.Text("command")));
        return Results.NoContent();
    }

    private JsonObject Registered(JsonObject command, JsonObject? earlier, ulong guild)
    {
        var registered = command.DeepClone().AsObject();
        registered["id"] = earlier?["id"]!.ToString() ?? $"{ids.Next()}";
        registered["application_id"] = $"{places.Bot}";
        registered["version"] = $"{ids.Next()}";
        registered["type"] ??= 1;
        registered["description"] ??= "";
        registered["default_member_permissions"] = registered["default_member_permissions"]?.ToString();
        registered["nsfw"] ??= false;
        registered["integration_types"] ??= new JsonArray(0);
        if (guild != 0)
        {
            registered["guild_id"] = $"{guild}";
        }

        return registered;
    }
}
