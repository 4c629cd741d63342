using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Personalization.Playground.Places;

namespace Personalization.Playground.Interactions;

/// <summary>Something a person did, and how far the bot has answered it.</summary>
internal sealed class PendingInteraction(ulong id, string token, InteractionType type, ulong person, Place place, long startedAt)
{
    // Discord's limit where only a person brought the application.
    private const int MaximumFollowUps = 5;

    private readonly ConcurrentBag<ulong> _laterMessages = [];
    private int _followUps;

    public ulong Id => id;

    public string Token => token;

    public InteractionType Type => type;

    public ulong Person => person;

    public Place Place => place;

    /// <summary>When it began, by the timestamp of the clock that does not jump.</summary>
    public long StartedAt => startedAt;

    /// <summary>The language of the person's client by Discord's name.</summary>
    public required string Locale { get; init; }

    /// <summary>By whose installation it came: the server under <c>0</c>, or <c>"0"</c> in a direct message; the person under <c>1</c>.</summary>
    public required JsonObject Owners { get; init; }

    /// <summary>The command's name, for the line above the answer; null for others.</summary>
    public string? Command { get; init; }

    /// <summary>Whether the command is one of the menu of a user or message.</summary>
    public bool IsMenuCommand { get; init; }

    /// <summary>What a menu was opened on: the user as <c>target_user</c> or the message's <c>target_message_id</c>; null for others.</summary>
    public JsonObject? Target { get; init; }

    /// <summary>The message a component sits on.</summary>
    public ulong? SourceMessage { get; init; }

    /// <summary>What opened the modal that was sent; null for others.</summary>
    public PendingInteraction? Opener { get; init; }

    public bool IsAnswered { get; set; }

    /// <summary>What <c>@original</c> means.</summary>
    public ulong? OriginalMessage { get; set; }

    /// <summary>The modal it was answered with.</summary>
    public JsonObject? Modal { get; set; }

    /// <summary>Completes with how it was answered first.</summary>
    public TaskCompletionSource<JsonObject> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What a message says of the interaction it answers.</summary>
    /// <param name="user">The person as a user.</param>
    /// <param name="original">The first answer, where the message is a later one.</param>
    public JsonObject Metadata(JsonObject user, ulong? original)
    {
        var metadata = new JsonObject
        {
            ["id"] = $"{Id}",
            ["type"] = (int)Type,
            ["user"] = user,
            ["authorizing_integration_owners"] = Owners.DeepClone(),
        };
        if (Command is not null)
        {
            metadata["name"] = Command;
        }

        foreach (var (name, target) in Target ?? [])
        {
            metadata[name] = target!.DeepClone();
        }

        if (Type == InteractionType.Component)
        {
            metadata["interacted_message_id"] = $"{SourceMessage}";
        }

        if (original is not null)
        {
            metadata["original_response_message_id"] = $"{original}";
        }

        if (Opener is not null)
        {
            metadata["triggering_interaction_metadata"] = Opener.Metadata(user.DeepClone().AsObject(), original: null);
        }

        return metadata;
    }

    /// <summary>Counts one more message after the first answer.</summary>
    /// <returns>False past the limit.</returns>
    public bool TryFollowUp() => Owners.ContainsKey("0") || Interlocked.Increment(ref _followUps) <= MaximumFollowUps;

    /// <summary>Takes note of a message that was sent after the first answer.</summary>
    public void FollowedBy(ulong message) => _laterMessages.Add(message);

    /// <summary>Whether the token may read, edit and delete a message: the first answer and those after it.</summary>
    public bool Reaches(ulong message) => message == OriginalMessage || _laterMessages.Contains(message);
}
