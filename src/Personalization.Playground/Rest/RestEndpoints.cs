using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Personalization.Playground.Gateway;

namespace Personalization.Playground.Rest;

/// <summary>Discord's REST interface, as far as bots of this kind use it.</summary>
internal sealed class RestEndpoints(World world, RestRateLimits limits, PlaygroundServer server)
{
    // What Discord keeps a bucket of its own for.
    private static readonly string[] MajorParameters = ["channel", "application", "interaction", "token"];

    private delegate Task<IResult> Handler(HttpContext context, RequestForm form);

    public void Map(IEndpointRouteBuilder routes)
    {
        // Libraries name the version, or leave it to Discord's default.
        foreach (var prefix in new[] { "/api/v10", "/api" })
        {
            var api = routes.MapGroup(prefix);
            MapApplication(api);
            MapInteractions(api);
            MapChannels(api);
        }
    }

    private void MapApplication(RouteGroupBuilder api)
    {
        Map(api, "GET", "/gateway", (context, _) => Json(new JsonObject { ["url"] = GatewayUrl(context) }));
        Map(api, "GET", "/gateway/bot", (context, _) => Json(new JsonObject
        {
            ["url"] = GatewayUrl(context),
            ["shards"] = 1,
            ["session_start_limit"] = new JsonObject { ["total"] = 1000, ["remaining"] = 999, ["reset_after"] = 14400000, ["max_concurrency"] = 1 },
        }));
        Map(api, "GET", "/users/@me", (_, _) => Json(world.BotUser));
        Map(api, "GET", "/applications/@me", (_, _) => Json(Application()));
        Map(api, "GET", "/oauth2/applications/@me", (_, _) => Json(Application()));
        foreach (var path in new[] { "/applications/{application}/commands", "/applications/{application}/guilds/{guild}/commands" })
        {
            Map(api, "GET", path, (context, _) => Json(Commands(context)));
            Map(api, "PUT", path, (_, form) => PutCommands(form));
            Map(api, "POST", path, (_, form) => PostCommand(form));
            Map(api, "DELETE", path + "/{command}", (context, _) => DeleteCommand(Text(context, "command")));
        }
    }

    private void MapInteractions(RouteGroupBuilder api)
    {
        MapOpen(api, "POST", "/interactions/{interaction}/{token}/callback", Callback);
        MapOpen(api, "GET", "/webhooks/{application}/{token}/messages/@original", (context, _) => Json(world.Find(Original(context))));
        MapOpen(api, "PATCH", "/webhooks/{application}/{token}/messages/@original", (context, form) => Edit(Original(context), form));
        MapOpen(api, "DELETE", "/webhooks/{application}/{token}/messages/@original", (context, _) => Delete(Original(context)));
        MapOpen(api, "POST", "/webhooks/{application}/{token}", FollowUp);
        MapOpen(api, "GET", "/webhooks/{application}/{token}/messages/{message}", (context, _) => Json(world.Find(OfWebhook(context))));
        MapOpen(api, "PATCH", "/webhooks/{application}/{token}/messages/{message}", (context, form) => Edit(OfWebhook(context), form));
        MapOpen(api, "DELETE", "/webhooks/{application}/{token}/messages/{message}", (context, _) => Delete(OfWebhook(context)));
    }

