using Personalization.Imagine.Jobs;
using Quartz;

namespace Personalization.App.Jobs;

/// <summary>
/// Starts the scheduler once everything that a job needs has started, and periodically schedules jobs that have a row but no
/// place in the queue, and runs those that a clock set back has parked: the row is the truth, whatever happened to the queue.
/// </summary>
internal sealed partial class ImagineJobService(
    ImagineScheduler schedulers,
    IImagineJobStore jobs,
    IHostApplicationLifetime lifetime,
    TimeProvider timeProvider,
    ILogger<ImagineJobService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ApplicationStartedAsync(stoppingToken);
        var scheduler = await schedulers.StartAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, timeProvider);
        do
        {
            try
            {
                await ReconcileAsync(scheduler, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogNotReconciled(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ReconcileAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        foreach (var id in await jobs.UnfinishedAsync(cancellationToken))
        {
            if (await scheduler.Exists(ImagineSchedule.KeyOf(id), cancellationToken))
            {
                if (await ImagineSchedule.RunIfParkedAsync(scheduler, id, cancellationToken))
                {
                    LogParked(id);
                }

                continue;
            }

            // It may have ended since it was listed.
            if (await jobs.FindAsync(id, cancellationToken) is { State: not (JobState.Delivered or JobState.Closed or JobState.Untold) } job)
            {
                LogOrphan(id, job.State);
                await ImagineSchedule.ScheduleAsync(scheduler, id, cancellationToken);
            }
        }
    }

    private async Task ApplicationStartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} in state {State} had no place in the queue; it has one again")]
    private partial void LogOrphan(ulong jobId, JobState state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} waited for a time that the clock has been set back from; it runs now")]
    private partial void LogParked(ulong jobId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Unfinished jobs could not be compared with the queue; the next attempt is in a minute")]
    private partial void LogNotReconciled(Exception exception);
}
