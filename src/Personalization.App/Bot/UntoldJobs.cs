using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Imagine.Jobs;

namespace Personalization.App.Bot;

/// <summary>Tells people, at their next command, of pictures whose message the bot could no longer change.</summary>
internal sealed partial class UntoldJobs(IImagineJobStore jobs, IDiscord discord, ILogger<UntoldJobs> logger)
{
    /// <summary>Messages for one command: Discord allows five beside the answer where the bot is a guest.</summary>
    private const int MaxMessages = 3;

    /// <summary>Tells the person in messages that only they see; those that fail are told at the command after.</summary>
    /// <param name="interaction">One that has been answered.</param>
    public async Task TellAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var job in await jobs.UntoldAsync(interaction.Person(), MaxMessages, cancellationToken))
            {
                await TellAsync(interaction, job, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // An apology would take the place of the command's answer.
            LogNotTold(exception, interaction.Handle.Id);
        }
    }

    /// <summary>Tells the person in place of the message whose button they press: a press allows the bot to change it again.</summary>
    public async Task TellInPlaceAsync(Interaction interaction, ImagineJob job, CancellationToken cancellationToken)
    {
        await interaction.UpdateAsync(ImagineView.Untold(job), cancellationToken);
        await SetToldAsync(job.Id, cancellationToken);
    }

    /// <summary>Notes that the person has been told; nothing where the job's own message can tell them.</summary>
    public async Task SetToldAsync(ulong job, CancellationToken cancellationToken)
    {
        try
        {
            await jobs.SetToldAsync(job, cancellationToken);
        }
        catch (StorageFullException exception)
        {
            // They are told twice.
            LogStillUntold(job, exception.Message);
        }
    }

    // A private one is told anywhere: where it does not belong, its buttons answer the person alone.
    private async Task TellAsync(Interaction interaction, ImagineJob job, CancellationToken cancellationToken)
    {
        try
        {
            await discord.FollowUpAsync(interaction.Handle, ImagineView.Untold(job), cancellationToken);
            await jobs.SetToldAsync(job.Id, cancellationToken);
        }
        catch (Exception exception) when (exception is DiscordException or HttpRequestException or StorageFullException)
        {
            LogStillUntold(job.Id, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job}: the person could still not be told of it: {Reason}")]
    private partial void LogStillUntold(ulong job, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "After interaction {Interaction}, the person could not be told of earlier jobs")]
    private partial void LogNotTold(Exception exception, ulong interaction);
}
