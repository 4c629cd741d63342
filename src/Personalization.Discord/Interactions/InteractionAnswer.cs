using Personalization.Discord.Components;
using Personalization.Discord.Rest;

namespace Personalization.Discord.Interactions;

/// <summary>The first answer to an interaction, as a client sends it.</summary>
internal abstract record InteractionAnswer
{
    private InteractionAnswer()
    {
    }

    /// <summary>A message.</summary>
    public sealed record Reply(MessageBody Message) : InteractionAnswer;

    /// <summary>A change of the message that the pressed component sits on.</summary>
    public sealed record Update(MessageBody Message) : InteractionAnswer;

    /// <summary>The press is taken and nothing changed yet.</summary>
    public sealed record DeferUpdate : InteractionAnswer;

    /// <summary>The bot is thinking.</summary>
    /// <param name="Ephemeral">Whether only the person sees it.</param>
    public sealed record Defer(bool Ephemeral) : InteractionAnswer;

    /// <summary>Suggestions for the option that is being typed, at most 25.</summary>
    public sealed record Complete(IReadOnlyList<CommandChoice> Choices) : InteractionAnswer;

    /// <summary>A modal opens.</summary>
    public sealed record ShowModal(Modal Modal) : InteractionAnswer;
}
