namespace Personalization.Playground.Places;

/// <summary>A server: who is in it, what they may do, and its channels and threads.</summary>
public sealed record PlaygroundGuild(ulong Id, string Name)
{
    /// <summary>Whether the bot was added to it; where it was not, people use it who installed it for themselves.</summary>
    public bool HasBot { get; init; } = true;

    /// <summary>Channels, and threads that were there from the beginning.</summary>
    public IReadOnlyList<PlaygroundChannel> Channels { get; init; } = [];

    /// <summary>Roles but for the one of everyone and the bot's.</summary>
    public IReadOnlyList<PlaygroundRole> Roles { get; init; } = [];

    /// <summary>Who may do everything; null for the first of the people.</summary>
    public ulong? Owner { get; init; }

    /// <summary>The people in it; null for all.</summary>
    public IReadOnlyList<ulong>? Members { get; init; }
}
