using System.Globalization;
using System.Text.Json.Nodes;

namespace Personalization.Playground.Rest;

/// <summary>Collects what is wrong with a form, each fault under its path, as Discord reports it.</summary>
internal sealed class FormCheck
{
    private readonly JsonObject _errors = [];

    /// <summary>Adds a fault.</summary>
    /// <param name="path">Property names and indices, separated by dots.</param>
    public void Fail(string path, string code, string message)
    {
        var node = _errors;
        foreach (var part in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (node[part] is not JsonObject child)
            {
                node[part] = child = [];
            }

            node = child;
        }

        if (node["_errors"] is not JsonArray faults)
        {
            node["_errors"] = faults = [];
        }

        faults.Add(new JsonObject { ["code"] = code, ["message"] = message });
    }

    /// <summary>A text of a length from <paramref name="minimum"/> to <paramref name="maximum"/>; absent is allowed where the minimum is 0.</summary>
    public string? Text(JsonObject form, string path, string name, int minimum, int maximum)
    {
        var full = Join(path, name);
        if (form[name] is null)
        {
            if (minimum > 0)
            {
                Fail(full, "BASE_TYPE_REQUIRED", "This field is required");
            }

            return null;
        }

        if (form[name] is not JsonValue value || !value.TryGetValue(out string? text))
        {
            Fail(full, "STRING_TYPE_CONVERT", "Could not interpret value as string.");
            return null;
        }

        if (text.Length < minimum || text.Length > maximum)
        {
            Fail(full, "BASE_TYPE_BAD_LENGTH", string.Create(CultureInfo.InvariantCulture, $"Must be between {minimum} and {maximum} in length."));
        }

        return text;
    }

    /// <summary>An array of a length within limits; absent counts as empty.</summary>
    public JsonArray Array(JsonObject form, string path, string name, int minimum, int maximum)
    {
        if (form[name] is not null and not JsonArray)
        {
            Fail(Join(path, name), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
            return [];
        }

        var array = form[name] as JsonArray ?? [];
        if (array.Count < minimum || array.Count > maximum)
        {
            Fail(Join(path, name), "BASE_TYPE_BAD_LENGTH", string.Create(CultureInfo.InvariantCulture, $"Must be between {minimum} and {maximum} in length."));
        }

        return array;
    }

    /// <exception cref="DiscordError">Something failed.</exception>
    public void ThrowIfFailed()
    {
        if (_errors.Count > 0)
        {
            throw DiscordError.InvalidForm(_errors);
        }
    }

    public static string Join(string path, object name) => path.Length == 0 ? $"{name}" : $"{path}.{name}";
}
