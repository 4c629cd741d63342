using Personalization.Imagine.Jobs;
using Quartz;

namespace Personalization.App.Jobs;

/// <summary>Jobs in Quartz: the key is the job's id, and nothing else is stored.</summary>
internal static class ImagineSchedule
{
    public const string Group = "imagine";

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(5);
    private const double Jitter = 0.2;

    /// <summary>
    /// Far more than <see cref="ImagineRunner"/> uses: the count in the job's row decides when to give up, and this one
    /// only limits failures that keep the row's count from being written, such as a full disk.
    /// </summary>
    public static RetryPolicy Retries { get; } = RetryPolicy.Exponential(
        maxAttempts: 2 * (ImagineRunner.MaxPaintingFaults + ImagineRunner.MaxDeliveryFaults),
        initialDelay: FirstDelay,
        factor: 2,
        maxDelay: MaxDelay,
        jitter: Jitter);

    public static JobKey KeyOf(ulong id) => new(id.ToString(), Group);

    public static ulong IdOf(JobKey key) => ulong.Parse(key.Name);

    /// <summary>Schedules jobs to run at once, whatever the clock says now and later. The turns to paint are <see cref="PaintingTurns"/>'s.</summary>
    /// <exception cref="ObjectAlreadyExistsException">One of them is scheduled already; none was scheduled.</exception>
    public static Task ScheduleAsync(IScheduler scheduler, IEnumerable<ulong> ids, CancellationToken cancellationToken) =>
        scheduler.ScheduleJobs(
            ids.ToDictionary(
                id => JobBuilder.Create<ImagineJobRunner>().WithIdentity(KeyOf(id)).RequestRecovery().Build(),
                IReadOnlyCollection<ITrigger> (id) => [AtOnce(new(id.ToString(), Group), KeyOf(id))]),
            cancellationToken: cancellationToken).AsTask();

    /// <summary>
    /// Runs a job at once whose next run is later than any delay of <see cref="Retries"/> from now: the clock was set back since
    /// the run was scheduled.
    /// </summary>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> RunIfParkedAsync(IScheduler scheduler, ulong id, CancellationToken cancellationToken)
    {
        var latest = scheduler.TimeProvider.GetUtcNow() + (MaxDelay * (1 + Jitter));
        var isParked = false;
        foreach (var trigger in await scheduler.GetTriggersOfJob(KeyOf(id), cancellationToken))
        {
            if (trigger.NextFireTimeUtc > latest)
            {
                isParked = true;
                await scheduler.RescheduleJob(trigger.Key, AtOnce(trigger.Key, trigger.JobKey), cancellationToken);
            }
        }

        return isParked;
    }

    // A time that no clock is before. Ignoring misfires runs it at once after a restart too: any other instruction gives it
    // a new time, in a pass that runs once a minute.
    private static ITrigger AtOnce(TriggerKey key, JobKey job) => TriggerBuilder.Create()
        .WithIdentity(key)
        .ForJob(job)
        .StartAt(DateTimeOffset.UnixEpoch)
        .WithSimpleSchedule(schedule => schedule.WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires))
        .Build();
}
