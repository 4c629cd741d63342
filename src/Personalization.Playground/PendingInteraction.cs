using System.Text.Json.Nodes;

namespace Personalization.Playground;

/// <summary>Something a person did, and how far the bot has answered it.</summary>
internal sealed class PendingInteraction(ulong id, string token, int type, ulong person, ulong channelId, DateTimeOffset createdAt)
{
    public ulong Id => id;

    public string Token => token;

    /// <summary>Discord's number for the kind: 2 command, 3 component, 4 autocomplete, 5 modal.</summary>
    public int Type => type;

    public ulong Person => person;

    public ulong ChannelId => channelId;

    public DateTimeOffset CreatedAt => createdAt;

    /// <summary>The language of the person's client by Discord's name.</summary>
    public required string Locale { get; init; }

    /// <summary>The command's name, for the line above the answer; null for others.</summary>
    public string? Command { get; init; }

    /// <summary>The message a component sits on.</summary>
    public ulong? SourceMessage { get; init; }

    public bool IsAnswered { get; set; }

    /// <summary>What <c>@original</c> means.</summary>
    public ulong? OriginalMessage { get; set; }

    /// <summary>The modal it was answered with.</summary>
    public JsonObject? Modal { get; set; }

    /// <summary>Completes with how it was answered first.</summary>
    public TaskCompletionSource<JsonObject> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