    private void MapChannels(RouteGroupBuilder api)
    {
        Map(api, "GET", "/guilds/{guild}", (_, _) => Json(GuildEvent.Create(world)));
        Map(api, "GET", "/channels/{channel}", (context, _) => Json(GuildEvent.Channel(world.Options, Channel(context))));
        Map(api, "GET", "/channels/{channel}/messages", (context, _) =>
            Json(world.Recent(Channel(context).Id, int.TryParse(context.Request.Query["limit"], out var limit) ? Math.Clamp(limit, 1, 100) : 50)));
        Map(api, "POST", "/channels/{channel}/messages", (context, form) =>
        {
            var channel = Channel(context).Id;
            var message = MessageForm.Read(form.Object, form, edited: null, world.NextId);
            server.CheckPost(channel);
            return Json(world.Post(channel, message, world.BotUser, answering: null, extraFlags: 0));
        });
        Map(api, "GET", "/channels/{channel}/messages/{message}", (context, _) => Json(world.Find(PublicMessage(context))));
        Map(api, "PATCH", "/channels/{channel}/messages/{message}", (context, form) => Edit(PublicMessage(context), form));
        Map(api, "DELETE", "/channels/{channel}/messages/{message}", (context, _) => Delete(PublicMessage(context)));
    }

    // What needs the bot's token.
    private void Map(RouteGroupBuilder api, string method, string path, Handler handler) =>
        Map(api, method, path, isInteraction: false, handler);

    // What needs only the interaction's own token, which is in its path.
    private void MapOpen(RouteGroupBuilder api, string method, string path, Handler handler) =>
        Map(api, method, path, isInteraction: true, handler);

    private void Map(RouteGroupBuilder api, string method, string path, bool isInteraction, Handler handler) =>
        api.MapMethods(path, [method], async context =>
        {
            var result = await AnswerAsync(context, $"{method} {path}", isInteraction, handler);
            await result.ExecuteAsync(context);
        });

    private async Task<IResult> AnswerAsync(HttpContext context, string route, bool isInteraction, Handler handler)
    {
        CdnUrl.Base = $"{context.Request.Scheme}://{context.Request.Host}";
        try
        {
            Authorize(context.Request, isInteraction);
            if (server.TakeFailure(context.Request) is { } failure)
            {
                return failure;
            }

            var major = string.Join(' ', MajorParameters.Select(name => context.Request.RouteValues[name]));
            var isCallback = route.EndsWith("/callback", StringComparison.Ordinal);
            if (!isCallback && limits.Count(context.Response, route, major, isInteraction) is var (wait, isGlobal))
            {
                context.Response.Headers.RetryAfter = $"{(int)Math.Ceiling(wait.TotalSeconds)}";
                context.Response.Headers["X-RateLimit-Scope"] = isGlobal ? "global" : "user";
                return Results.Json(new { message = "You are being rate limited.", retry_after = wait.TotalSeconds, global = isGlobal, code = 0 }, statusCode: 429);
            }

            var form = await RequestForm.ReadAsync(context.Request, context.RequestAborted);
            server.Record(context.Request, form);
            return await handler(context, form);
        }
        catch (DiscordError error)
        {
            return Results.Json(error.ToJson(), statusCode: error.Status);
        }
    }

