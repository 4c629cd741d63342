using System.Globalization;
using System.Text.Json;
using Personalization.Discord.Components;
using Personalization.Discord.Rest;

namespace Personalization.Discord.Interactions;

/// <summary>
/// Something a person did: a command, a press, a modal or a value half typed. It must be answered within three seconds, once, by one of its
/// methods; all of them throw <see cref="DiscordException"/> where Discord refuses the answer, and
/// <see cref="LateAnswerException"/> where the time is over.
/// </summary>
public sealed class Interaction
{
    /// <summary>Bytes that an attached file may have wherever the bot writes.</summary>
    public const long DefaultAttachmentSizeLimit = 10 * 1024 * 1024;

    /// <summary>UTF-16 units that a command's option or a modal's field may have (https://discord.com/developers/docs/interactions/application-commands).</summary>
    public const int MaximumText = 6000;

    // A modal's field sits at the third level.
    private const int MaxDepth = 16;

    private readonly DiscordRest _rest;
    private readonly AnswerTime _time;
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    private Interaction(DiscordRest rest, InteractionHandle handle, InteractionKind kind, JsonElement data, JsonElement content)
    {
        _rest = rest;
        _time = rest.BeginAnswer();
        Handle = handle;
        Kind = kind;
        Name = content.Optional(kind is InteractionKind.Command or InteractionKind.Autocomplete ? "name" : "custom_id")?.GetString() ?? "";
        // A member in a guild, a user in a direct message.
        User = DiscordUser.Read((data.Optional("member") ?? data).GetProperty("user"));
        Message = data.Optional("message") is { } shown ? DiscordMessage.Read(shown) : null;
        Values = [.. content.Items("values").Select(value => value.ToString())];
        Locale = data.Optional("locale")?.GetString();
        AttachmentSizeLimit = data.Optional("attachment_size_limit")?.GetInt64() ?? DefaultAttachmentSizeLimit;
        CanPostToChannel = Installation.MayPost(data);
        IsInstalledByGuild = Installation.IsByGuild(data);
        MayManageGuild = Installation.MayManageGuild(data);
        IsInPrivateThread = Installation.ThreadOf(data) == Installation.PrivateThread;
        IsAgeRestricted = data.Optional("channel")?.Optional("nsfw") is { } nsfw ? nsfw.ValueKind == JsonValueKind.True : Installation.ThreadOf(data) is null ? false : null;
        ThreadParentId = Installation.ThreadOf(data) is null ? null : data.Optional("channel")?.Snowflake("parent_id");
        foreach (var option in content.Items("options"))
        {
            var name = option.GetProperty("name").GetString()!;
            _texts[name] = Bounded(option.Optional("value")?.ToString() ?? "");
            if (option.Optional("focused")?.ValueKind == JsonValueKind.True)
            {
                Focused = name;
            }
        }

        foreach (var field in content.Items("components"))
        {
            ReadFields(field, _texts, depth: 1);
        }
    }

    // All that is needed to answer what cannot be read.
    private Interaction(DiscordRest rest, InteractionHandle handle, string? locale)
    {
        _rest = rest;
        _time = rest.BeginAnswer();
        Handle = handle;
        Kind = InteractionKind.Command;
        Name = "";
        User = new(0, "", null);
        Values = [];
        Locale = locale;
        AttachmentSizeLimit = DefaultAttachmentSizeLimit;
    }

    public InteractionHandle Handle { get; }

    public InteractionKind Kind { get; }

    /// <summary>The command's name, or the custom id of what was pressed or filled in.</summary>
    public string Name { get; }

    public DiscordUser User { get; }

    /// <summary>The language of the person's client by Discord's name, such as <c>de</c> or <c>en-US</c>; null where Discord does not say.</summary>
    public string? Locale { get; }

    /// <summary>The message that the pressed component sits on; null for commands.</summary>
    public DiscordMessage? Message { get; }

