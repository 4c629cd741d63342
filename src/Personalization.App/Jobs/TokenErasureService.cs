using Personalization.App.Bot;
using Personalization.Storage.Imagine;

namespace Personalization.App.Jobs;

/// <summary>Erases the tokens of interactions from the rows of jobs once Discord no longer accepts them.</summary>
internal sealed partial class TokenErasureService(ImagineJobStore jobs, TimeProvider time, ILogger<TokenErasureService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // A job that was accepted then may have been given its address again since the last pass.
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    private DateTimeOffset _from = DateTimeOffset.UnixEpoch;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await EraseAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotErased(exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Erases what has died since the last call; at the first, all that is dead.</summary>
    internal async Task EraseAsync(CancellationToken cancellationToken)
    {
        var dead = time.GetUtcNow() - ReplyAddress.TokenLifetime;
        await jobs.RewriteReplyToAsync(_from, dead, ReplyAddress.NoToken, json => ReplyAddress.Parse(json).WithoutToken().ToString(), cancellationToken);
        _from = dead - Overlap;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Dead tokens are not erased yet; the next attempt is in a minute: {Reason}")]
    private partial void LogNotErased(string reason);
}
