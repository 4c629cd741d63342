using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Personalization.Playground.Interactions;
using Personalization.Playground.Places;
using Personalization.Playground.Rest;

namespace Personalization.Playground.People;

/// <summary>
/// What the chat page, or a test, does as a person:
/// <c>GET /playground/state?person=&amp;channel=</c> for everything they see and the channel's commands, <c>WS /playground/live?person=</c> for what changes
/// (both as the first person where there is no such one),
/// <c>GET /playground/commands?person=&amp;channel=</c> for the commands they find in a channel,
/// <c>POST /playground/interactions[?wait=true]</c> for commands, presses, suggestions and modals, in the language <c>locale</c>,
/// <c>POST /playground/messages</c> for plain talk, <c>DELETE /playground/messages/{id}?person=</c> to dismiss what only they see.
/// </summary>
internal sealed class PersonEndpoints(Chat chat, PersonInteractions interactions, CommandRegistry commands, PlaceDirectory places, Threads threads, PagePlaces page, LiveHub live, Uploads uploads, Snowflakes ids)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/playground");
        api.MapGet("/state", State);
        api.MapGet("/live", LiveAsync);
        api.MapGet("/commands", Commands);
        api.MapPost("/interactions", InteractAsync);
        api.MapPost("/messages", Say);
        api.MapDelete("/messages/{message}", Dismiss);
        routes.MapGet("/cdn/attachments/{channel}/{file}/{name}", Download);
    }

    private static IResult Problem(string message) => Results.Json(new { message }, statusCode: 400);

    private static IResult Json(JsonNode json) => Results.Content(json.ToJsonString(), "application/json");

    // With the person and the channel that are asked for, or the first ones, where there are no such.
    private IResult State(string? person, ulong? channel)
    {
        var options = places.Options;
        var id = PersonOf(person) ?? options.People[0].Id;
        var guilds = options.Guilds.Where(guild => places.IsMember(guild, id)).ToList();
        var all = guilds.SelectMany(places.In).Concat(places.ConversationsOf(id)).Where(place => places.CanSee(place, id)).ToList();
        var open = all.Find(place => place.Id == channel) ?? all[0];
        return Json(new JsonObject
        {
            ["application"] = new JsonObject { ["id"] = $"{options.Application.Id}", ["name"] = options.Application.Name },
            ["guilds"] = new JsonArray([.. guilds.Select(guild => page.Guild(guild, id))]),
            ["conversations"] = page.Channels(places.ConversationsOf(id), id),
            ["people"] = new JsonArray([.. options.People.Select(known => UserJson.Of(places, known.Id))]),
            ["person"] = $"{id}",
            ["channel"] = $"{open.Id}",
            ["commands"] = new JsonArray([.. commands.AvailableTo(id, open)]),
            ["messages"] = new JsonArray([.. chat.VisibleTo(id)]),
        });
    }

    private IResult Commands(string? person, ulong channel) =>
        PersonOf(person) is { } id && places.Find(channel) is { } place && places.CanSee(place, id)
            ? Json(new JsonArray([.. commands.AvailableTo(id, place)]))
            : Problem("There is no such person or channel here.");

    private async Task LiveAsync(HttpContext context, string? person, IHostApplicationLifetime lifetime)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        // Joined first: once the page knows that it is connected, it misses nothing.
        var opened = live.Join(PersonOf(person) ?? places.Options.People[0].Id);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var reading = ReadUntilClosedAsync(socket, closed);
        try
        {
            await foreach (var text in opened.Reader.ReadAllAsync(closed.Token))
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, closed.Token);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The page was closed.
        }
        finally
        {
            live.Leave(opened);
            await closed.CancelAsync();
            await reading;
        }
    }

    private static async Task ReadUntilClosedAsync(WebSocket socket, CancellationTokenSource closed)
    {
        var buffer = new byte[256];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), closed.Token)).MessageType != WebSocketMessageType.Close)
            {
            }

            await closed.CancelAsync();
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            await closed.CancelAsync();
        }
    }

    private async Task<IResult> InteractAsync(HttpRequest request, JsonObject form, bool? wait)
    {
        CdnUrl.Follow(request);
        if (PersonOf(form["person"]?.ToString()) is not { } person)
        {
            return Problem("There is no person with this id here.");
        }

        var (begun, problem) = interactions.Begin(form, person);
        if (begun is not { } pending)
        {
            return Problem(problem!);
        }

        return wait == true ? Json(await pending.Outcome.Task) : Results.Json(new { interaction = $"{pending.Id}" });
    }

    private IResult Say(JsonObject form)
    {
        if (PersonOf(form["person"]?.ToString()) is not { } person)
        {
            return Problem("There is no person with this id here.");
        }

        if (!ulong.TryParse(form["channel"]?.ToString(), out var channel) || places.Find(channel) is not { } place || !places.CanSee(place, person))
        {
            return Problem("There is no such channel.");
        }

        if (!places.CanWrite(place, person) || !threads.TryRestore(channel))
        {
            return Problem("You cannot write here.");
        }

        var json = new JsonObject { ["content"] = form["content"]?.DeepClone() };
        try
        {
            var message = MessageForm.Read(json, new RequestForm(json, new Dictionary<int, (string, string, byte[])>()), edited: null, ids.Next);
            return Json(chat.Post(place, message, person, answering: null, extraFlags: 0));
        }
        catch (DiscordError error)
        {
            return Problem(error.Message);
        }
    }

    private IResult Dismiss(ulong message, string? person)
    {
        var isTheirs = PersonOf(person) is { } id
            && chat.FindVisible(message, id) is { } shown
            && (shown["flags"]!.GetValue<int>() & MessageForm.Ephemeral) != 0;
        if (!isTheirs)
        {
            return Problem("Only messages that you alone see can be dismissed.");
        }

        chat.Delete(message);
        return Results.NoContent();
    }

    private IResult Download(HttpContext context, ulong file)
    {
        if ((chat.OpenFile(file) ?? uploads.Open(file)) is not var (found, content))
        {
            return Results.NotFound();
        }

        // An uploaded file is served with its stored type only, so that a browser cannot be made to run it.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        var isPicture = found.ContentType is "image/png" or "image/jpeg" or "image/webp" or "image/gif";
        return isPicture ? Results.Stream(content, found.ContentType) : Results.Stream(content, "application/octet-stream", found.Name);
    }

    private ulong? PersonOf(string? person) => ulong.TryParse(person, out var id) && places.IsPerson(id) ? id : null;
}
