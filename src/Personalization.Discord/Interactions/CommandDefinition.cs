namespace Personalization.Discord.Interactions;

/// <summary>A slash command as Discord shows it. It works where people installed the bot for themselves, too.</summary>
public sealed record CommandDefinition
{
    /// <summary>1 to 32 lower-case letters, digits, dashes and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 100 characters.</summary>
    public required string Description { get; init; }

    /// <summary>At most 25.</summary>
    public IReadOnlyList<CommandOption> Options { get; init; } = [];

    /// <summary>0: in a server; 1: for oneself.</summary>
    public IReadOnlyList<int> IntegrationTypes { get; init; } = [0, 1];

    /// <summary>0: in a server; 1: in a direct message with the bot; 2: in other private channels.</summary>
    public IReadOnlyList<int> Contexts { get; init; } = [0, 1, 2];
}
