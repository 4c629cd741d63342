using Quartz;

namespace Personalization.App.Jobs;

/// <summary>The scheduler, once it has started: its tables exist, and the jobs of a killed process are back in the queue.</summary>
internal sealed class ImagineScheduler(ISchedulerFactory schedulers)
{
    private readonly TaskCompletionSource<IScheduler> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<IScheduler> StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.Start(cancellationToken);
        _started.TrySetResult(scheduler);
        return scheduler;
    }

    public Task<IScheduler> StartedAsync(CancellationToken cancellationToken) => _started.Task.WaitAsync(cancellationToken);
}
