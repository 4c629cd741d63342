namespace Personalization.Discord.Components;

/// <summary>Room between components.</summary>
/// <param name="Divider">Whether a line is drawn in it.</param>
public sealed record Separator(bool Divider = true) : MessageComponent;
