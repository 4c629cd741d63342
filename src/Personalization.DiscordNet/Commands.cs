using Discord;
using Personalization.Discord.Interactions;

namespace Personalization.DiscordNet;

/// <summary>Command definitions of the contract as Discord.Net's.</summary>
internal static class Commands
{
    /// <exception cref="ArgumentException">Discord would refuse the command; the message says what of it.</exception>
    public static ApplicationCommandProperties Build(CommandDefinition command)
    {
        command.Check();
        var builder = new SlashCommandBuilder()
            .WithName(command.Name)
            .WithDescription(command.Description)
            .WithIntegrationTypes([.. command.IntegrationTypes.Select(type => (ApplicationIntegrationType)type)])
            .WithContextTypes([.. command.Contexts.Select(context => (InteractionContextType)context)])
            .WithDefaultMemberPermissions((GuildPermission?)command.DefaultMemberPermissions);
        builder.Options = [.. command.Options.Select(Build)];
        if (command.DescriptionLocalizations is { } localizations)
        {
            builder.WithDescriptionLocalizations(localizations.ToDictionary());
        }

        return builder.Build();
    }

    private static SlashCommandOptionBuilder Build(CommandOption option)
    {
        var builder = new SlashCommandOptionBuilder
        {
            Name = option.Name,
            Description = option.Description,
            Type = (ApplicationCommandOptionType)option.Type,
            IsRequired = option.Required,
            IsAutocomplete = option.Autocomplete == true,
            MinLength = option.MinLength,
            MaxLength = option.MaxLength,
            MinValue = option.MinValue,
            MaxValue = option.MaxValue,
            Choices = option.Choices?.Select(choice => new ApplicationCommandOptionChoiceProperties { Name = choice.Name, Value = choice.Value }).ToList(),
        };
        return option.DescriptionLocalizations is { } localizations ? builder.WithDescriptionLocalizations(localizations.ToDictionary()) : builder;
    }
}
