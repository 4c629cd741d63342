using System.Text.Json.Nodes;
using Personalization.Playground.Places;

namespace Personalization.Playground.Interactions;

/// <summary>The INTERACTION_CREATE event (https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object).</summary>
internal sealed class InteractionEvent(PlaceDirectory places, GuildJson guilds, ChannelJson channels)
{
    private const int AttachmentSizeLimit = 10 * 1024 * 1024;
    private const int InGuild = 0;
    private const int WithBot = 1;
    private const int Private = 2;

    /// <summary>Discord's number for the kind of place: 0 a server, 1 a direct message with the bot, 2 another conversation.</summary>
    public static int ContextOf(PlaceDirectory places, Place place) => place.Guild is not null ? InGuild : places.IsWithBot(place) ? WithBot : Private;

    public JsonObject Create(PendingInteraction interaction, JsonObject data, JsonObject? message)
    {
        var place = interaction.Place;
        var json = new JsonObject
        {
            ["id"] = $"{interaction.Id}",
            ["application_id"] = $"{places.Bot}",
            ["type"] = (int)interaction.Type,
            ["version"] = 1,
            ["token"] = interaction.Token,
            ["data"] = data,
            ["locale"] = interaction.Locale,
            ["channel_id"] = $"{place.Id}",
            ["channel"] = channels.Of(place, interaction.Person),
            ["app_permissions"] = $"{places.AppPermissionsIn(place)}",
            ["entitlements"] = new JsonArray(),
            ["authorizing_integration_owners"] = interaction.Owners.DeepClone(),
            ["context"] = ContextOf(places, place),
            ["attachment_size_limit"] = AttachmentSizeLimit,
        };
        if (place.Guild is { } guild)
        {
            json["guild_id"] = $"{guild.Id}";
            json["guild"] = new JsonObject { ["id"] = $"{guild.Id}", ["locale"] = "en-US", ["features"] = new JsonArray() };
            json["guild_locale"] = "en-US";
            json["member"] = guilds.Member(guild, interaction.Person);
            json["member"]!["permissions"] = $"{places.PermissionsIn(place, interaction.Person)}";
        }
        else
        {
            json["user"] = UserJson.Of(places, interaction.Person);
        }

        if (message is not null)
        {
            json["message"] = message;
        }

        return json;
    }
}
