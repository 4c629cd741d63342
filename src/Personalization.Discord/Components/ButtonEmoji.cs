namespace Personalization.Discord.Components;

/// <summary>A Unicode emoji on a button.</summary>
public sealed record ButtonEmoji(string Name);
