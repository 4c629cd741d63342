namespace Personalization.Discord.Interactions;

/// <summary>A slash command as Discord shows it. It works where people installed the bot for themselves, too.</summary>
public sealed record CommandDefinition
{
    public const int MaximumName = 32;
    public const int MaximumDescription = 100;
    public const int MaximumOptions = 25;

    /// <summary>1 to 32 lower-case letters, digits, dashes and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>1 to 100 characters.</summary>
    public required string Description { get; init; }

    /// <summary>The description in other languages, by Discord's locale names such as <c>de</c>; null for none.</summary>
    public IReadOnlyDictionary<string, string>? DescriptionLocalizations { get; init; }

    /// <summary>At most 25.</summary>
    public IReadOnlyList<CommandOption> Options { get; init; } = [];

    /// <summary>0: in a server; 1: for oneself.</summary>
    public IReadOnlyList<int> IntegrationTypes { get; init; } = [0, 1];

    /// <summary>0: in a server; 1: in a direct message with the bot; 2: in other private channels.</summary>
    public IReadOnlyList<int> Contexts { get; init; } = [0, 1, 2];

    /// <summary>The bits of the permissions that members need; null for none.</summary>
    public long? DefaultMemberPermissions { get; init; }

    /// <exception cref="ArgumentException">Discord would refuse the command; the message says what of it.</exception>
    internal void Check()
    {
        Limits.Text(Name, 1, MaximumName, $"The name of the command {Name}");
        CheckDescription(Description, DescriptionLocalizations, $"the command {Name}");
        Limits.Count(Options, 0, MaximumOptions, $"The list of options of the command {Name}");
        foreach (var option in Options)
        {
            var what = $"the option {option.Name} of the command {Name}";
            Limits.Text(option.Name, 1, MaximumName, $"The name of {what}");
            CheckDescription(option.Description, option.DescriptionLocalizations, what);
            Limits.Count(option.Choices ?? [], 0, CommandOption.MaximumChoices, $"The list of choices of {what}");
            Limits.Number(option.MinLength ?? 0, 0, CommandOption.MaximumText, $"The shortest text of {what}");
            Limits.Number(option.MaxLength ?? 1, 1, CommandOption.MaximumText, $"The longest text of {what}");
        }
    }

    private static void CheckDescription(string description, IReadOnlyDictionary<string, string>? localizations, string what)
    {
        Limits.Text(description, 1, MaximumDescription, $"The description of {what}");
        foreach (var (locale, localized) in localizations ?? new Dictionary<string, string>())
        {
            Limits.Text(localized, 1, MaximumDescription, $"The description in {locale} of {what}");
        }
    }
}
