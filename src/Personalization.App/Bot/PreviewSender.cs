using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Imagine;
using Personalization.Imagine.Jobs;
using Personalization.Votes;

namespace Personalization.App.Bot;

/// <summary>Sends people who rank a preview of their taste, in a message of its own that only they see.</summary>
internal sealed partial class PreviewSender(
    TastePreviewer previewer,
    Imaginer imaginer,
    Acknowledgements acknowledgements,
    Privacy privacy,
    IDiscord discord,
    ILogger<PreviewSender> logger)
{
    /// <summary>
    /// Sends the preview that is due, if one is; its pictures follow. One that could not be sent, or whose pictures cannot be
    /// delivered, is due again at the person's next choice.
    /// </summary>
    /// <param name="interaction">One that has been answered.</param>
    public async Task SendDueAsync(Interaction interaction, Voter voter, UnlockProgress progress, CancellationToken cancellationToken)
    {
        var point = await previewer.DueAsync(voter.Person, progress, cancellationToken);
        if (point == 0)
        {
            return;
        }

        using var acknowledgement = acknowledgements.Begin(interaction.Handle.Id);
        var address = new ReplyAddress(interaction.Handle, Locale: interaction.Locale, IsFollowUp: true);
        var order = new ImagineOrder(interaction.Handle.Id, voter, address.ToString(), privacy.IsPrivate(interaction));
        if (await TryPreviewAsync(order, point, cancellationToken) is not { } job)
        {
            return;
        }

        try
        {
            var message = await discord.FollowUpAsync(interaction.Handle, ImagineView.PreviewBegun(job), cancellationToken);
            await imaginer.AcknowledgeAsync(job.Id, (address with { MessageId = message.Id }).ToString(), message.Id, cancellationToken);
        }
        catch (Exception exception) when (exception is DiscordException or HttpRequestException or StorageFullException)
        {
            LogUnsent(job.Id, exception.Message);
        }
    }

    private async Task<ImagineJob?> TryPreviewAsync(ImagineOrder order, int point, CancellationToken cancellationToken)
    {
        try
        {
            return await previewer.PreviewAsync(order, point, cancellationToken);
        }
        catch (StorageFullException)
        {
            // The choice that made it due is stored and answered.
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Preview {Job} is accepted but could not be announced: {Reason}")]
    private partial void LogUnsent(ulong job, string reason);
}
