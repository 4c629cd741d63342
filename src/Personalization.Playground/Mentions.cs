using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Personalization.Playground.Places;

namespace Personalization.Playground;

/// <summary>Whom a message calls, as far as its form allows (https://discord.com/developers/docs/resources/message#allowed-mentions-object).</summary>
internal static partial class Mentions
{
    /// <summary>Writes the users, roles and everyone that the message's text names.</summary>
    /// <param name="allowed">What the form allows; null for all.</param>
    public static void Write(JsonObject message, PlaceDirectory places, Place place, JsonObject? allowed)
    {
        var text = string.Join('\n', Texts(message["components"]).Prepend(message["content"]!.ToString()));
        var users = User().Matches(text).Select(match => match.Groups["id"].Value).Distinct().Where(id => IsAllowed(allowed, "users", id));
        message["mentions"] = new JsonArray([.. users.Select(id => ulong.TryParse(id, out var user) ? UserJson.Find(places, user) : null).OfType<JsonObject>()]);
        var known = place.Guild is { } guild ? places.RolesOf(guild).Select(role => $"{role.Id}").ToHashSet() : [];
        var roles = Role().Matches(text).Select(match => match.Groups["id"].Value).Distinct().Where(id => known.Contains(id) && IsAllowed(allowed, "roles", id));
        message["mention_roles"] = new JsonArray([.. roles.Select(id => JsonValue.Create(id))]);
        var mayCallAll = (places.PermissionsIn(place, ulong.Parse(message["author"]!["id"]!.GetValue<string>())) & Permissions.MentionEveryone) != 0;
        message["mention_everyone"] = mayCallAll && Everyone().IsMatch(text) && IsAllowed(allowed, "everyone", id: null);
    }

    private static bool IsAllowed(JsonObject? allowed, string kind, string? id) =>
        allowed is null || Lists(allowed["parse"], kind) || (id is not null && Lists(allowed[kind], id));

    private static bool Lists(JsonNode? list, string text) => (list as JsonArray ?? []).Any(item => item?.ToString() == text);

    private static IEnumerable<string> Texts(JsonNode? components) =>
        (components as JsonArray ?? []).OfType<JsonObject>().SelectMany(component => component["content"] is { } content ? [content.ToString()] : Texts(component["components"]));

    [GeneratedRegex("<@!?(?<id>[0-9]{1,20})>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex User();

    [GeneratedRegex("<@&(?<id>[0-9]{1,20})>", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Role();

    [GeneratedRegex("@everyone|@here", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Everyone();
}
