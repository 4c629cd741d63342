using System.Text.Json;

namespace Personalization.Discord.Rest;

/// <summary>The parts of a message that callers need.</summary>
/// <param name="InteractionId">The interaction it answers; null where it answers none.</param>
/// <param name="CustomIds">The custom ids of its buttons.</param>
public sealed record DiscordMessage(ulong Id, bool IsEphemeral, ulong? InteractionId, IReadOnlyList<string> CustomIds)
{
    // Discord's own nesting ends at the fourth level.
    private const int MaxDepth = 16;

    internal static DiscordMessage Read(JsonElement message)
    {
        var customIds = new List<string>();
        foreach (var component in message.Items("components"))
        {
            Collect(component, customIds, depth: 1);
        }

        var flags = message.Optional("flags")?.GetInt32() ?? 0;
        return new(
            message.Snowflake("id") ?? throw new JsonException("A message has no id."),
            (flags & MessageBody.EphemeralFlag) != 0,
            message.Optional("interaction_metadata")?.Snowflake("id"),
            customIds);
    }

    private static void Collect(JsonElement component, List<string> customIds, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new JsonException($"Components are nested more than {MaxDepth} deep.");
        }

        if (component.Optional("custom_id")?.GetString() is { } customId)
        {
            customIds.Add(customId);
        }

        // A section's button stands beside its texts.
        if (component.Optional("accessory") is { } accessory)
        {
            Collect(accessory, customIds, depth + 1);
        }

        foreach (var child in component.Items("components"))
        {
            Collect(child, customIds, depth + 1);
        }
    }
}