    /// <summary>What was picked in a select menu; empty for anything else.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>The option that is being typed; null unless suggestions are asked for.</summary>
    public string? Focused { get; }

    /// <summary>The most that one file of an answer may have here, in bytes.</summary>
    public long AttachmentSizeLimit { get; }

    /// <summary>
    /// Whether the bot may send messages of its own to the channel, as far as Discord says: false where a person brought it
    /// to a server or conversation that has not installed it.
    /// </summary>
    public bool CanPostToChannel { get; }

    /// <summary>Whether the guild it came from has installed the bot; false where a person brought it, and outside of guilds.</summary>
    public bool IsInstalledByGuild { get; }

    /// <summary>Whether the person may manage the guild it came from; false outside of guilds.</summary>
    public bool MayManageGuild { get; }

    /// <summary>
    /// Whether it came from a channel that is for adults. Null where Discord does not say, as in threads, which are for
    /// adults where their channel is (discord-api-docs, discussion 7850).
    /// </summary>
    public bool? IsAgeRestricted { get; }

    /// <summary>The channel of the thread it came from; null outside of threads.</summary>
    public ulong? ThreadParentId { get; }

    /// <summary>Whether it came from a thread that only those see who were invited.</summary>
    public bool IsInPrivateThread { get; }

    /// <summary>Whether the person alone sees that the bot is thinking: only an edit of the answer ends that.</summary>
    public bool IsPrivatelyDeferred { get; private set; }

    /// <summary>Whether the press was taken without changing anything yet: only a message that follows tells the person of a fault.</summary>
    public bool IsUpdateDeferred { get; private set; }

    /// <summary>Whether Discord took an answer, so that messages can follow it.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>How long ago it came in.</summary>
    internal TimeSpan Elapsed => _time.Elapsed;

    /// <summary>Whether it can no longer be answered.</summary>
    internal bool IsLate => _time.Left == TimeSpan.Zero;

    /// <summary>Completes when it can no longer be answered.</summary>
    internal Task WaitUntilLateAsync(CancellationToken cancellationToken) => _time.WaitAsync(cancellationToken);

    /// <summary>Completes when an answer was sent, whatever became of it.</summary>
    internal Task Answered => _answered.Task;

    /// <summary>What was given for a command's option or a modal's field; null where nothing was.</summary>
    public string? Text(string name) => _texts.GetValueOrDefault(name);

    /// <summary>What was given for an option that takes a whole number; null where nothing was.</summary>
    public long? Number(string name) =>
        long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The id that was given for an option that takes a person or a file; null where nothing was.</summary>
    public ulong? Id(string name) =>
        ulong.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>
    /// Stores what the person asks for while enough time is left to tell them so; stopped where it is not, since what nobody is
    /// told of must not be accepted.
    /// </summary>
    /// <exception cref="LateAnswerException">It was stopped, and nothing is stored.</exception>
    public Task<T> AcceptAsync<T>(Func<CancellationToken, Task<T>> store, CancellationToken cancellationToken) => _time.RunAsync(
        _time.LeftToAccept,
        store,
        exception => new LateAnswerException($"Interaction {Handle.Id} could not be stored in time to be acknowledged.", mayHaveArrived: false, exception),
        cancellationToken);

    /// <summary>Answers with a message.</summary>
    /// <returns>The message, or null where Discord did not say.</returns>
    public Task<DiscordMessage?> ReplyAsync(MessageBody message, CancellationToken cancellationToken) => RespondAsync(4, message, cancellationToken);

    /// <summary>Changes the message that the pressed component sits on; its files become those given, unless it keeps its own.</summary>
    public Task UpdateAsync(MessageBody message, CancellationToken cancellationToken) => RespondAsync(7, message, cancellationToken);

    /// <summary>Takes the press without changing anything yet; the message may be edited later.</summary>
    public async Task DeferUpdateAsync(CancellationToken cancellationToken)
    {
        await SendAsync(6, data: null, [], cancellationToken);
        IsUpdateDeferred = true;
    }

