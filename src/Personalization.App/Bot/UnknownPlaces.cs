using Personalization.Discord.Gateway;
using Personalization.Discord.Interactions;
using Personalization.Imagine.Jobs;

namespace Personalization.App.Bot;

/// <summary>
/// Jobs from servers that Discord has not described yet, as in the moments after a connection. They are private until then, and
/// from then on what their place is.
/// </summary>
internal sealed partial class UnknownPlaces(Privacy privacy, IGuildDirectory guilds, IImagineJobStore jobs, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<UnknownPlaces> logger)
{
    // A server whose description is too large is never known.
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(10);

    /// <summary>Waits, in the background, until it is known where a job came from. A restart meanwhile leaves the job private.</summary>
    /// <param name="job">A private job.</param>
    /// <param name="interaction">The one that asked for it.</param>
    public void Follow(ulong job, Interaction interaction)
    {
        if (interaction is { Handle.GuildId: { } guild, IsInstalledByGuild: true })
        {
            _ = OpenAsync(job, interaction, guild, lifetime.ApplicationStopping);
        }
    }

    private async Task OpenAsync(ulong job, Interaction interaction, ulong guild, CancellationToken cancellationToken)
    {
        try
        {
            await guilds.KnownAsync(guild, cancellationToken).WaitAsync(MaxWait, time, cancellationToken);
            if (!privacy.IsPrivate(interaction) && await jobs.OpenAsync(job, replyTo => !ReplyAddress.Parse(replyTo).IsWithdrawn, cancellationToken))
            {
                LogOpened(job, guild);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogStaysPrivate(job, guild, exception.Message);
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} came before server {Guild} was known, in a channel that all its members see")]
    private partial void LogOpened(ulong job, ulong guild);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} came before server {Guild} was known, and stays private: {Reason}")]
    private partial void LogStaysPrivate(ulong job, ulong guild, string reason);
}
