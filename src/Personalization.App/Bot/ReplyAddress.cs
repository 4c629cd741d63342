using System.Text.Json;
using System.Text.Json.Serialization;
using Personalization.Discord.Interactions;

namespace Personalization.App.Bot;

/// <summary>Where a job's answer goes: the interaction, and the message that acknowledged it once that is known.</summary>
/// <param name="Locale">The language of the person's client; null for English, and in jobs that earlier versions stored.</param>
/// <param name="IsFollowUp">Whether the message follows another answer of the interaction, and is for the person alone: only the interaction's token reaches it.</param>
/// <param name="IsPersonal">Whether the message, though it answers the interaction itself, is for the person alone: only the interaction's token reaches it.</param>
/// <param name="IsUntold">Whether the person was not told that the job is accepted, since Discord did not take the acknowledgement in time.</param>
/// <param name="IsMoved">Whether the answer stands in a message of the bot's own, which took the place of the one that the token reaches.</param>
/// <param name="IsWithdrawn">Whether the message was deleted: what it showed stays with the job's person.</param>
/// <param name="CanPost">See <see cref="Interaction.CanPostToChannel"/>; true in jobs that earlier versions stored.</param>
internal sealed record ReplyAddress(
    InteractionHandle Interaction,
    ulong? MessageId = null,
    string? Locale = null,
    bool IsFollowUp = false,
    bool IsPersonal = false,
    bool IsUntold = false,
    bool IsMoved = false,
    bool CanPost = true,
    bool IsWithdrawn = false)
{
    /// <summary>Discord lets an interaction's token work for fifteen minutes.</summary>
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(15);

    /// <summary>What an address without a token has in its JSON, and no other.</summary>
    public const string NoToken = """
        "Token":""
        """;

    /// <summary>False where no message can be the answer: nothing of it is in the channel, and nothing of it may come there.</summary>
    [JsonIgnore]
    public bool IsReachable => !IsUntold || (CanPost && !IsPersonal);

    public static ReplyAddress Parse(string json) => JsonSerializer.Deserialize<ReplyAddress>(json)
        ?? throw new InvalidDataException("A job has no reply address.");

    /// <summary>Whether the interaction's token still reaches the message.</summary>
    public bool IsTokenAlive(DateTimeOffset now) => !IsUntold && !IsMoved && now - Interaction.ReceivedAt < TokenLifetime;

    /// <summary>The address once the token is of no more use.</summary>
    public ReplyAddress WithoutToken() => this with { Interaction = Interaction with { Token = "" } };

    /// <summary>An address, as <see cref="ToString"/> writes it, once its message was deleted.</summary>
    public static string Withdraw(string json) => (Parse(json) with { IsWithdrawn = true }).ToString();

    public override string ToString() => JsonSerializer.Serialize(this);
}
