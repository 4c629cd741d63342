using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Personalization.Playground.Interactions;
using Personalization.Playground.Places;

namespace Personalization.Playground.Rest;

/// <summary>Answers to interactions, and the messages that their tokens reach.</summary>
internal sealed class InteractionRoutes(RestApi rest, InteractionDesk desk, Chat chat, Threads threads, PlaceDirectory places, Snowflakes ids)
{
    private static readonly Dictionary<int, (string, string, byte[])> NoFiles = [];

    public void Map(RouteGroupBuilder api)
    {
        rest.MapOpen(api, "POST", "/interactions/{interaction}/{token}/callback", Callback);
        rest.MapOpen(api, "POST", "/webhooks/{application}/{token}", FollowUp);
        foreach (var (path, find) in new (string, Func<RestRequest, ulong>)[] { ("@original", Original), ("{message}", OfWebhook) })
        {
            var route = "/webhooks/{application}/{token}/messages/" + path;
            rest.MapOpen(api, "GET", route, request => RestRequest.Json(chat.Find(find(request))));
            rest.MapOpen(api, "PATCH", route, request => Edit(find(request), request.Form));
            rest.MapOpen(api, "DELETE", route, request => Delete(find(request)));
        }
    }

    private static ulong ChannelOf(JsonObject message) => ulong.Parse(message["channel_id"]!.GetValue<string>());

    private static JsonObject WithResponse(PendingInteraction interaction, int type, JsonObject? message)
    {
        var answer = new JsonObject { ["id"] = $"{interaction.Id}", ["type"] = (int)interaction.Type, ["channel_id"] = $"{interaction.Place.Id}" };
        if (interaction.Place.Guild is { } guild)
        {
            answer["guild_id"] = $"{guild.Id}";
        }

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

    private IResult Callback(RestRequest request)
    {
        var interaction = desk.Answering(request.Id("interaction"), request.Text("token"));
        var type = request.Body["type"]?.GetValue<int>() ?? 0;
        var data = request.Body["data"] as JsonObject ?? [];
        var isSuggestion = interaction.Type == InteractionType.Autocomplete;
        var (outcome, message) = type switch
        {
            4 when !isSuggestion => ("message", Respond(interaction, MessageForm.Read(data, request.Form, edited: null, ids.Next), extraFlags: 0)),
            5 when !isSuggestion => ("deferred", Respond(interaction, Thinking(data), MessageForm.Loading)),
            6 when interaction.SourceMessage is not null => Claimed(interaction, "deferred update"),
            7 when interaction.SourceMessage is { } source => ("updated", UpdateSource(interaction, source, data, request.Form)),
            8 when isSuggestion => Suggest(interaction, data),
            9 when !isSuggestion && interaction.Type != InteractionType.Modal => OpenModal(interaction, data),
            _ => throw DiscordError.InvalidForm(new JsonObject { ["type"] = new JsonObject { ["_errors"] = new JsonArray(new JsonObject { ["code"] = "BASE_TYPE_CHOICES", ["message"] = $"Type {type} cannot answer an interaction of type {(int)interaction.Type}." }) } }),
        };
        desk.Answered(interaction, outcome, message, isSuggestion ? data["choices"] as JsonArray ?? [] : null);
        return request.Flag("with_response") ? RestRequest.Json(WithResponse(interaction, type, message)) : Results.NoContent();
    }

    private JsonObject Respond(PendingInteraction interaction, MessageForm form, int extraFlags) =>
        desk.Claim(interaction, () => chat.Post(interaction.Place, form, places.Bot, interaction, extraFlags));

    // A deferred answer may say nothing but that it is ephemeral.
    private MessageForm Thinking(JsonObject data)
    {
        var json = new JsonObject { ["content"] = "​", ["flags"] = (data["flags"]?.GetValue<int>() ?? 0) & MessageForm.Ephemeral };
        return MessageForm.Read(json, new RequestForm(json, NoFiles), edited: null, ids.Next);
    }

    private JsonObject UpdateSource(PendingInteraction interaction, ulong source, JsonObject data, RequestForm form)
    {
        var message = MessageForm.Read(data, form, chat.Find(source), ids.Next);
        return desk.Claim(interaction, () => chat.Edit(source, message));
    }

    private (string Outcome, JsonObject? Message) Claimed(PendingInteraction interaction, string outcome)
    {
        desk.Claim(interaction);
        return (outcome, null);
    }

    private (string Outcome, JsonObject? Message) Suggest(PendingInteraction interaction, JsonObject data)
    {
        CommandCheck.CheckChoices(data);
        return Claimed(interaction, "choices");
    }

    private (string Outcome, JsonObject? Message) OpenModal(PendingInteraction interaction, JsonObject data)
    {
        var check = new FormCheck();
        new ComponentCheck(check, isV2: true, new HashSet<string>()).Modal(data);
        check.ThrowIfFailed();
        desk.Claim(interaction);
        var modal = data.DeepClone().AsObject();
        ComponentDefaults.Complete(modal["components"]!);
        desk.Open(interaction, modal);
        return ("modal", null);
    }

    // The first message after a deferred answer takes its place.
    private IResult FollowUp(RestRequest request)
    {
        var interaction = ByToken(request);
        if (interaction.OriginalMessage is { } original && chat.FindVisible(original, interaction.Person) is { } first && (first["flags"]!.GetValue<int>() & MessageForm.Loading) != 0)
        {
            return Edit(original, request.Form);
        }

        var form = MessageForm.Read(request.Body, request.Form, edited: null, ids.Next);
        if (!interaction.TryFollowUp())
        {
            throw DiscordError.TooManyFollowUps;
        }

        var message = chat.Post(interaction.Place, form, places.Bot, interaction, extraFlags: 0);
        interaction.FollowedBy(ulong.Parse(message["id"]!.GetValue<string>()));
        return RestRequest.Json(message);
    }

    private IResult Edit(ulong message, RequestForm form)
    {
        var edited = chat.Find(message);
        CheckNotArchived(edited);
        return RestRequest.Json(chat.Edit(message, MessageForm.Read(form.Object, form, edited, ids.Next)));
    }

    private IResult Delete(ulong message)
    {
        CheckNotArchived(chat.Find(message));
        chat.Delete(message);
        return Results.NoContent();
    }

    private void CheckNotArchived(JsonObject message)
    {
        if (threads.Archived(ChannelOf(message)) is not null)
        {
            throw DiscordError.ThreadArchived;
        }
    }

    private PendingInteraction ByToken(RestRequest request) => desk.ByToken(request.Id("application"), request.Text("token"));

    private ulong Original(RestRequest request) => ByToken(request).OriginalMessage ?? throw DiscordError.UnknownMessage;

    private ulong OfWebhook(RestRequest request)
    {
        var id = request.Id("message");
        return ByToken(request).Reaches(id) ? id : throw DiscordError.UnknownMessage;
    }
}
