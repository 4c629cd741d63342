using Personalization.Imagine.Jobs;
using Quartz;

namespace Personalization.App.Jobs;

/// <summary>
/// Starts the scheduler once everything that a job needs has started, and schedules what is accepted. Periodically it also
/// schedules jobs that have a row but no place in the queue, and runs those that a clock set back has parked: the row is the
/// truth, whatever happened to the queue.
/// </summary>
internal sealed partial class ImagineJobService(
    ISchedulerFactory schedulers,
    ImagineQueue queue,
    IImagineJobStore jobs,
    IHostApplicationLifetime lifetime,
    TimeProvider timeProvider,
    ILogger<ImagineJobService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // An acknowledgement is sent meanwhile: what a job begins with would take the processor from it.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ApplicationStartedAsync(stoppingToken);

        // Its tables exist from here on, and the jobs of a killed process are back in the queue.
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        await scheduler.Start(stoppingToken);
        using var timer = new PeriodicTimer(Interval, timeProvider);
        var (due, accepted) = (Task.FromResult(true), queue.Accepted.WaitToReadAsync(stoppingToken).AsTask());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ScheduleAcceptedAsync(scheduler, stoppingToken);
                if (due.IsCompleted)
                {
                    due = timer.WaitForNextTickAsync(stoppingToken).AsTask();
                    await ReconcileAsync(scheduler, stoppingToken);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotScheduled(exception);
            }

            if (accepted.IsCompleted)
            {
                accepted = queue.Accepted.WaitToReadAsync(stoppingToken).AsTask();
            }

            await Task.WhenAny(due, accepted);
        }
    }

    /// <summary>All that were accepted within <see cref="Gathering"/> of the first, in one transaction.</summary>
    private async Task ScheduleAcceptedAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        if (!queue.Accepted.TryPeek(out _))
        {
            return;
        }

        await Task.Delay(Gathering, timeProvider, cancellationToken);
        var ids = new List<ulong>();
        while (queue.Accepted.TryRead(out var id))
        {
            ids.Add(id);
        }

        try
        {
            await ImagineSchedule.ScheduleAsync(scheduler, ids, cancellationToken);
        }
        catch (ObjectAlreadyExistsException)
        {
            // ReconcileAsync found the row of one of them first.
            foreach (var id in ids)
            {
                if (!await scheduler.Exists(ImagineSchedule.KeyOf(id), cancellationToken))
                {
                    await ImagineSchedule.ScheduleAsync(scheduler, [id], cancellationToken);
                }
            }
        }
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
                await ImagineSchedule.ScheduleAsync(scheduler, [id], cancellationToken);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Accepted jobs could not be scheduled; the next attempt is within a minute")]
    private partial void LogNotScheduled(Exception exception);
}
