using System.Text.Json.Nodes;

namespace Personalization.Playground.People;

/// <summary>
/// What a person fills into a modal: a text by its field's custom id, for a select an array of values, for files an array of
/// objects as for a command's option.
/// </summary>
internal sealed class ModalFields(Resolver resolver, Uploads files)
{
    private const int MaxTextLength = 4000;

    /// <returns>The components as Discord sends them back, each with what was filled in, or what is wrong.</returns>
    public (JsonArray Components, string? Problem) Read(JsonArray components, JsonObject given)
    {
        var filled = new JsonArray();
        foreach (var component in components.OfType<JsonObject>())
        {
            var sent = new JsonObject { ["type"] = component["type"]!.DeepClone(), ["id"] = component["id"]?.DeepClone() };
            string? problem = null;
            if (component["components"] is JsonArray children)
            {
                (var inner, problem) = Read(children, given);
                sent["components"] = inner;
            }
            else if (component["component"] is JsonObject child)
            {
                (var inner, problem) = Read([child.DeepClone()], given);
                sent["component"] = inner.FirstOrDefault()?.DeepClone();
            }
            else if (component["custom_id"]?.ToString() is { } customId)
            {
                sent["custom_id"] = customId;
                problem = Fill(component, sent, given[customId]);
            }

            if (problem is not null)
            {
                return (filled, problem);
            }

            filled.Add(sent);
        }

        return (filled, null);
    }

    private string? Fill(JsonObject component, JsonObject sent, JsonNode? given)
    {
        var isRequired = component["required"]?.GetValue<bool>() != false;
        if (component["type"]!.GetValue<int>() == 4)
        {
            var text = given?.ToString() ?? "";
            var limit = component["max_length"]?.GetValue<int>() ?? MaxTextLength;
            sent["value"] = text;
            return text.Length > limit ? $"This field takes at most {limit} characters." : text.Length == 0 && isRequired ? "This field is required." : null;
        }

        var values = given as JsonArray ?? [];
        if (values.Count == 0)
        {
            sent["values"] = new JsonArray();
            return isRequired ? "This field is required." : null;
        }

        return component["type"]!.GetValue<int>() == 19 ? Upload(component, sent, values) : Pick(component, sent, values);
    }

    private string? Pick(JsonObject component, JsonObject sent, JsonArray values)
    {
        sent["values"] = values.DeepClone();
        return SelectValues.Problem(component, values, resolver);
    }

    private string? Upload(JsonObject component, JsonObject sent, JsonArray values)
    {
        var most = component["max_values"]?.GetValue<int>() ?? 1;
        var read = values.Take(most).Select(value => value is null ? null : files.Read(value)).OfType<(StoredFile File, byte[] Content)>().ToList();
        read.ForEach(file => resolver.Add(file.File, file.Content));
        sent["values"] = new JsonArray([.. read.Select(file => $"{file.File.Id}")]);
        return read.Count == values.Count ? null : $"This field takes {most} files of at most {Uploads.MaximumFile / 1024 / 1024} MiB.";
    }
}
