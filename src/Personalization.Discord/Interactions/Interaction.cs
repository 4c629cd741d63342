using System.Globalization;
using Personalization.Discord.Components;
using Personalization.Discord.Rest;

namespace Personalization.Discord.Interactions;

/// <summary>
/// Something a person did: a command, a press, a modal or a value half typed. It must be answered within three seconds, once, by one of its
/// methods; all of them throw <see cref="DiscordException"/> where Discord refuses the answer, and
/// <see cref="LateAnswerException"/> where the time is over.
/// </summary>
public abstract class Interaction
{
    /// <summary>Bytes that an attached file may have wherever the bot writes.</summary>
    public const long DefaultAttachmentSizeLimit = 10 * 1024 * 1024;

    /// <summary>UTF-16 units that a command's option or a modal's field may have (https://discord.com/developers/docs/interactions/application-commands).</summary>
    public const int MaximumText = 6000;

    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private protected Interaction(InteractionHandle handle, AnswerTime time)
    {
        Handle = handle;
        Time = time;
    }

    public InteractionHandle Handle { get; }

    public required InteractionKind Kind { get; init; }

    /// <summary>The command's name, or the custom id of what was pressed or filled in.</summary>
    public required string Name { get; init; }

    public required DiscordUser User { get; init; }

    /// <summary>The language of the person's client by Discord's name, such as <c>de</c> or <c>en-US</c>; null where Discord does not say.</summary>
    public string? Locale { get; init; }

    /// <summary>The message that the pressed component sits on; null for commands.</summary>
    public DiscordMessage? Message { get; init; }

    /// <summary>What was picked in a select menu; empty for anything else.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The option that is being typed; null unless suggestions are asked for.</summary>
    public string? Focused { get; init; }

    /// <summary>The most that one file of an answer may have here, in bytes.</summary>
    public long AttachmentSizeLimit { get; init; } = DefaultAttachmentSizeLimit;

    /// <summary>
    /// Whether the bot may send messages of its own to the channel, as far as Discord says: false where a person brought it
    /// to a server or conversation that has not installed it.
    /// </summary>
    public bool CanPostToChannel { get; init; }

    /// <summary>Whether the guild it came from has installed the bot; false where a person brought it, and outside of guilds.</summary>
    public bool IsInstalledByGuild { get; init; }

    /// <summary>Whether the person may manage the guild it came from; false outside of guilds.</summary>
    public bool MayManageGuild { get; init; }

    /// <summary>
    /// Whether it came from a channel that is for adults. Null where Discord does not say, as in threads, which are for
    /// adults where their channel is (discord-api-docs, discussion 7850).
    /// </summary>
    public bool? IsAgeRestricted { get; init; }

    /// <summary>The channel of the thread it came from; null outside of threads.</summary>
    public ulong? ThreadParentId { get; init; }

    /// <summary>Whether it came from a thread that only those see who were invited.</summary>
    public bool IsInPrivateThread { get; init; }

    /// <summary>Whether the person alone sees that the bot is thinking: only an edit of the answer ends that.</summary>
    public bool IsPrivatelyDeferred { get; private set; }

    /// <summary>Whether the press was taken without changing anything yet: only a message that follows tells the person of a fault.</summary>
    public bool IsUpdateDeferred { get; private set; }

    /// <summary>Whether Discord took an answer, so that messages can follow it.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>What was given for a command's options or a modal's fields, by name; a text of at most <see cref="MaximumText"/>.</summary>
    internal IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>The time that its answer may take.</summary>
    internal AnswerTime Time { get; }

    /// <summary>How long ago it came in.</summary>
    internal TimeSpan Elapsed => Time.Elapsed;

    /// <summary>Whether it can no longer be answered.</summary>
    internal bool IsLate => Time.Left == TimeSpan.Zero;

    /// <summary>Completes when it can no longer be answered.</summary>
    internal Task WaitUntilLateAsync(CancellationToken cancellationToken) => Time.WaitAsync(cancellationToken);

    /// <summary>Completes when an answer was sent, whatever became of it.</summary>
    internal Task Answered => _answered.Task;

    /// <summary>What was given for a command's option or a modal's field; null where nothing was.</summary>
    public string? Text(string name) => Texts.GetValueOrDefault(name);

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
    public Task<T> AcceptAsync<T>(Func<CancellationToken, Task<T>> store, CancellationToken cancellationToken) => Time.RunAsync(
        Time.LeftToAccept,
        store,
        exception => new LateAnswerException($"Interaction {Handle.Id} could not be stored in time to be acknowledged.", mayHaveArrived: false, exception),
        cancellationToken);

    /// <summary>Answers with a message.</summary>
    /// <returns>The message, or null where Discord did not say.</returns>
    public Task<DiscordMessage?> ReplyAsync(MessageBody message, CancellationToken cancellationToken) => SendAsync(new InteractionAnswer.Reply(message), cancellationToken);

    /// <summary>Changes the message that the pressed component sits on; its files become those given, unless it keeps its own.</summary>
    public Task UpdateAsync(MessageBody message, CancellationToken cancellationToken) => SendAsync(new InteractionAnswer.Update(message), cancellationToken);

    /// <summary>Takes the press without changing anything yet; the message may be edited later.</summary>
    public async Task DeferUpdateAsync(CancellationToken cancellationToken)
    {
        await SendAsync(new InteractionAnswer.DeferUpdate(), cancellationToken);
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
        var message = await SendAsync(new InteractionAnswer.Defer(ephemeral), cancellationToken);
        IsPrivatelyDeferred = ephemeral;
        return message;
    }

    /// <summary>Suggests values for the option that is being typed.</summary>
    /// <param name="choices">At most 25; none where nothing fits.</param>
    /// <exception cref="ArgumentException">There are more than 25.</exception>
    public Task CompleteAsync(IReadOnlyList<CommandChoice> choices, CancellationToken cancellationToken) =>
        SendAsync(new InteractionAnswer.Complete(Limits.Count(choices, 0, CommandOption.MaximumChoices, "A list of suggestions")), cancellationToken);

    /// <summary>Opens a modal.</summary>
    public Task ShowModalAsync(Modal modal, CancellationToken cancellationToken) => SendAsync(new InteractionAnswer.ShowModal(modal), cancellationToken);

    /// <summary>Sends the answer within <see cref="Time"/>, and takes down in the <see cref="AnswerRecord"/> whether it arrived.</summary>
    /// <returns>The message of a reply or deferral; null where Discord did not say, and for other answers.</returns>
    private protected abstract Task<DiscordMessage?> RespondAsync(InteractionAnswer answer, CancellationToken cancellationToken);

    private async Task<DiscordMessage?> SendAsync(InteractionAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            var message = await RespondAsync(answer, cancellationToken);
            IsAnswered = true;
            return message;
        }
        finally
        {
            _answered.TrySetResult();
        }
    }
}
