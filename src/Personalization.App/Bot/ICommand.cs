using Personalization.Discord.Interactions;

namespace Personalization.App.Bot;

/// <summary>One slash command and everything pressed on its messages. Adding a command is adding a file.</summary>
internal interface ICommand
{
    /// <summary>What Discord shows, in the present language; its name is also what the command's custom ids begin with.</summary>
    CommandDefinition Definition { get; }

    /// <summary>Answers the command itself.</summary>
    Task RunAsync(Interaction interaction, CancellationToken cancellationToken);

    /// <summary>Answers instead of the command, or of what was pressed, while the bot has just started and has no ranking pictures yet.</summary>
    Task PostponeAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken) => interaction.ReplyAsync(Replies.Starting(), cancellationToken);

    /// <summary>Answers a button, menu or modal of the command. A command without any inherits this, which refuses them all.</summary>
    /// <exception cref="FormatException">The command gives out no such id.</exception>
    Task PressAsync(Interaction interaction, CustomId id, CancellationToken cancellationToken) => throw CustomId.Foreign();
}
