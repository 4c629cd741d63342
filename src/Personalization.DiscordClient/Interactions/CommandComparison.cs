using System.Text.Json;
using Personalization.Discord.Interactions;

namespace Personalization.DiscordClient.Interactions;

/// <summary>Whether Discord has the commands that the program defines, by Discord's own answer.</summary>
internal static class CommandComparison
{
    // What a definition can say. Discord adds ids, versions and defaults of its own to it.
    private static readonly string[] Properties =
    [
        "name", "description", "description_localizations", "type", "options", "integration_types", "contexts", "required", "autocomplete", "choices", "value",
        "min_value", "max_value", "min_length", "max_length", "default_member_permissions",
    ];

    // A chat command's number; Discord names it in its answers.
    private const int ChatInput = 1;

    /// <param name="known">Discord's answer: an array of commands in any order.</param>
    public static bool AreSame(JsonElement known, IReadOnlyList<CommandDefinition> commands)
    {
        if (known.ValueKind != JsonValueKind.Array || known.GetArrayLength() != commands.Count)
        {
            return false;
        }

        var byName = known.EnumerateArray().ToLookup(command => command.Optional("name")?.GetString());
        return commands.All(command => byName[command.Name].Any(other => IsSame(other, JsonSerializer.SerializeToElement(command, DiscordJson.Options))));
    }

    private static bool IsSame(JsonElement known, JsonElement own) =>
        (known.Optional("type")?.GetInt32() ?? ChatInput) == (own.Optional("type")?.GetInt32() ?? ChatInput)
        && Properties.Where(property => property != "type").All(property => IsSame(property, known.Optional(property), own.Optional(property)));

    private static bool IsSame(string property, JsonElement? known, JsonElement? own)
    {
        if (IsNothing(known) || IsNothing(own))
        {
            return IsNothing(known) && IsNothing(own);
        }

        return (known!.Value.ValueKind, own!.Value.ValueKind) switch
        {
            (JsonValueKind.Array, JsonValueKind.Array) when property is "integration_types" or "contexts" =>
                known.Value.EnumerateArray().Select(item => item.GetInt32()).Order().SequenceEqual(own.Value.EnumerateArray().Select(item => item.GetInt32()).Order()),
            (JsonValueKind.Array, JsonValueKind.Array) =>
                known.Value.GetArrayLength() == own.Value.GetArrayLength() && known.Value.EnumerateArray().Zip(own.Value.EnumerateArray()).All(pair => IsSame(pair.First, pair.Second)),
            // 5 and 5.0 are one number.
            (JsonValueKind.Number, JsonValueKind.Number) => known.Value.GetDouble() == own.Value.GetDouble(),
            // Discord answers with bits as text.
            (JsonValueKind.String, JsonValueKind.Number) when property is "default_member_permissions" => known.Value.GetString() == own.Value.GetRawText(),
            _ => JsonElement.DeepEquals(known.Value, own.Value),
        };
    }

    // Discord leaves out, or says null, false, [] or {}, where nothing was asked for.
    private static bool IsNothing(JsonElement? value) =>
        value is not { } given || given.ValueKind == JsonValueKind.False || (given.ValueKind == JsonValueKind.Array && given.GetArrayLength() == 0)
        || (given.ValueKind == JsonValueKind.Object && !given.EnumerateObject().Any());
}
