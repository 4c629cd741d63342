using System.Text.Json.Nodes;

namespace Personalization.Playground.People;

/// <summary>Checks what a person picks in a select, as Discord's own client does before it sends it.</summary>
internal static class SelectValues
{
    /// <summary>What is wrong with the values; null for nothing. Ids among them are resolved.</summary>
    public static string? Problem(JsonObject select, JsonArray values, Resolver resolver)
    {
        var (least, most) = (select["min_values"]?.GetValue<int>() ?? 1, select["max_values"]?.GetValue<int>() ?? 1);
        if (values.Count < least || values.Count > most)
        {
            return $"Pick {least} to {most}; these are {values.Count}.";
        }

        return values.All(value => IsOffered(select, value?.ToString() ?? "", resolver)) ? null : "This choice is not offered.";
    }

    // By the select's type: texts, people, roles, people and roles, channels.
    private static bool IsOffered(JsonObject select, string value, Resolver resolver) => select["type"]!.GetValue<int>() switch
    {
        3 => (select["options"] as JsonArray ?? []).Any(option => option!["value"]!.ToString() == value),
        5 => resolver.TryUser(value),
        6 => resolver.TryRole(value),
        7 => resolver.TryUser(value) || resolver.TryRole(value),
        8 => resolver.TryChannel(value, [.. (select["channel_types"] as JsonArray ?? []).Select(type => type!.GetValue<int>())]),
        _ => false,
    };
}
