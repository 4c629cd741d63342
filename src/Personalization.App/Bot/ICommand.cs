using Personalization.Discord.Interactions;

namespace Personalization.App.Bot;

/// <summary>One slash command and everything pressed on its messages. Adding a command is adding a file.</summary>
internal interface ICommand
{
    /// <summary>What Discord shows; its name is also what the command's custom ids begin with.</summary>
    CommandDefinition Definition { get; }

    /// <summary>Answers the command itself.</summary>
    Task RunAsync(Interaction interaction, CancellationToken cancellationToken);

    /// <summary>Answers a button, menu or modal of the command.</summary>
    /// <exception cref="FormatException">The id is none that the command gives out.</exception>
    Task PressAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken);
}
