using System.Text.Json.Nodes;
using Personalization.Playground.Places;

namespace Personalization.Playground.Interactions;

/// <summary>Something a person is about to send to the bot.</summary>
/// <param name="Locale">The language of the person's client by Discord's name.</param>
/// <param name="Owners">By whose installation it comes.</param>
/// <param name="Data">What Discord calls the interaction's data.</param>
internal sealed record InteractionDraft(InteractionType Type, ulong Person, string Locale, Place Place, JsonObject Owners, JsonObject Data)
{
    /// <summary>The command that is used, or whose value is being typed; null for others.</summary>
    public JsonObject? Command { get; init; }

    /// <summary>What its menu was opened on, as <see cref="PendingInteraction.Target"/>; null for others.</summary>
    public JsonObject? Target { get; init; }

    /// <summary>The message that a pressed component sits on; null for others.</summary>
    public JsonObject? Message { get; init; }

    /// <summary>What opened the modal that is sent; null for others.</summary>
    public PendingInteraction? Opener { get; init; }
}
