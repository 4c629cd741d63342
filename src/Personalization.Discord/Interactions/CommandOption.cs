namespace Personalization.Discord.Interactions;

/// <summary>An option of a slash command.</summary>
public sealed record CommandOption
{
    /// <summary>The longest text Discord lets people send, in characters.</summary>
    public const int MaximumText = 6000;

    public const int MaximumChoices = 25;

    public CommandOptionType Type { get; init; } = CommandOptionType.Text;

    /// <summary>1 to 32 lower-case letters, digits, dashes and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 100 characters.</summary>
    public required string Description { get; init; }

    /// <summary>The description in other languages, by Discord's locale names such as <c>de</c>; null for none.</summary>
    public IReadOnlyDictionary<string, string>? DescriptionLocalizations { get; init; }

    /// <summary>Options that are required come before those that are not.</summary>
    public bool Required { get; init; }

    /// <summary>The shortest text people may send, 0 to 6,000 characters; null for any.</summary>
    public int? MinLength { get; init; }

    /// <summary>The longest text people may send, 1 to 6,000 characters; null for 6,000.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The least whole number; null for any.</summary>
    public long? MinValue { get; init; }

    /// <summary>The greatest whole number; null for any.</summary>
    public long? MaxValue { get; init; }

    /// <summary>What may be picked, at most 25; null where people type.</summary>
    public IReadOnlyList<CommandChoice>? Choices { get; init; }

    /// <summary>True where suggestions are asked for while people type; null where not. Excludes <see cref="Choices"/>.</summary>
    public bool? Autocomplete { get; init; }
}
