using System.Text.Json;
using Personalization.Discord.Components;
using Personalization.Discord.Rest;

namespace Personalization.Discord.Interactions;

/// <summary>
/// Something a person did: a command, a press or a modal. It must be answered within three seconds, once, by one of its
/// methods; all of them throw <see cref="DiscordException"/> where Discord refuses the answer.
/// </summary>
public sealed class Interaction
{
    private readonly DiscordRest _rest;
    private readonly Dictionary<string, string> _texts;

    private Interaction(DiscordRest rest, InteractionHandle handle, InteractionKind kind, string name, DiscordUser user, DiscordMessage? message, Dictionary<string, string> texts)
    {
        _rest = rest;
        _texts = texts;
        Handle = handle;
        Kind = kind;
        Name = name;
        User = user;
        Message = message;
    }

    public InteractionHandle Handle { get; }

    public InteractionKind Kind { get; }

    /// <summary>The command's name, or the custom id of what was pressed or filled in.</summary>
    public string Name { get; }

    public DiscordUser User { get; }

    /// <summary>The message that the pressed component sits on; null for commands.</summary>
    public DiscordMessage? Message { get; }

    /// <summary>What was given for a command's option or a modal's field; null where nothing was.</summary>
    public string? Text(string name) => _texts.GetValueOrDefault(name);

    /// <summary>Answers with a message.</summary>
    public Task ReplyAsync(MessageBody message, CancellationToken cancellationToken) => RespondAsync(4, message, cancellationToken);

    /// <summary>Changes the message that the pressed component sits on; its files become those given.</summary>
    public Task UpdateAsync(MessageBody message, CancellationToken cancellationToken) => RespondAsync(7, message, cancellationToken);

    /// <summary>Shows that the bot is thinking; the answer follows as an edit.</summary>
    /// <returns>The message to edit, or null where Discord did not say.</returns>
    public Task<DiscordMessage?> DeferAsync(CancellationToken cancellationToken) => _rest.RespondAsync(Handle, 5, data: null, [], cancellationToken);

    /// <summary>Opens a modal.</summary>
    public Task ShowModalAsync(Modal modal, CancellationToken cancellationToken) => _rest.RespondAsync(Handle, 9, modal, [], cancellationToken);

    /// <summary>Reads an INTERACTION_CREATE event.</summary>
    /// <returns>Null for a kind that this client does not take, such as a ping.</returns>
    internal static Interaction? Read(JsonElement data, DiscordRest rest, DateTimeOffset receivedAt)
    {
        var kind = (InteractionKind)data.GetProperty("type").GetInt32();
        var details = data.Optional("data");
        if (!Enum.IsDefined(kind) || details is not { } content)
        {
            return null;
        }

        // A member in a guild, a user in a direct message.
        var user = (data.Optional("member") ?? data).GetProperty("user");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in content.Items("options"))
        {
            texts[option.GetProperty("name").GetString()!] = option.Optional("value")?.ToString() ?? "";
        }

        foreach (var field in content.Items("components"))
        {
            ReadFields(field, texts);
        }

        var handle = new InteractionHandle(
            data.Snowflake("id") ?? throw new JsonException("An interaction has no id."),
            data.Snowflake("application_id") ?? throw new JsonException("An interaction has no application."),
            data.GetProperty("token").GetString()!,
            data.Snowflake("channel_id"),
            data.Snowflake("guild_id"),
            receivedAt);
        var name = content.Optional(kind == InteractionKind.Command ? "name" : "custom_id")?.GetString() ?? "";
        var message = data.Optional("message") is { } shown ? DiscordMessage.Read(shown) : null;
        return new(rest, handle, kind, name, new DiscordUser(user.Snowflake("id") ?? throw new JsonException("A user has no id.")), message, texts);
    }

    // A modal's fields sit in labels; in older forms, in rows.
    private static void ReadFields(JsonElement component, Dictionary<string, string> texts)
    {
        if (component.Optional("custom_id")?.GetString() is { } customId && component.Optional("value")?.GetString() is { } value)
        {
            texts[customId] = value;
        }

        if (component.Optional("component") is { } labelled)
        {
            ReadFields(labelled, texts);
        }

        foreach (var child in component.Items("components"))
        {
            ReadFields(child, texts);
        }
    }

    private Task<DiscordMessage?> RespondAsync(int type, MessageBody message, CancellationToken cancellationToken) =>
        _rest.RespondAsync(Handle, type, message.ToPayload(), message.Files, cancellationToken);
}
