using System.Text.Json;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;

namespace Personalization.DiscordClient.Rest;

/// <summary>Messages and answers as Discord's JSON has them.</summary>
internal static class MessageJson
{
    // Discord's own nesting ends at the fourth level.
    private const int MaxDepth = 16;

    /// <summary>Discord's flag for a message that one person sees; it only counts when the message is made.</summary>
    private const int EphemeralFlag = 1 << 6;

    /// <summary>Discord's flag for a message made of components; it cannot be taken back.</summary>
    private const int ComponentsV2Flag = 1 << 15;

    /// <summary>The JSON of a message.</summary>
    /// <param name="nonce">At most 25 characters; Discord then makes one message of several calls with it.</param>
    /// <exception cref="ArgumentException">The message is over one of Discord's limits.</exception>
    public static object Payload(MessageBody message, string? nonce = null)
    {
        message.Check();
        return new
        {
            message.Components,
            Flags = ComponentsV2Flag | (message.Ephemeral ? EphemeralFlag : 0),
            AllowedMentions = new { Parse = Array.Empty<string>() },
            Attachments = message.KeepsFiles ? null : message.Files.Select((file, i) => new { Id = i.ToString(), Filename = file.Name, file.Description }),
            Nonce = nonce,
            EnforceNonce = nonce is null ? (bool?)null : true,
        };
    }

    /// <summary>The type of an answer by Discord's numbers, its JSON and its files.</summary>
    /// <exception cref="ArgumentException">The message is over one of Discord's limits.</exception>
    public static (int Type, object? Data, IReadOnlyList<MessageFile> Files) Payload(InteractionAnswer answer) => answer switch
    {
        InteractionAnswer.Reply reply => (4, Payload(reply.Message), reply.Message.Files),
        InteractionAnswer.Defer defer => (5, defer.Ephemeral ? new { Flags = EphemeralFlag } : null, []),
        InteractionAnswer.DeferUpdate => (6, null, []),
        InteractionAnswer.Update update => (7, Payload(update.Message), update.Message.Files),
        InteractionAnswer.Complete complete => (8, new { complete.Choices }, []),
        InteractionAnswer.ShowModal show => (9, show.Modal, []),
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "This kind of answer is unknown."),
    };

    public static DiscordMessage Read(JsonElement message)
    {
        var customIds = new List<string>();
        foreach (var component in message.Items("components"))
        {
            Collect(component, customIds, depth: 1);
        }

        var flags = message.Optional("flags")?.GetInt32() ?? 0;
        return new DiscordMessage(
            message.Snowflake("id") ?? throw new JsonException("A message has no id."),
            (flags & EphemeralFlag) != 0,
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