    /// <summary>Shows everyone that the bot is thinking; the answer follows as an edit.</summary>
    /// <returns>The message to edit, or null where Discord did not say.</returns>
    public Task<DiscordMessage?> DeferAsync(CancellationToken cancellationToken) => DeferAsync(ephemeral: false, cancellationToken);

    /// <summary>Shows that the bot is thinking; the answer follows as an edit.</summary>
    /// <param name="ephemeral">Whether only the person sees it, now and after any edit.</param>
    /// <returns>The message to edit, or null where Discord did not say.</returns>
    public async Task<DiscordMessage?> DeferAsync(bool ephemeral, CancellationToken cancellationToken)
    {
        var message = await SendAsync(5, ephemeral ? new { Flags = MessageBody.EphemeralFlag } : null, [], cancellationToken);
        IsPrivatelyDeferred = ephemeral;
        return message;
    }

    /// <summary>Suggests values for the option that is being typed.</summary>
    /// <param name="choices">At most 25; none where nothing fits.</param>
    /// <exception cref="ArgumentException">There are more than 25.</exception>
    public Task CompleteAsync(IReadOnlyList<CommandChoice> choices, CancellationToken cancellationToken) =>
        SendAsync(8, new { Choices = Limits.Count(choices, 0, CommandOption.MaximumChoices, "A list of suggestions") }, [], cancellationToken);

    /// <summary>Opens a modal.</summary>
    public Task ShowModalAsync(Modal modal, CancellationToken cancellationToken) => SendAsync(9, modal, [], cancellationToken);

    /// <summary>Reads an INTERACTION_CREATE event.</summary>
    /// <returns>Null for a kind that this client does not take, such as a ping.</returns>
    internal static Interaction? Read(JsonElement data, DiscordRest rest, DateTimeOffset receivedAt)
    {
        var kind = (InteractionKind)data.GetProperty("type").GetInt32();
        var details = data.Optional("data");
        return Enum.IsDefined(kind) && details is { } content ? new(rest, ReadHandle(data, receivedAt), kind, data, content) : null;
    }

    /// <summary>Reads of an INTERACTION_CREATE event that <see cref="Read"/> cannot read only what is needed to answer it.</summary>
    /// <returns>Null where there is no id or no token, or where an answer cannot be a message.</returns>
    internal static Interaction? ReadUnreadable(JsonElement data, DiscordRest rest, DateTimeOffset receivedAt)
    {
        try
        {
            return data.Snowflake("id") is { } id
                && data.Optional("token")?.GetString() is { } token
                && data.Optional("type")?.ToString() is not ("1" or "4")
                ? new(rest, new(id, data.Snowflake("application_id") ?? 0, token, data.Snowflake("channel_id"), data.Snowflake("guild_id"), receivedAt), data.Optional("locale")?.ToString())
                : null;
        }
        catch (Exception exception) when (exception.IsMalformedJson())
        {
            return null;
        }
    }

    private static InteractionHandle ReadHandle(JsonElement data, DateTimeOffset receivedAt) => new(
        data.Snowflake("id") ?? throw new JsonException("An interaction has no id."),
        data.Snowflake("application_id") ?? throw new JsonException("An interaction has no application."),
        data.GetProperty("token").GetString() ?? throw new JsonException("An interaction has no token."),
        data.Snowflake("channel_id"),
        data.Snowflake("guild_id"),
        receivedAt);

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

    private Task<DiscordMessage?> RespondAsync(int type, MessageBody message, CancellationToken cancellationToken) =>
        SendAsync(type, message.ToPayload(), message.Files, cancellationToken);

    private async Task<DiscordMessage?> SendAsync(int type, object? data, IReadOnlyList<MessageFile> files, CancellationToken cancellationToken)
    {
        try
        {
            var message = await _rest.RespondAsync(Handle, type, data, files, _time, cancellationToken);
            IsAnswered = true;
            return message;
        }
        finally
        {
            _answered.TrySetResult();
        }
    }
}
