namespace Personalization.Discord.Rest;

/// <summary>The parts of a message that callers need.</summary>
/// <param name="InteractionId">The interaction it answers; null where it answers none.</param>
/// <param name="CustomIds">The custom ids of its buttons.</param>
public sealed record DiscordMessage(ulong Id, bool IsEphemeral, ulong? InteractionId, IReadOnlyList<string> CustomIds);
