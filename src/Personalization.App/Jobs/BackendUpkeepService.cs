using Microsoft.Extensions.Options;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;

namespace Personalization.App.Jobs;

/// <summary>
/// Removes from image servers what they may still have of jobs of an earlier run, and asks them from time to time what they are:
/// one may be started with another model, or have been away, and a list that is read from the internet must not keep a person waiting.
/// </summary>
internal sealed partial class BackendUpkeepService(ImageBackends backends, AbandonedJobs abandoned, IOptions<ImagineOptions> options, TimeProvider time, ILogger<BackendUpkeepService> logger) : BackgroundService
{
    /// <summary>How often the servers are asked. The check at the start asks them first.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        await TryAsync("remove what is left of jobs", abandoned.DiscardAsync, stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (name, model) in options.Value.Models())
            {
                await TryAsync("ask what it is", token => backends.Require(name).InspectAsync(model, token), stoppingToken);
            }
        }
    }

    private async Task TryAsync(string what, Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception, what);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The upkeep of image servers failed to {What}")]
    private partial void LogFailed(Exception exception, string what);
}
