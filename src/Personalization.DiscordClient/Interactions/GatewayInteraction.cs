using System.Text.Json;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.DiscordClient.Rest;

namespace Personalization.DiscordClient.Interactions;

/// <summary>An interaction as an INTERACTION_CREATE event of the gateway tells it, answered by Discord's callback.</summary>
internal sealed class GatewayInteraction : Interaction
{
    // A modal's field sits at the third level.
    private const int MaxDepth = 16;

    private readonly DiscordRest _rest;

    private GatewayInteraction(DiscordRest rest, InteractionHandle handle, AnswerTime time)
        : base(handle, time) => _rest = rest;

    /// <summary>Reads an INTERACTION_CREATE event.</summary>
    /// <returns>Null for a kind that this client does not take, such as a ping.</returns>
    public static Interaction? Read(JsonElement data, DiscordRest rest, DateTimeOffset receivedAt)
    {
        var kind = (InteractionKind)data.GetProperty("type").GetInt32();
        return Enum.IsDefined(kind) && data.Optional("data") is { } content ? Read(data, content, kind, rest, receivedAt) : null;
    }

    /// <summary>Reads of an INTERACTION_CREATE event that <see cref="Read(JsonElement, DiscordRest, DateTimeOffset)"/> cannot read only what is needed to answer it.</summary>
    /// <returns>Null where there is no id or no token, or where an answer cannot be a message.</returns>
    public static Interaction? ReadUnreadable(JsonElement data, DiscordRest rest, DateTimeOffset receivedAt)
    {
        try
        {
            return data.Snowflake("id") is { } id
                && data.Optional("token")?.GetString() is { } token
                && data.Optional("type")?.ToString() is not ("1" or "4")
                ? new GatewayInteraction(rest, new(id, data.Snowflake("application_id") ?? 0, token, data.Snowflake("channel_id"), data.Snowflake("guild_id"), receivedAt), rest.BeginAnswer())
                {
                    Kind = InteractionKind.Command,
                    Name = "",
                    User = new(0, "", null),
                    Locale = data.Optional("locale")?.ToString(),
                }
                : null;
        }
        catch (Exception exception) when (exception.IsMalformedJson())
        {
            return null;
        }
    }

    private protected override Task<DiscordMessage?> RespondAsync(InteractionAnswer answer, CancellationToken cancellationToken)
    {
        var (type, data, files) = MessageJson.Payload(answer);
        return _rest.RespondAsync(Handle, type, data, files, Time, cancellationToken);
    }

    private static GatewayInteraction Read(JsonElement data, JsonElement content, InteractionKind kind, DiscordRest rest, DateTimeOffset receivedAt)
    {
        // A member in a guild, a user in a direct message.
        var user = (data.Optional("member") ?? data).GetProperty("user");
        var (texts, focused) = ReadTexts(content);
        return new(rest, ReadHandle(data, receivedAt), rest.BeginAnswer())
        {
            Kind = kind,
            Name = content.Optional(kind is InteractionKind.Command or InteractionKind.Autocomplete ? "name" : "custom_id")?.GetString() ?? "",
            User = new(user.Snowflake("id") ?? throw new JsonException("A user has no id."), user.Optional("username")?.GetString() ?? "", user.Optional("global_name")?.GetString()),
            Message = data.Optional("message") is { } shown ? MessageJson.Read(shown) : null,
            Values = [.. content.Items("values").Select(value => value.ToString())],
            Locale = data.Optional("locale")?.GetString(),
            AttachmentSizeLimit = data.Optional("attachment_size_limit")?.GetInt64() ?? DefaultAttachmentSizeLimit,
            CanPostToChannel = Installation.MayPost(data),
            IsInstalledByGuild = Installation.IsByGuild(data),
            MayManageGuild = Installation.MayManageGuild(data),
            IsInPrivateThread = Installation.ThreadOf(data) == Installation.PrivateThread,
            IsAgeRestricted = data.Optional("channel")?.Optional("nsfw") is { } nsfw ? nsfw.ValueKind == JsonValueKind.True : Installation.ThreadOf(data) is null ? false : null,
            ThreadParentId = Installation.ThreadOf(data) is null ? null : data.Optional("channel")?.Snowflake("parent_id"),
            Texts = texts,
            Focused = focused,
        };
    }

    private static InteractionHandle ReadHandle(JsonElement data, DateTimeOffset receivedAt) => new(
        data.Snowflake("id") ?? throw new JsonException("An interaction has no id."),
        data.Snowflake("application_id") ?? throw new JsonException("An interaction has no application."),
        data.GetProperty("token").GetString() ?? throw new JsonException("An interaction has no token."),
        data.Snowflake("channel_id"),
        data.Snowflake("guild_id"),
        receivedAt);

    private static (Dictionary<string, string> Texts, string? Focused) ReadTexts(JsonElement content)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        string? focused = null;
        foreach (var option in content.Items("options"))
        {
            var name = option.GetProperty("name").GetString()!;
            texts[name] = Bounded(option.Optional("value")?.ToString() ?? "");
            if (option.Optional("focused")?.ValueKind == JsonValueKind.True)
            {
                focused = name;
            }
        }

        foreach (var field in content.Items("components"))
        {
            ReadFields(field, texts, depth: 1);
        }

        return (texts, focused);
    }

    private static string Bounded(string text) =>
        text.Length <= MaximumText ? text : throw new JsonException($"A text has {text.Length} characters; Discord lets people type {MaximumText}.");

    // A modal's fields sit in labels; in older forms, in rows.
    private static void ReadFields(JsonElement component, Dictionary<string, string> texts, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new JsonException($"Components are nested more than {MaxDepth} deep.");
        }

        if (component.Optional("custom_id")?.GetString() is { } customId && component.Optional("value")?.GetString() is { } value)
        {
            texts[customId] = Bounded(value);
        }

        if (component.Optional("component") is { } labelled)
        {
            ReadFields(labelled, texts, depth + 1);
        }

        foreach (var child in component.Items("components"))
        {
            ReadFields(child, texts, depth + 1);
        }
    }
}
