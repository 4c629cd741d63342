using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Personalization.Playground.Rest;

namespace Personalization.Playground.People;

/// <summary>
/// What the chat page, or a test, does as a person:
/// <c>GET /playground/state?person=</c> for everything they see, <c>WS /playground/live?person=</c> for what changes,
/// <c>POST /playground/interactions[?wait=true]</c> for commands, presses and modals, in the language <c>locale</c>,
/// <c>POST /playground/messages</c> for plain talk, <c>DELETE /playground/messages/{id}?person=</c> to dismiss what only they see.
/// </summary>
internal sealed class PersonEndpoints(World world, LiveHub live)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/playground");
        api.MapGet("/state", State);
        api.MapGet("/live", LiveAsync);
        api.MapPost("/interactions", InteractAsync);
        api.MapPost("/messages", Say);
        api.MapDelete("/messages/{message}", Dismiss);
        routes.MapGet("/cdn/attachments/{channel}/{file}/{name}", Download);
    }

    private static ulong Snowflake(JsonNode? node) => ulong.TryParse(node?.ToString(), out var id) ? id : 0;

    private static string LocaleOf(JsonObject form) => Locales.Nearest(form["locale"]?.ToString());

    private static IResult Problem(string message) => Results.Json(new { message }, statusCode: 400);

    private IResult State(string? person)
    {
        var options = world.Options;
        var id = PersonOf(person) ?? options.People[0].Id;
        return Results.Content(
            new JsonObject
            {
                ["application"] = new JsonObject { ["id"] = $"{options.Application.Id}", ["name"] = options.Application.Name },
                ["guild"] = new JsonObject { ["id"] = $"{options.Guild.Id}", ["name"] = options.Guild.Name },
                ["channels"] = new JsonArray([.. options.Channels.Select(channel => new JsonObject { ["id"] = $"{channel.Id}", ["name"] = channel.Name, ["topic"] = channel.Topic })]),
                ["people"] = new JsonArray([.. options.People.Select(known => world.PersonUser(known.Id))]),
                ["person"] = $"{id}",
                ["commands"] = world.Commands(),
                ["messages"] = new JsonArray([.. world.VisibleTo(id)]),
            }.ToJsonString(),
            "application/json");
    }

    private async Task LiveAsync(HttpContext context, string? person, IHostApplicationLifetime lifetime)
    {
        if (!context.WebSockets.IsWebSocketRequest || PersonOf(person) is not { } id)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        // Joined first: once the page knows that it is connected, it misses nothing.
        var page = live.Join(id);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var reading = ReadUntilClosedAsync(socket, closed);
        try
        {
            await foreach (var text in page.Reader.ReadAllAsync(closed.Token))
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
            live.Leave(page);
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

    private async Task<IResult> InteractAsync(JsonObject form, bool? wait)
    {
        if (PersonOf(form["person"]?.ToString()) is not { } person)
        {
            return Problem("There is no person with this id here.");
        }

        var interaction = form["type"] is JsonValue value && value.TryGetValue(out int type) ? type switch
        {
            2 => Command(form, person),
            3 => Press(form, person),
            5 => Submit(form, person),
            _ => (null, "The type is 2 for a command, 3 for a component, 5 for a modal."),
        }
        : (null, "The type is missing.");
        if (interaction.Pending is not { } pending)
        {
            return Problem(interaction.Problem!);
        }

        return wait == true
            ? Results.Content((await pending.Outcome.Task).ToJsonString(), "application/json")
            : Results.Json(new { interaction = $"{pending.Id}" });
    }

    private (PendingInteraction? Pending, string? Problem) Command(JsonObject form, ulong person)
    {
        var channel = Snowflake(form["channel"]);
        if (world.Options.Channels.All(known => known.Id != channel))
        {
            return (null, "There is no such channel.");
        }

        var name = form["command"]?.ToString();
        if (world.Commands().OfType<JsonObject>().FirstOrDefault(command => command["name"]!.ToString() == name) is not { } command)
        {
            return (null, $"There is no command /{name}.");
        }

        var (options, problem) = CommandOptions.Read(command, form["options"] as JsonObject ?? []);
        if (problem is not null)
        {
            return (null, problem);
        }

        var data = new JsonObject { ["id"] = command["id"]!.DeepClone(), ["name"] = name, ["type"] = 1, ["options"] = options };
        return (world.Interact(2, person, LocaleOf(form), channel, data, message: null, name), null);
    }

    private (PendingInteraction? Pending, string? Problem) Press(JsonObject form, ulong person)
    {
        if (world.FindVisible(Snowflake(form["message"]), person) is not { } message)
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

        var data = new JsonObject { ["custom_id"] = customId, ["component_type"] = component["type"]!.DeepClone(), ["id"] = component["id"]?.DeepClone() };
        if (form["values"] is JsonArray values)
        {
            data["values"] = values.DeepClone();
        }

        return (world.Interact(3, person, LocaleOf(form), Snowflake(message["channel_id"]), data, message, command: null), null);
    }

    private (PendingInteraction? Pending, string? Problem) Submit(JsonObject form, ulong person)
    {
        if (world.Modal(Snowflake(form["modal"])) is not var (modal, opener) || opener.Person != person)
        {
            return (null, "This form is not open any more.");
        }

        var fields = form["fields"] as JsonObject ?? [];
        var filled = modal["components"]!.DeepClone().AsArray();
        foreach (var input in Components(filled).Where(component => component["custom_id"] is not null))
        {
            var text = fields[input["custom_id"]!.ToString()]?.ToString() ?? "";
            var limit = input["max_length"]?.GetValue<int>() ?? 4000;
            if (text.Length > limit || (text.Length == 0 && input["required"]?.GetValue<bool>() != false))
            {
                return (null, text.Length == 0 ? "This field is required." : $"This field takes at most {limit} characters.");
            }

            input["value"] = text;
        }

        var data = new JsonObject { ["custom_id"] = modal["custom_id"]!.DeepClone(), ["components"] = filled };
        var message = opener.SourceMessage is { } source ? world.FindVisible(source, person) : null;
        return (world.Interact(5, person, LocaleOf(form), opener.ChannelId, data, message, command: null), null);
    }

    private static IEnumerable<JsonObject> Components(JsonNode components)
    {
        foreach (var component in (components as JsonArray ?? []).OfType<JsonObject>())
        {
            yield return component;
            foreach (var single in new[] { component["component"], component["accessory"] }.OfType<JsonObject>())
            {
                yield return single;
            }

            foreach (var child in Components(component["components"] ?? new JsonArray()))
            {
                yield return child;
            }
        }
    }

    private IResult Say(JsonObject form)
    {
        if (PersonOf(form["person"]?.ToString()) is not { } person)
        {
            return Problem("There is no person with this id here.");
        }

        var json = new JsonObject { ["content"] = form["content"]?.DeepClone() };
        try
        {
            var message = MessageForm.Read(json, new RequestForm(json, new Dictionary<int, (string, string, byte[])>()), edited: null, world.NextId);
            return Results.Content(world.Post(Snowflake(form["channel"]), message, world.PersonUser(person), answering: null, extraFlags: 0).ToJsonString(), "application/json");
        }
        catch (DiscordError error)
        {
            return Problem(error.Message);
        }
    }

    private IResult Dismiss(ulong message, string? person)
    {
        var isTheirs = PersonOf(person) is { } id
            && world.FindVisible(message, id) is { } shown
            && (shown["flags"]!.GetValue<int>() & MessageForm.Ephemeral) != 0;
        if (!isTheirs)
        {
            return Problem("Only messages that you alone see can be dismissed.");
        }

        world.Delete(message);
        return Results.NoContent();
    }

    private IResult Download(HttpContext context, ulong file)
    {
        if (world.OpenFile(file) is not var (found, content))
        {
            return Results.NotFound();
        }

        // An uploaded file is served with its stored type only, so that a browser cannot be made to run it.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        var isPicture = found.ContentType is "image/png" or "image/jpeg" or "image/webp" or "image/gif";
        return isPicture ? Results.Stream(content, found.ContentType) : Results.Stream(content, "application/octet-stream", found.Name);
    }

    private ulong? PersonOf(string? person) =>
        ulong.TryParse(person, out var id) && world.Options.People.Any(known => known.Id == id) ? id : null;
}
