using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Personalization.Playground.Places;

namespace Personalization.Playground.Rest;

/// <summary>The application, where its gateway is, and users.</summary>
internal sealed class ApplicationRoutes(RestApi rest, PlaceDirectory places, GuildJson guilds, ChannelJson channels)
{
    /// <summary>The application's flags: it may have every privileged intent, of presences, members and message content, as a bot in few servers may.</summary>
    public const int Flags = (1 << 13) | (1 << 15) | (1 << 19);

    public void Map(RouteGroupBuilder api)
    {
        rest.Map(api, "GET", "/gateway", request => RestRequest.Json(new JsonObject { ["url"] = GatewayUrl(request.Context) }));
        rest.Map(api, "GET", "/gateway/bot", request => RestRequest.Json(new JsonObject
        {
            ["url"] = GatewayUrl(request.Context),
            ["shards"] = 1,
            ["session_start_limit"] = new JsonObject { ["total"] = 1000, ["remaining"] = 999, ["reset_after"] = 14400000, ["max_concurrency"] = 1 },
        }));
        rest.Map(api, "GET", "/applications/@me", _ => RestRequest.Json(Application()));
        rest.Map(api, "GET", "/oauth2/applications/@me", _ => RestRequest.Json(Application()));
        // It has no emojis of its own, and sells nothing.
        rest.Map(api, "GET", "/applications/{application}/emojis", _ => RestRequest.Json(new JsonObject { ["items"] = new JsonArray() }));
        rest.Map(api, "GET", "/applications/{application}/entitlements", _ => RestRequest.Json(new JsonArray()));
        rest.Map(api, "GET", "/users/@me", _ => RestRequest.Json(Me()));
        rest.Map(api, "GET", "/users/@me/guilds", Guilds);
        rest.Map(api, "POST", "/users/@me/channels", DirectMessage);
        rest.Map(api, "GET", "/users/{user}", request => RestRequest.Json(UserJson.Find(places, request.Id("user")) ?? throw DiscordError.UnknownUser));
    }

    private static string GatewayUrl(HttpContext context) =>
        $"{(context.Request.IsHttps ? "wss" : "ws")}://{context.Request.Host}/gateway";

    private JsonObject Me()
    {
        var user = UserJson.Of(places, places.Bot);
        user["mfa_enabled"] = false;
        user["locale"] = "en-US";
        user["verified"] = true;
        user["email"] = null;
        return user;
    }

    private IResult Guilds(RestRequest request)
    {
        var (before, after) = (request.Snowflake("before"), request.Snowflake("after"));
        var mine = places.BotGuilds.Where(guild => !(guild.Id >= before) && !(guild.Id <= after)).OrderBy(guild => guild.Id).Take(request.Limit(200, 200));
        return RestRequest.Json(new JsonArray([.. mine.Select(guild => guilds.OfMine(guild, request.Flag("with_counts")))]));
    }

    private IResult DirectMessage(RestRequest request) =>
        ulong.TryParse(request.Body["recipient_id"]?.ToString(), out var person) && places.IsPerson(person)
            ? RestRequest.Json(channels.Of(places.DirectWith(person)))
            : throw (person == places.Bot ? DiscordError.CannotMessageUser : DiscordError.UnknownUser);

    private JsonObject Application() => new()
    {
        ["id"] = $"{places.Bot}",
        ["name"] = places.Options.Application.Name,
        ["icon"] = null,
        ["description"] = "",
        ["type"] = null,
        ["bot_public"] = true,
        ["bot_require_code_grant"] = false,
        ["verify_key"] = new string('0', 64),
        ["flags"] = Flags,
        ["flags_new"] = $"{Flags}",
        ["integration_types_config"] = new JsonObject { ["0"] = new JsonObject(), ["1"] = new JsonObject() },
        ["redirect_uris"] = new JsonArray(),
        ["interactions_endpoint_url"] = null,
        ["role_connections_verification_url"] = null,
        ["owner"] = UserJson.Of(places, places.Options.People[0].Id),
        ["team"] = null,
        ["approximate_guild_count"] = places.BotGuilds.Count(),
        ["approximate_user_install_count"] = places.Options.UserInstallations.Count,
        ["approximate_user_authorization_count"] = 0,
        ["explicit_content_filter"] = 0,
        ["eligible_oauth2_scopes"] = new JsonArray("bot", "applications.commands"),
        ["bot"] = UserJson.Of(places, places.Bot),
    };
}
