using System.Text.Json.Nodes;

namespace Personalization.Playground.People;

/// <summary>
/// Checks what a person gives for a command's options, as Discord's own client does before it sends them: texts, numbers and ids
/// by the options' names, an object for a subcommand, and for a file its <c>name</c>, <c>content_type</c> and <c>data</c> in Base64.
/// </summary>
/// <param name="files">Reads the files that are given.</param>
/// <param name="focused">The option that is half typed; null where the command is sent.</param>
internal sealed class CommandOptions(Resolver resolver, Uploads files, string? focused)
{
    private const int MaxTextLength = 6000;
    private const int SubcommandGroup = 2;

    /// <returns>The options as the bot gets them, or what is wrong.</returns>
    public (JsonArray Options, string? Problem) Read(JsonObject command, JsonObject given) => Read(command, $"/{command["name"]}", given);

    private (JsonArray Options, string? Problem) Read(JsonObject holder, string path, JsonObject given)
    {
        var options = new JsonArray();
        var known = (holder["options"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        foreach (var option in known)
        {
            var name = option["name"]!.ToString();
            if (given[name] is not { } value)
            {
                if (focused is null && option["required"]?.GetValue<bool>() == true)
                {
                    return (options, $"{path} needs {name}.");
                }

                continue;
            }

            var (read, problem) = TypeOf(option) <= SubcommandGroup ? Descend(option, path, value) : One(option, name, value);
            if (problem is not null)
            {
                return (options, problem);
            }

            options.Add(read);
        }

        var unknown = given.FirstOrDefault(pair => known.TrueForAll(option => option["name"]!.ToString() != pair.Key)).Key;
        if (unknown is not null)
        {
            return (options, $"{path} takes no {unknown}.");
        }

        var isBranch = known.Exists(option => TypeOf(option) <= SubcommandGroup);
        return (options, isBranch && options.Count != 1 ? $"{path} needs one of {string.Join(", ", known.Select(option => option["name"]))}." : null);
    }

    private static int TypeOf(JsonObject option) => option["type"]!.GetValue<int>();

    private (JsonObject? Option, string? Problem) Descend(JsonObject option, string path, JsonNode value)
    {
        var name = option["name"]!.ToString();
        var (options, problem) = Read(option, $"{path} {name}", value as JsonObject ?? []);
        return (new JsonObject { ["name"] = name, ["type"] = TypeOf(option), ["options"] = options }, problem);
    }

    private (JsonObject? Option, string? Problem) One(JsonObject option, string name, JsonNode value)
    {
        var read = new JsonObject { ["name"] = name, ["type"] = TypeOf(option) };
        if (name == focused)
        {
            // As it was typed so far, be it a number or not.
            read["value"] = value.ToString();
            read["focused"] = true;
            return (read, null);
        }

        if (TypeOf(option) == 11)
        {
            if (files.Read(value) is not var (file, content))
            {
                return (null, $"{name} takes a file of at most {Uploads.MaximumFile / 1024 / 1024} MiB.");
            }

            resolver.Add(file, content);
            read["value"] = $"{file.Id}";
            return (read, null);
        }

        read["value"] = value.DeepClone();
        return (read, Problem(option, name, value));
    }

    private string? Problem(JsonObject option, string name, JsonNode value) => TypeOf(option) switch
    {
        3 => Text(option, name, value),
        4 => Number(option, name, value, isWhole: true),
        5 => value is JsonValue flag && flag.TryGetValue(out bool _) ? null : $"{name} is true or false.",
        6 => resolver.TryUser(value.ToString()) ? null : $"{name} takes a person who is here.",
        7 => resolver.TryChannel(value.ToString(), [.. (option["channel_types"] as JsonArray ?? []).Select(type => type!.GetValue<int>())]) ? null : $"{name} takes a channel that you see.",
        8 => resolver.TryRole(value.ToString()) ? null : $"{name} takes a role of this server.",
        9 => resolver.TryUser(value.ToString()) || resolver.TryRole(value.ToString()) ? null : $"{name} takes a person who is here or a role of this server.",
        10 => Number(option, name, value, isWhole: false),
        _ => $"{name} is of a type that there is not.",
    };

    private static string? Text(JsonObject option, string name, JsonNode value)
    {
        var longest = option["max_length"]?.GetValue<int>() ?? MaxTextLength;
        var shortest = option["min_length"]?.GetValue<int>() ?? 0;
        if (value is not JsonValue text || !text.TryGetValue(out string? given))
        {
            return $"{name} takes a text.";
        }

        return given.Length > longest || given.Length < shortest ? $"{name} takes {shortest} to {longest} characters; this has {given.Length}." : Choice(option, name, value);
    }

    private static string? Number(JsonObject option, string name, JsonNode value, bool isWhole)
    {
        if (value is not JsonValue number || !number.TryGetValue(out double given) || (isWhole && given != Math.Floor(given)))
        {
            return isWhole ? $"{name} takes a whole number." : $"{name} takes a number.";
        }

        var isInRange = given >= (option["min_value"]?.GetValue<double>() ?? double.MinValue) && given <= (option["max_value"]?.GetValue<double>() ?? double.MaxValue);
        return isInRange ? Choice(option, name, value) : $"{name} takes {option["min_value"]} to {option["max_value"]}; this is {given}.";
    }

    private static string? Choice(JsonObject option, string name, JsonNode given)
    {
        var choices = option["choices"] as JsonArray ?? [];
        return choices.Count == 0 || choices.Any(choice => choice!["value"]!.ToString() == given.ToString())
            ? null
            : $"{name} is one of {string.Join(", ", choices.Select(choice => choice!["value"]))}.";
    }
}
