using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Personalization.Playground.Places;

namespace Personalization.Playground.Rest;

/// <summary>Servers that the bot is in, their members, roles and channels.</summary>
internal sealed class GuildRoutes(RestApi rest, PlaceDirectory places, GuildJson guilds, ChannelJson channels)
{
    private const int MembersPerPage = 1000;

    public void Map(RouteGroupBuilder api)
    {
        rest.Map(api, "GET", "/guilds/{guild}", request => RestRequest.Json(guilds.Of(places.Joined(request), request.Flag("with_counts"))));
        rest.Map(api, "GET", "/guilds/{guild}/channels", Channels);
        rest.Map(api, "GET", "/guilds/{guild}/roles", request => RestRequest.Json(guilds.Roles(places.Joined(request))));
        rest.Map(api, "GET", "/guilds/{guild}/roles/{role}", request => RestRequest.Json(guilds.Role(places.Joined(request), request.Id("role")) ?? throw DiscordError.UnknownRole));
        rest.Map(api, "GET", "/guilds/{guild}/emojis", None);
        rest.Map(api, "GET", "/guilds/{guild}/stickers", None);
        rest.Map(api, "GET", "/guilds/{guild}/members", Members);
        rest.Map(api, "GET", "/guilds/{guild}/members/search", Search);
        rest.Map(api, "GET", "/guilds/{guild}/members/{user}", Member);
    }

    // Servers here have none of their own.
    private IResult None(RestRequest request)
    {
        places.Joined(request);
        return RestRequest.Json(new JsonArray());
    }

    private IResult Channels(RestRequest request) =>
        RestRequest.Json(new JsonArray([.. places.In(places.Joined(request)).Where(place => !place.IsThread).Select(channels.Of)]));

    private IResult Members(RestRequest request)
    {
        var guild = places.Joined(request);
        var after = request.Snowflake("after");
        var page = places.MembersOf(guild).Order().Where(user => !(user <= after)).Take(request.Limit(1, MembersPerPage));
        return RestRequest.Json(new JsonArray([.. page.Select(user => guilds.Member(guild, user))]));
    }

    private IResult Search(RestRequest request)
    {
        var guild = places.Joined(request);
        var query = request.Context.Request.Query["query"].ToString();
        var found = places.MembersOf(guild).Where(user => places.NameOf(user)!.StartsWith(query, StringComparison.OrdinalIgnoreCase)).Take(request.Limit(1, MembersPerPage));
        return RestRequest.Json(new JsonArray([.. found.Select(user => guilds.Member(guild, user))]));
    }

    private IResult Member(RestRequest request)
    {
        var guild = places.Joined(request);
        var user = request.Id("user");
        return places.IsMember(guild, user) ? RestRequest.Json(guilds.Member(guild, user)) : throw DiscordError.UnknownMember;
    }
}
