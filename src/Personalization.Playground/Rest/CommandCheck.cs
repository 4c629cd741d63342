using System.Text.Json.Nodes;

namespace Personalization.Playground.Rest;

/// <summary>Discord's rules for application commands.</summary>
internal static class CommandCheck
{
    /// <exception cref="DiscordError">A command breaks a rule.</exception>
    public static void Check(IReadOnlyList<JsonObject> commands, bool isList)
    {
        var check = new FormCheck();
        if (commands.Count > 130)
        {
            check.Fail("", "BASE_TYPE_MAX_LENGTH", "Must be 130 or fewer in length.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < commands.Count; i++)
        {
            var path = isList ? $"{i}" : "";
            var type = commands[i]["type"]?.GetValue<int>() ?? 1;
            var name = Name(check, commands[i], path, type);
            if (name is not null && !names.Add($"{type} {name}"))
            {
                check.Fail(FormCheck.Join(path, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique");
            }

            if (type == 1)
            {
                Description(check, commands[i], path);
            }

            Options(check, commands[i], path);
        }

        check.ThrowIfFailed();
    }

    /// <summary>The commands of a list that takes the place of all.</summary>
    /// <exception cref="DiscordError">It is no list of commands, or a command breaks a rule.</exception>
    public static IReadOnlyList<JsonObject> List(JsonNode json)
    {
        var check = new FormCheck();
        if (json is not JsonArray list)
        {
            check.Fail("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        }
        else
        {
            foreach (var (index, _) in list.Index().Where(entry => entry.Item is not JsonObject))
            {
                check.Fail($"{index}", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
            }
        }

        check.ThrowIfFailed();
        var commands = json.AsArray().OfType<JsonObject>().ToList();
        Check(commands, isList: true);
        return commands;
    }

    /// <summary>Checks what is suggested for a value half typed.</summary>
    /// <exception cref="DiscordError">A choice breaks a rule.</exception>
    public static void CheckChoices(JsonObject data)
    {
        var check = new FormCheck();
        Choices(check, data, "data");
        check.ThrowIfFailed();
    }

    private static void Choices(FormCheck check, JsonObject holder, string path)
    {
        var choices = check.Array(holder, path, "choices", 0, 25);
        for (var i = 0; i < choices.Count; i++)
        {
            var at = FormCheck.Join(FormCheck.Join(path, "choices"), i);
            if (choices[i] is not JsonObject choice)
            {
                check.Fail(at, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
                continue;
            }

            check.Text(choice, at, "name", 1, 100);
            Localizations(check, choice, at, "name_localizations", 100);
            if (choice["value"] is not JsonValue value || !(value.TryGetValue(out double _) || (value.TryGetValue(out string? text) && text.Length is > 0 and <= 100)))
            {
                check.Fail(FormCheck.Join(at, "value"), "BASE_TYPE_BAD_LENGTH", "Must be a number, or between 1 and 100 in length.");
            }
        }
    }

    private static void Options(FormCheck check, JsonObject command, string path)
    {
        var options = check.Array(command, path, "options", 0, 25);
        var wasOptional = false;
        for (var i = 0; i < options.Count; i++)
        {
            var at = FormCheck.Join(FormCheck.Join(path, "options"), i);
            if (options[i] is not JsonObject option)
            {
                continue;
            }

            Name(check, option, at, 1);
            Description(check, option, at);
            Choices(check, option, at);
            if (option["options"] is not null)
            {
                Options(check, option, at);
            }

            if ((option["type"]?.GetValue<int>() ?? 0) is < 1 or > 11)
            {
                check.Fail(FormCheck.Join(at, "type"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}.");
            }

            var isRequired = option["required"]?.GetValue<bool>() ?? false;
            if (isRequired && wasOptional)
            {
                check.Fail(at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options");
            }

            wasOptional |= !isRequired;
        }
    }

    private static void Description(FormCheck check, JsonObject item, string path)
    {
        check.Text(item, path, "description", 1, 100);
        Localizations(check, item, path, "description_localizations", 100);
    }

    private static void Localizations(FormCheck check, JsonObject item, string path, string name, int maximum)
    {
        var at = FormCheck.Join(path, name);
        if (item[name] is not JsonObject localizations)
        {
            if (item[name] is not null)
            {
                check.Fail(at, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
            }

            return;
        }

        foreach (var locale in localizations.Select(pair => pair.Key))
        {
            if (!Locales.Names.Contains(locale))
            {
                check.Fail(FormCheck.Join(at, locale), "BASE_TYPE_CHOICES", $"Value must be one of ({string.Join(", ", Locales.Names.Select(known => $"'{known}'"))}).");
            }

            check.Text(localizations, at, locale, 1, maximum);
        }
    }

    private static string? Name(FormCheck check, JsonObject item, string path, int type)
    {
        var name = check.Text(item, path, "name", 1, 32);
        Localizations(check, item, path, "name_localizations", 32);
        var isValid = name is null || type != 1 || name.All(character => char.IsLower(character) || char.IsDigit(character) || character is '-' or '_');
        if (!isValid)
        {
            check.Fail(FormCheck.Join(path, "name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
        }

        return name;
    }
}
