using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Personalization.Playground.Gateway;
using Personalization.Playground.People;
using Personalization.Playground.Places;

namespace Personalization.Playground.Rest;

/// <summary>Channels and their threads.</summary>
internal sealed class ChannelRoutes(RestApi rest, PlaceDirectory places, ChannelJson channels, Threads threads, Chat chat, GatewayHub gateway, PagePlaces pages, Snowflakes ids)
{
    public void Map(RouteGroupBuilder api)
    {
        const string Members = "/channels/{channel}/thread-members";
        rest.Map(api, "GET", "/channels/{channel}", request => RestRequest.Json(channels.Of(places.Seen(request))));
        rest.Map(api, "PATCH", "/channels/{channel}", Change);
        rest.Map(api, "POST", "/channels/{channel}/threads", request => Begin(request, ids.Next(), request.Body["type"]?.GetValue<int>() ?? (int)ChannelType.PrivateThread));
        rest.Map(api, "POST", "/channels/{channel}/messages/{message}/threads", BeginAtMessage);
        rest.Map(api, "GET", "/channels/{channel}/threads/archived/public", request => Archived(request, ChannelType.PublicThread));
        rest.Map(api, "GET", "/channels/{channel}/threads/archived/private", request => Archived(request, ChannelType.PrivateThread));
        rest.Map(api, "GET", "/guilds/{guild}/threads/active", Active);
        rest.Map(api, "GET", Members, request => RestRequest.Json(new JsonArray([.. threads.Members(Thread(request).Channel).Select(user => ChannelJson.Member(Thread(request).Channel, user))])));
        rest.Map(api, "GET", Members + "/{user}", Member);
        rest.Map(api, "PUT", Members + "/@me", request => Move(request, places.Bot, isIn: true));
        rest.Map(api, "DELETE", Members + "/@me", request => Move(request, places.Bot, isIn: false));
        rest.Map(api, "PUT", Members + "/{user}", request => Move(request, request.Id("user"), isIn: true));
        rest.Map(api, "DELETE", Members + "/{user}", request => Move(request, request.Id("user"), isIn: false));
    }

    private static bool IsThread(int type) => type is (int)ChannelType.PublicThread or (int)ChannelType.PrivateThread;

    private Place Thread(RestRequest request) => places.Seen(request) is { IsThread: true } thread ? thread : throw DiscordError.WrongChannelType;

    private IResult BeginAtMessage(RestRequest request)
    {
        var message = chat.Find(request.Id("message"));
        if (message["channel_id"]!.ToString() != request.Text("channel"))
        {
            throw DiscordError.UnknownMessage;
        }

        // The thread has the id of its message.
        var id = request.Id("message");
        return places.Find(id) is null ? Begin(request, id, (int)ChannelType.PublicThread) : throw DiscordError.ThreadExists;
    }

    private IResult Begin(RestRequest request, ulong id, int type)
    {
        var parent = places.Seen(request);
        if (parent.Channel.Type != ChannelType.Text || !IsThread(type))
        {
            throw DiscordError.WrongChannelType;
        }

        var check = new FormCheck();
        var name = check.Text(request.Body, "", "name", 1, 100);
        check.ThrowIfFailed();
        var needed = type == (int)ChannelType.PublicThread ? Permissions.CreatePublicThreads : Permissions.CreatePrivateThreads;
        if ((places.PermissionsIn(parent, places.Bot) & needed) == 0)
        {
            throw DiscordError.MissingPermissions;
        }

        var thread = new PlaygroundChannel(id, name!) { Type = (ChannelType)type, Parent = parent.Id, Owner = places.Bot };
        threads.Save(thread);
        var json = channels.Of(new(parent.Guild, thread));
        var created = json.DeepClone().AsObject();
        created["newly_created"] = true;
        gateway.Send("THREAD_CREATE", created, parent.Guild!.Id, Intents.Guilds);
        pages.Tell(id);
        return RestRequest.Json(json, StatusCodes.Status201Created);
    }

    private IResult Change(RestRequest request)
    {
        var place = places.Seen(request);
        var isOwn = place.Channel.Owner == places.Bot || (places.PermissionsIn(place, places.Bot) & Permissions.ManageThreads) != 0;
        if (!place.IsThread || !isOwn)
        {
            throw DiscordError.MissingPermissions;
        }

        var check = new FormCheck();
        var name = check.Text(request.Body, "", "name", 0, 100);
        check.ThrowIfFailed();
        if (!string.IsNullOrEmpty(name))
        {
            threads.Save(place.Channel with { Name = name });
        }

        Archive(place, request.Body["archived"], request.Body["locked"]);
        var json = channels.Of(places.Find(place.Id)!);
        gateway.Send("THREAD_UPDATE", json, place.Guild!.Id, Intents.Guilds);
        pages.Tell(place.Id);
        return RestRequest.Json(json);
    }

    private void Archive(Place place, JsonNode? archived, JsonNode? locked)
    {
        var before = threads.Archived(place.Id);
        if (archived?.GetValue<bool>() ?? before is not null)
        {
            threads.Archive(place.Id, locked?.GetValue<bool>() ?? before?.IsLocked ?? false);
        }
        else
        {
            threads.Restore(place.Id);
        }
    }

    private IResult Active(RestRequest request)
    {
        var guild = places.Joined(request);
        return List(places.In(guild).Where(place => place.IsThread && threads.Archived(place.Id) is null && places.CanSee(place, places.Bot)));
    }

    private IResult Archived(RestRequest request, ChannelType type)
    {
        var parent = places.Seen(request);
        return List(parent.Guild is null ? [] : places.In(parent.Guild).Where(place =>
            place.Channel.Parent == parent.Id && place.Channel.Type == type && threads.Archived(place.Id) is not null && places.CanSee(place, places.Bot)));
    }

    private IResult List(IEnumerable<Place> found)
    {
        var all = found.ToList();
        var mine = all.Where(place => threads.Members(place.Channel).Contains(places.Bot));
        return RestRequest.Json(new JsonObject
        {
            ["threads"] = new JsonArray([.. all.Select(channels.Of)]),
            ["members"] = new JsonArray([.. mine.Select(place => ChannelJson.Member(place.Channel, places.Bot))]),
            ["has_more"] = false,
        });
    }

    private IResult Member(RestRequest request)
    {
        var thread = Thread(request).Channel;
        var user = request.Text("user") == "@me" ? places.Bot : request.Id("user");
        return threads.Members(thread).Contains(user) ? RestRequest.Json(ChannelJson.Member(thread, user)) : throw DiscordError.UnknownMember;
    }

    private IResult Move(RestRequest request, ulong user, bool isIn)
    {
        var thread = Thread(request);
        if (!places.IsMember(thread.Guild!, user))
        {
            throw DiscordError.UnknownMember;
        }

        if (isIn ? threads.Join(thread.Channel, user) : threads.Leave(thread.Channel, user))
        {
            gateway.Send("THREAD_MEMBERS_UPDATE", Update(thread, user, isIn), thread.Guild!.Id, Intents.Guilds);
            pages.TellMoved(thread.Id, user);
        }

        return Results.NoContent();
    }

    private JsonObject Update(Place thread, ulong user, bool isIn)
    {
        var update = new JsonObject { ["id"] = $"{thread.Id}", ["guild_id"] = $"{thread.Guild!.Id}", ["member_count"] = threads.Members(thread.Channel).Count };
        if (isIn)
        {
            update["added_members"] = new JsonArray(ChannelJson.Member(thread.Channel, user));
        }
        else
        {
            update["removed_member_ids"] = new JsonArray($"{user}");
        }

        return update;
    }
}
