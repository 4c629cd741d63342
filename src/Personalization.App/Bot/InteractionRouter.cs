using System.Globalization;
using Personalization.App.Jobs;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;

namespace Personalization.App.Bot;

/// <summary>Dispatches each interaction to its command. Faults end here: the person gets a message, the rest is logged.</summary>
internal sealed partial class InteractionRouter(IEnumerable<ICommand> commands, CatalogueSeeding seeding, UntoldJobs untold, IDiscord discord, ILogger<InteractionRouter> logger) : IInteractionHandler
{
    // The longest that an interaction waits for the ranking pictures. Discord allows three seconds, and the answer needs the rest.
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, ICommand> _commands = commands.ToDictionary(command => command.Definition.Name, StringComparer.Ordinal);

    public async Task HandleAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        // Everything that is written for the person on the way follows it; it ends with this method.
        CultureInfo.CurrentUICulture = Text.LanguageOf(interaction.Locale);
        var id = CustomId.Parse(interaction.Name);
        try
        {
            if (!_commands.TryGetValue(id.Command, out var command))
            {
                await interaction.ReplyAsync(Replies.Retired(), cancellationToken);
                return;
            }

            if (!await seeding.IsDoneWithinAsync(StartWithin, cancellationToken))
            {
                LogPostponed(interaction.Handle.Id, id.Command, id.Verb);
                await command.PostponeAsync(interaction, id, cancellationToken);
                return;
            }

            await (interaction.Kind == InteractionKind.Command
                ? command.RunAsync(interaction, cancellationToken)
                : command.PressAsync(interaction, id, cancellationToken));
            LogAnswered(interaction.Handle.Id, id.Command, id.Verb);
            if (interaction is { Kind: InteractionKind.Command, IsAnswered: true })
            {
                await untold.TellAsync(interaction, cancellationToken);
            }
        }
        catch (Exception exception) when (IsLate(exception))
        {
            LogLate(interaction.Handle.Id, id.Command, id.Verb, exception.Message);
        }
        catch (FormatException)
        {
            await interaction.ReplyAsync(Replies.Retired(), cancellationToken);
        }
        catch (StorageFullException exception)
        {
            // The operator is told once, by the storage.
            LogNotStored(interaction.Handle.Id, id.Command, id.Verb, exception.Message);
            await ApologizeAsync(interaction, Replies.StorageFull(), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, interaction.Handle.Id, id.Command, id.Verb);
            await ApologizeAsync(interaction, Replies.Fault(interaction.Handle.Id), cancellationToken);
        }
    }

    public async Task RefuseAsync(Interaction interaction, InteractionRefusal refusal, CancellationToken cancellationToken)
    {
        CultureInfo.CurrentUICulture = Text.LanguageOf(interaction.Locale);
        try
        {
            await (interaction.Kind == InteractionKind.Autocomplete
                ? interaction.CompleteAsync([], cancellationToken)
                : interaction.ReplyAsync(refusal == InteractionRefusal.Busy ? Replies.Busy() : Replies.Unreadable(), cancellationToken));
        }
        catch (Exception exception) when (exception is DiscordException or HttpRequestException)
        {
            LogUnanswered(interaction.Handle.Id, exception.Message);
        }
    }

    // Discord shows the person that nothing came; an apology would be as late.
    private static bool IsLate(Exception exception) => exception is LateAnswerException or DiscordException { Code: DiscordErrorCode.UnknownInteraction };

    private async Task ApologizeAsync(Interaction interaction, MessageBody apology, CancellationToken cancellationToken)
    {
        try
        {
            await (interaction switch
            {
                { IsPrivatelyDeferred: true } => discord.EditOriginalAsync(interaction.Handle, apology, cancellationToken),
                { IsUpdateDeferred: true } => discord.FollowUpAsync(interaction.Handle, apology, cancellationToken),
                _ => interaction.ReplyAsync(apology, cancellationToken),
            });
        }
        catch (Exception exception) when (exception is DiscordException or HttpRequestException)
        {
            // It can no longer be answered: Discord shows its own message then.
            LogUnanswered(interaction.Handle.Id, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Interaction {Interaction} answered: {Command} {Verb}")]
    private partial void LogAnswered(ulong interaction, string command, string verb);

    [LoggerMessage(Level = LogLevel.Information, Message = "Interaction {Interaction} came too early: {Command} {Verb}")]
    private partial void LogPostponed(ulong interaction, string command, string verb);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Interaction {Interaction} was not answered in time: {Command} {Verb}: {Reason}")]
    private partial void LogLate(ulong interaction, string command, string verb, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Interaction {Interaction} could not be stored: {Command} {Verb}: {Reason}")]
    private partial void LogNotStored(ulong interaction, string command, string verb, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Interaction {Interaction} failed: {Command} {Verb}")]
    private partial void LogFailed(Exception exception, ulong interaction, string command, string verb);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Interaction {Interaction} failed or was refused, and could not be answered: {Reason}")]
    private partial void LogUnanswered(ulong interaction, string reason);
}
