using Personalization.App.Bot;
using Personalization.Discord.Gateway;
using Personalization.Imagine.Jobs;

namespace Personalization.App.Jobs;

/// <summary>Withdraws pictures whose message was deleted: from then on they stay with their maker.</summary>
internal sealed partial class WithdrawalService(DeletedMessages deleted, IImagineJobStore jobs, TimeProvider time, ILogger<WithdrawalService> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var messages in deleted.ReadAllAsync(stoppingToken))
        {
            while (!await WithdrawAsync(messages, stoppingToken))
            {
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task<bool> WithdrawAsync(IReadOnlyList<ulong> messages, CancellationToken cancellationToken)
    {
        try
        {
            var count = await jobs.WithdrawAsync(messages, ReplyAddress.Withdraw, cancellationToken);
            if (count > 0)
            {
                LogWithdrawn(count);
            }

            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Until it is stored, others are still shown what was taken away.
            LogNotWithdrawn(exception.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The pictures of {Count} deleted messages are withdrawn")]
    private partial void LogWithdrawn(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pictures of deleted messages are not withdrawn yet: {Reason}")]
    private partial void LogNotWithdrawn(string reason);
}
