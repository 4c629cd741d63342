using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Imagine.Jobs;

namespace Personalization.App.Bot;

/// <summary>Tells people, at their next command, of pictures whose message the bot could no longer change.</summary>
internal sealed partial class UntoldJobs(IImagineJobStore jobs, DiscordRest rest, ILogger<UntoldJobs> logger)
{
    /// <summary>Messages for one command: Discord allows five beside the answer where the bot is a guest.</summary>
    private const int MaxMessages = 3;

    /// <summary>Tells the person in messages that only they see; those that fail are told at the command after.</summary>
    /// <param name="interaction">One that has been answered.</param>
    public async Task TellAsync(Interaction interaction, CancellationToken cancellationToken)
    {
        foreach (var job in await jobs.UntoldAsync(interaction.Person(), MaxMessages, cancellationToken))
        {
            // The buttons of a private one answer where they are pressed.
            if (job.IsPrivate && ReplyAddress.Parse(job.ReplyTo).Interaction.ChannelId != interaction.Handle.ChannelId)
            {
                continue;
            }

            try
            {
                await rest.FollowUpAsync(interaction.Handle, ImagineView.Untold(job), cancellationToken);
                await jobs.SetToldAsync(job.Id, cancellationToken);
            }
            catch (Exception exception) when (exception is DiscordException or HttpRequestException)
            {
                LogStillUntold(job.Id, exception.Message);
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job}: the person could still not be told of it: {Reason}")]
    private partial void LogStillUntold(ulong job, string reason);
}
