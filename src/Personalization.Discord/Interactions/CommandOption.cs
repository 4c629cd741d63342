namespace Personalization.Discord.Interactions;

/// <summary>A text that a command takes.</summary>
public sealed record CommandOption
{
    /// <summary>Discord's number for a text.</summary>
    public int Type { get; init; } = 3;

    public required string Name { get; init; }

    public required string Description { get; init; }

    public bool Required { get; init; }

    /// <summary>The longest text Discord lets people send, 1 to 6,000 characters; null for 6,000.</summary>
    public int? MaxLength { get; init; }
}
