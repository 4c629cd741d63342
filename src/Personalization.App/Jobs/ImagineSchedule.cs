using Personalization.Imagine.Jobs;
using Quartz;

namespace Personalization.App.Jobs;

/// <summary>Jobs in Quartz: the key is the job's id, and nothing else is stored.</summary>
internal static class ImagineSchedule
{
    public const string Group = "imagine";

    /// <summary>
    /// Far more than <see cref="ImagineRunner"/> uses: the count in the job's row decides when to give up, and this one
    /// only limits failures that keep the row's count from being written, such as a full disk.
    /// </summary>
    public static RetryPolicy Retries { get; } = RetryPolicy.Exponential(
        maxAttempts: 2 * (ImagineRunner.MaxPaintingFaults + ImagineRunner.MaxDeliveryFaults),
        initialDelay: TimeSpan.FromSeconds(2),
        factor: 2,
        maxDelay: TimeSpan.FromMinutes(5),
        jitter: 0.2);

    public static JobKey KeyOf(ulong id) => new(id.ToString(), Group);

    public static ulong IdOf(JobKey key) => ulong.Parse(key.Name);

    /// <summary>Schedules a job to run as soon as a worker is free, in the order in which jobs were accepted.</summary>
    public static async Task ScheduleAsync(IScheduler scheduler, ulong id, DateTimeOffset acceptedAt, CancellationToken cancellationToken)
    {
        var job = JobBuilder.Create<ImagineJobRunner>()
            .WithIdentity(KeyOf(id))
            .RequestRecovery()
            .Build();
        var now = scheduler.TimeProvider.GetUtcNow();

        // Ignoring misfires keeps the place of a job that has waited, and runs it at once after a restart: any other
        // instruction gives it a new time, in a pass that runs once a minute.
        var trigger = TriggerBuilder.Create()
            .WithIdentity(id.ToString(), Group)
            .StartAt(acceptedAt < now ? acceptedAt : now)
            .WithSimpleSchedule(schedule => schedule.WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires))
            .Build();
        await scheduler.ScheduleJob(job, trigger, cancellationToken: cancellationToken);
    }
}
