using System.Text.Json.Nodes;

namespace Personalization.Playground.People;

/// <summary>Checks what a person gives for a command's options, as Discord's own client does before it sends them.</summary>
internal static class CommandOptions
{
    private const int MaxTextLength = 6000;

    /// <returns>The options as the bot gets them, or what is wrong.</returns>
    public static (JsonArray Options, string? Problem) Read(JsonObject command, JsonObject given)
    {
        var options = new JsonArray();
        var known = (command["options"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        foreach (var option in known)
        {
            var name = option["name"]!.ToString();
            if (given[name] is not { } value)
            {
                if (option["required"]?.GetValue<bool>() == true)
                {
                    return (options, $"/{command["name"]} needs {name}.");
                }

                continue;
            }

            if (Problem(option, name, value) is { } problem)
            {
                return (options, problem);
            }

            options.Add(new JsonObject { ["name"] = name, ["type"] = option["type"]!.DeepClone(), ["value"] = value.DeepClone() });
        }

        var unknown = given.FirstOrDefault(pair => known.TrueForAll(option => option["name"]!.ToString() != pair.Key)).Key;
        return (options, unknown is null ? null : $"/{command["name"]} takes no {unknown}.");
    }

    private static string? Problem(JsonObject option, string name, JsonNode value)
    {
        var type = option["type"]!.GetValue<int>();
        if (type == 3)
        {
            var longest = option["max_length"]?.GetValue<int>() ?? MaxTextLength;
            var shortest = option["min_length"]?.GetValue<int>() ?? 0;
            if (value is not JsonValue text || !text.TryGetValue(out string? given))
            {
                return $"{name} takes a text.";
            }

            return given.Length > longest || given.Length < shortest ? $"{name} takes {shortest} to {longest} characters; this has {given.Length}." : Choice(option, name, given);
        }

        if (type is 4 or 10)
        {
            if (value is not JsonValue number || !number.TryGetValue(out double given))
            {
                return $"{name} takes a number.";
            }

            var isInRange = given >= (option["min_value"]?.GetValue<double>() ?? double.MinValue) && given <= (option["max_value"]?.GetValue<double>() ?? double.MaxValue);
            return isInRange ? null : $"{name} takes {option["min_value"]} to {option["max_value"]}; this is {given}.";
        }

        return null;
    }

    private static string? Choice(JsonObject option, string name, string given)
    {
        var choices = option["choices"] as JsonArray ?? [];
        return choices.Count == 0 || choices.Any(choice => choice!["value"]!.ToString() == given)
            ? null
            : $"{name} is one of {string.Join(", ", choices.Select(choice => choice!["value"]))}.";
    }
}
