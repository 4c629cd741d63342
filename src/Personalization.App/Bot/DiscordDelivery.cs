using System.Net;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;

namespace Personalization.App.Bot;

/// <summary>
/// Delivers a job's answer. While the interaction's token is valid, by editing its acknowledgement; after that, by editing
/// the same message as the bot; where that is not possible, by one new message in the channel, which is found again by the
/// job's buttons. What is for the person alone is edited by the token or not delivered. Repeating any of these leaves one answer.
/// An answer whose message was deleted is not wanted, and counts as delivered.
/// In an archived thread nothing can be changed: a new message brings the thread back, and takes the place of the old one.
/// </summary>
internal sealed partial class DiscordDelivery(
    IDiscord discord,
    IImagineJobStore jobs,
    IGridComposer composer,
    ComputeThreads threads,
    ImageBackends backends,
    Acknowledgements acknowledgements,
    TimeProvider time,
    ILogger<DiscordDelivery> logger) : IDelivery
{
    /// <summary>Messages in which an earlier delivery is looked for: the maximum of one request to Discord.</summary>
    private const int RecentMessages = 100;

    public async Task ShowProgressAsync(ImagineJob job, PaintingProgress progress, CancellationToken cancellationToken)
    {
        await acknowledgements.WaitAsync(job.Id, cancellationToken);
        var address = ReplyAddress.Parse(job.ReplyTo);
        if (!address.IsTokenAlive(time.GetUtcNow()))
        {
            return;
        }

        try
        {
            await EditAsync(address, Text.In(address.Locale, () => ImagineView.Progress(job, progress)), cancellationToken);
        }
        catch (Exception exception) when (exception is DiscordException or HttpRequestException)
        {
            LogNoProgress(job.Id, exception.Message);
        }
    }

    public async Task<bool> DeliverAsync(ImagineJob job, PaintedPicture grid, (int Width, int Height) size, CancellationToken cancellationToken)
    {
        var file = await threads.RunAsync(() => composer.Fit(grid.Png, Interaction.DefaultAttachmentSizeLimit), cancellationToken);
        return await SendAsync(
            job,
            address => ImagineView.Answer(job, size, file, backends.Find(job.Backend)?.UnknownWordsOf(job.Request) ?? [], address.IsUntold),
            cancellationToken);
    }

    public Task<bool> ApologizeAsync(ImagineJob job, CancellationToken cancellationToken) =>
        SendAsync(job, _ => ImagineView.Apology(job), cancellationToken);

    public bool IsKnown(Exception exception) => exception is DiscordException or HttpRequestException or UndeliverableException;

    /// <returns>False when it can no longer be delivered.</returns>
    private async Task<bool> SendAsync(ImagineJob job, Func<ReplyAddress, MessageBody> write, CancellationToken cancellationToken)
    {
        await acknowledgements.WaitAsync(job.Id, cancellationToken);
        // The acknowledgement may have added the message's id since the job was read.
        var address = ReplyAddress.Parse((await jobs.FindAsync(job.Id, cancellationToken) ?? job).ReplyTo);
        if (address.IsWithdrawn)
        {
            LogDeleted(job.Id);
            return true;
        }

        if (!address.IsReachable)
        {
            return false;
        }

        try
        {
            return await SendAsync(job, address, Text.In(address.Locale, () => write(address)), cancellationToken);
        }
        catch (DiscordException exception) when (exception.Status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge && !IsArchived(exception))
        {
            throw new UndeliverableException(exception.Message, exception);
        }
    }

    private async Task<bool> SendAsync(ImagineJob job, ReplyAddress address, MessageBody body, CancellationToken cancellationToken)
    {
        if (await EditByTokenAsync(address, body, cancellationToken))
        {
            return true;
        }

        if (address.IsFollowUp || address.IsPersonal)
        {
            LogUndeliverable(job.Id, "only its interaction's token reaches the person, and is no longer valid");
            return false;
        }

        if (await EditByIdAsync(address, body, cancellationToken))
        {
            return true;
        }

        if (!address.CanPost)
        {
            LogUndeliverable(job.Id, "its message can no longer be changed, and the bot may not write in the channel by itself");
            return false;
        }

        return await PostAsync(job, address, body, cancellationToken);
    }

    /// <returns>False when there is no message to edit.</returns>
    private async Task<bool> EditAsync(ReplyAddress address, MessageBody body, CancellationToken cancellationToken)
    {
        switch (address)
        {
            case { IsFollowUp: false }:
                await discord.EditOriginalAsync(address.Interaction, body, cancellationToken);
                return true;
            case { MessageId: { } message }:
                await discord.EditFollowUpAsync(address.Interaction, message, body, cancellationToken);
                return true;
            default:
                return false;
        }
    }

    private async Task<bool> EditByTokenAsync(ReplyAddress address, MessageBody body, CancellationToken cancellationToken)
    {
        if (!address.IsTokenAlive(time.GetUtcNow()))
        {
            return false;
        }

        try
        {
            return await EditAsync(address, body, cancellationToken);
        }
        catch (DiscordException exception) when (exception.Code == DiscordErrorCode.UnknownMessage)
        {
            await WithdrawAsync(address, cancellationToken);
            return true;
        }
        catch (DiscordException exception) when (IsGone(exception) || (address.CanPost && IsArchived(exception)))
        {
            return false;
        }
    }

    private async Task<bool> EditByIdAsync(ReplyAddress address, MessageBody body, CancellationToken cancellationToken)
    {
        if (address is not { MessageId: { } message, Interaction.ChannelId: { } channel })
        {
            return false;
        }

        try
        {
            await discord.EditMessageAsync(channel, message, body, cancellationToken);
            return true;
        }
        catch (DiscordException exception) when (exception.Code == DiscordErrorCode.UnknownMessage)
        {
            await WithdrawAsync(address, cancellationToken);
            return true;
        }
        catch (DiscordException exception) when (IsGone(exception) || (address.CanPost && IsArchived(exception)))
        {
            return false;
        }
    }

    /// <summary>Takes it that an answer whose message was deleted is not wanted.</summary>
    private async Task WithdrawAsync(ReplyAddress address, CancellationToken cancellationToken)
    {
        LogDeleted(address.Interaction.Id);
        await jobs.WithdrawAsync(address.MessageId is { } deleted ? [deleted] : [], ReplyAddress.Withdraw, cancellationToken);
    }

    private async Task<bool> PostAsync(ImagineJob job, ReplyAddress address, MessageBody body, CancellationToken cancellationToken)
    {
        if (address.Interaction.ChannelId is not { } channel)
        {
            LogUndeliverable(job.Id, "it came from no channel");
            return false;
        }

        try
        {
            var recent = await discord.RecentMessagesAsync(channel, RecentMessages, cancellationToken);
            var earlier = recent.FirstOrDefault(message => message.InteractionId == job.Id || message.CustomIds.Any(id => id.StartsWith($"imagine:pick:{job.Id}:", StringComparison.Ordinal) || id == $"imagine:again:{job.Id}"));
            var isEdited = earlier is not null && await IsEditedAsync(channel, earlier.Id, body, cancellationToken);
            var posted = isEdited ? earlier! : await discord.CreateMessageAsync(channel, body, nonce: job.Id.ToString(), cancellationToken);

            // Before the old message goes: a message that is deleted takes the pictures of its job with it.
            await jobs.SetReplyToAsync(job.Id, (address with { MessageId = posted.Id, IsMoved = true }).ToString(), posted.Id, cancellationToken);
            if (!isEdited)
            {
                await RemoveAsync(channel, earlier?.Id, cancellationToken);
            }

            return true;
        }
        catch (DiscordException exception) when (IsGone(exception))
        {
            // The bot is not in the server, or not any more, so the person cannot be reached.
            LogUndeliverable(job.Id, exception.Message);
            return false;
        }
    }

    /// <returns>False when its thread is archived.</returns>
    private async Task<bool> IsEditedAsync(ulong channel, ulong message, MessageBody body, CancellationToken cancellationToken)
    {
        try
        {
            await discord.EditMessageAsync(channel, message, body, cancellationToken);
            return true;
        }
        catch (DiscordException exception) when (IsArchived(exception))
        {
            return false;
        }
    }

    /// <summary>Removes the message that a new one took the place of.</summary>
    private async Task RemoveAsync(ulong channel, ulong? message, CancellationToken cancellationToken)
    {
        try
        {
            await (message is { } id ? discord.DeleteMessageAsync(channel, id, cancellationToken) : Task.CompletedTask);
        }
        catch (Exception exception) when (exception is DiscordException or HttpRequestException)
        {
            // The answer is there; the old message only repeats that it was asked for.
            LogNotRemoved(channel, exception.Message);
        }
    }

    private static bool IsArchived(DiscordException exception) => exception.Code == DiscordErrorCode.ThreadArchived;

    // Retrying cannot help: an expired token, a deleted message or channel, a missing permission.
    private static bool IsGone(DiscordException exception) =>
        exception.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden || exception.Code == DiscordErrorCode.InvalidWebhookToken;

    [LoggerMessage(Level = LogLevel.Debug, Message = "Job {Job}: progress was not shown: {Reason}")]
    private partial void LogNoProgress(ulong job, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job}: its message was deleted, so it is not delivered")]
    private partial void LogDeleted(ulong job);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A message in channel {Channel} that a new one took the place of could not be removed: {Reason}")]
    private partial void LogNotRemoved(ulong channel, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} cannot be delivered: {Reason}")]
    private partial void LogUndeliverable(ulong job, string reason);
}