    private void Authorize(HttpRequest request, bool isInteraction)
    {
        if (request.Headers.UserAgent.Count == 0)
        {
            throw new DiscordError(403, 40333, "internal network error");
        }

        if (isInteraction)
        {
            return;
        }

        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("Bot ", StringComparison.Ordinal) || !server.Accepts(authorization["Bot ".Length..]))
        {
            throw DiscordError.Unauthorized;
        }
    }

    private Task<IResult> Callback(HttpContext context, RequestForm form)
    {
        var interaction = world.Answering(Number(context, "interaction"), Text(context, "token"));
        var type = form.Object["type"]?.GetValue<int>() ?? 0;
        var data = form.Object["data"] as JsonObject ?? [];
        var (outcome, message) = type switch
        {
            4 => ("message", Respond(interaction, MessageForm.Read(data, form, edited: null, world.NextId), extraFlags: 0)),
            5 => ("deferred", Respond(interaction, Thinking(data), MessageForm.Loading)),
            6 when interaction.SourceMessage is not null => Claimed(interaction, "deferred update"),
            7 when interaction.SourceMessage is { } source => ("updated", UpdateSource(interaction, source, data, form)),
            8 when interaction.Type == 4 => Claimed(interaction, "choices"),
            9 when interaction.Type != 5 => OpenModal(interaction, data),
            _ => throw DiscordError.InvalidForm(new JsonObject { ["type"] = new JsonObject { ["_errors"] = new JsonArray(new JsonObject { ["code"] = "BASE_TYPE_CHOICES", ["message"] = $"Type {type} cannot answer an interaction of type {interaction.Type}." }) } }),
        };
        world.Answered(interaction, outcome, message);
        return context.Request.Query["with_response"] != "true"
            ? Task.FromResult(Results.NoContent())
            : Json(WithResponse(interaction, type, message));
    }

    private static JsonObject WithResponse(PendingInteraction interaction, int type, JsonObject? message)
    {
        var answer = new JsonObject { ["id"] = $"{interaction.Id}", ["type"] = interaction.Type };
        var resource = new JsonObject { ["type"] = type };
        if (message is not null)
        {
            var flags = message["flags"]!.GetValue<int>();
            answer["response_message_id"] = message["id"]!.GetValue<string>();
            answer["response_message_loading"] = (flags & MessageForm.Loading) != 0;
            answer["response_message_ephemeral"] = (flags & MessageForm.Ephemeral) != 0;
            resource["message"] = message.DeepClone();
        }

        return new JsonObject { ["interaction"] = answer, ["resource"] = resource };
    }

    private JsonObject Respond(PendingInteraction interaction, MessageForm form, int extraFlags)
    {
        world.Claim(interaction);
        return world.Post(interaction.ChannelId, form, world.BotUser, interaction, extraFlags);
    }

    // A deferred answer may say nothing but that it is ephemeral.
    private MessageForm Thinking(JsonObject data)
    {
        var json = new JsonObject { ["content"] = "​", ["flags"] = (data["flags"]?.GetValue<int>() ?? 0) & MessageForm.Ephemeral };
        return MessageForm.Read(json, new RequestForm(json, new Dictionary<int, (string, string, byte[])>()), edited: null, world.NextId);
    }

    private JsonObject UpdateSource(PendingInteraction interaction, ulong source, JsonObject data, RequestForm form)
    {
        var message = MessageForm.Read(data, form, world.Find(source), world.NextId);
        world.Claim(interaction);
        return world.Edit(source, message);
    }

    private (string Outcome, JsonObject? Message) Claimed(PendingInteraction interaction, string outcome)
    {
        world.Claim(interaction);
        return (outcome, null);
    }

    private (string Outcome, JsonObject? Message) OpenModal(PendingInteraction interaction, JsonObject data)
    {
        var check = new FormCheck();
        new ComponentCheck(check, isV2: true, new HashSet<string>()).Modal(data);
        check.ThrowIfFailed();
        world.Claim(interaction);
        world.Open(interaction, data.DeepClone().AsObject());
        return ("modal", null);
    }

    private Task<IResult> FollowUp(HttpContext context, RequestForm form)
    {
        var interaction = ByToken(context);
        return Json(world.Post(interaction.ChannelId, MessageForm.Read(form.Object, form, edited: null, world.NextId), world.BotUser, interaction, extraFlags: 0));
    }

    private Task<IResult> Edit(ulong message, RequestForm form)
    {
        var edited = world.Find(message);
        server.CheckChange(ChannelOf(edited));
        return Json(world.Edit(message, MessageForm.Read(form.Object, form, edited, world.NextId)));
    }

    private static ulong ChannelOf(JsonObject message) => ulong.Parse(message["channel_id"]!.GetValue<string>());

    private Task<IResult> Delete(ulong message)
    {
        server.CheckChange(ChannelOf(world.Find(message)));
        world.Delete(message);
        return Task.FromResult(Results.NoContent());
    }

    /// <summary>The commands; their localizations only where the bot asks for them.</summary>
    private JsonArray Commands(HttpContext context)
    {
        var commands = world.Commands();
        if (!bool.TryParse(context.Request.Query["with_localizations"], out var isWhole) || !isWhole)
        {
            foreach (var described in commands.OfType<JsonObject>().SelectMany(command => (command["options"] as JsonArray ?? []).OfType<JsonObject>().Append(command)))
            {
                described.Remove("name_localizations");
                described.Remove("description_localizations");
            }
        }

        return commands;
    }

    private Task<IResult> PutCommands(RequestForm form)
    {
        var commands = (form.Json as JsonArray ?? []).OfType<JsonObject>().ToList();
        CommandCheck.Check(commands, isList: true);
        world.SetCommands(_ => commands.Select(Registered));
        return Json(world.Commands());
    }

    private Task<IResult> PostCommand(RequestForm form)
    {
        CommandCheck.Check([form.Object], isList: false);
        var command = Registered(form.Object);
        world.SetCommands(known => known.Where(other => other["name"]!.ToString() != command["name"]!.ToString()).Append(command));
        return Task.FromResult(Results.Json(command, statusCode: 201));
    }

    private Task<IResult> DeleteCommand(string id)
    {
        world.SetCommands(known => known.Where(command => command["id"]!.ToString() != id));
        return Task.FromResult(Results.NoContent());
    }

    private JsonObject Registered(JsonObject command)
    {
        var registered = command.DeepClone().AsObject();
        registered["id"] = $"{world.NextId()}";
        registered["application_id"] = $"{world.Options.Application.Id}";
        registered["version"] = $"{world.NextId()}";
        registered["type"] ??= 1;
        registered["default_member_permissions"] = registered["default_member_permissions"]?.ToString();
        registered["nsfw"] ??= false;
        registered["integration_types"] ??= new JsonArray(0);
        return registered;
    }

    private JsonObject Application() => new()
    {
        ["id"] = $"{world.Options.Application.Id}",
        ["name"] = world.Options.Application.Name,
        ["icon"] = null,
        ["description"] = "",
        ["bot_public"] = true,
        ["bot_require_code_grant"] = false,
        ["verify_key"] = new string('0', 64),
        ["flags"] = 0,
        ["bot"] = world.BotUser,
    };

    private (ulong Id, string Name, string Topic) Channel(HttpContext context)
    {
        var id = Number(context, "channel");
        var channel = world.Options.Channels.FirstOrDefault(channel => channel.Id == id);
        return channel.Id == 0 ? throw DiscordError.UnknownChannel : channel;
    }

    // Bots reach ephemeral messages only through the interaction.
    private ulong PublicMessage(HttpContext context)
    {
        var id = Number(context, "message");
        var message = world.Find(id);
        var isPublic = (message["flags"]!.GetValue<int>() & MessageForm.Ephemeral) == 0 && message["channel_id"]!.ToString() == $"{Channel(context).Id}";
        return isPublic ? id : throw DiscordError.UnknownMessage;
    }

    private PendingInteraction ByToken(HttpContext context) => world.ByToken(Number(context, "application"), Text(context, "token"));

    private ulong Original(HttpContext context) => ByToken(context).OriginalMessage ?? throw DiscordError.UnknownMessage;

    private ulong OfWebhook(HttpContext context)
    {
        var interaction = ByToken(context);
        var id = Number(context, "message");
        return world.FindVisible(id, interaction.Person) is null ? throw DiscordError.UnknownMessage : id;
    }

    private static string GatewayUrl(HttpContext context) =>
        $"{(context.Request.IsHttps ? "wss" : "ws")}://{context.Request.Host}/gateway";

    private static string Text(HttpContext context, string name) => context.Request.RouteValues[name]?.ToString() ?? "";

    private static ulong Number(HttpContext context, string name) =>
        ulong.TryParse(Text(context, name), out var number) ? number : throw DiscordError.NotFound;

    private static Task<IResult> Json(JsonNode json) => Task.FromResult(Results.Content(json.ToJsonString(), "application/json"));
}
