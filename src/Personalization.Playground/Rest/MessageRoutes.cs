using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Personalization.Playground.Places;

namespace Personalization.Playground.Rest;

/// <summary>Messages that the bot reads and writes with its own token, where it may.</summary>
internal sealed class MessageRoutes(RestApi rest, Chat chat, PlaceDirectory places, Threads threads, Snowflakes ids)
{
    public void Map(RouteGroupBuilder api)
    {
        const string Messages = "/channels/{channel}/messages";
        const string One = Messages + "/{message}";
        rest.Map(api, "GET", Messages, request => RestRequest.Json(chat.Recent(places.Seen(request).Id, request.Limit(50, 100), request.Snowflake)));
        rest.Map(api, "POST", Messages, Post);
        rest.Map(api, "GET", One, request => RestRequest.Json(Find(request)));
        rest.Map(api, "PATCH", One, Edit);
        rest.Map(api, "DELETE", One, Delete);
        rest.Map(api, "POST", "/channels/{channel}/typing", request => places.CanWrite(places.Seen(request), places.Bot) ? Results.NoContent() : throw DiscordError.MissingPermissions);
    }

    private static ulong IdOf(JsonObject message) => ulong.Parse(message["id"]!.GetValue<string>());

    private IResult Post(RestRequest request)
    {
        var place = places.Seen(request);
        var message = MessageForm.Read(request.Body, request.Form, edited: null, ids.Next);
        var bits = places.PermissionsIn(place, places.Bot);
        if (!places.CanWrite(place, places.Bot) || (message.Uploads.Any() && (bits & Permissions.AttachFiles) == 0))
        {
            throw DiscordError.MissingPermissions;
        }

        return threads.TryRestore(place.Id)
            ? RestRequest.Json(chat.Post(place, message, places.Bot, answering: null, extraFlags: 0))
            : throw DiscordError.ThreadArchived;
    }

    private IResult Edit(RestRequest request)
    {
        var edited = Find(request);
        CheckNotArchived(request);
        return RestRequest.Json(chat.Edit(IdOf(edited), MessageForm.Read(request.Body, request.Form, edited, ids.Next)));
    }

    private IResult Delete(RestRequest request)
    {
        var message = Find(request);
        CheckNotArchived(request);
        var isOwn = message["author"]!["id"]!.ToString() == $"{places.Bot}";
        var place = places.Seen(request);
        if (!isOwn && (place.Guild is null || (places.PermissionsIn(place, places.Bot) & Permissions.ManageMessages) == 0))
        {
            throw DiscordError.MissingPermissions;
        }

        chat.Delete(IdOf(message));
        return Results.NoContent();
    }

    // Bots reach ephemeral messages only through the interaction.
    private JsonObject Find(RestRequest request)
    {
        var place = places.Seen(request);
        var message = chat.Find(request.Id("message"));
        var isPublic = (message["flags"]!.GetValue<int>() & MessageForm.Ephemeral) == 0 && message["channel_id"]!.ToString() == $"{place.Id}";
        return isPublic ? message : throw DiscordError.UnknownMessage;
    }

    private void CheckNotArchived(RestRequest request)
    {
        if (threads.Archived(request.Id("channel")) is not null)
        {
            throw DiscordError.ThreadArchived;
        }
    }
}
