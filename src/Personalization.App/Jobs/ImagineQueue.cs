using Microsoft.Extensions.Options;
using Personalization.Imagine.Jobs;
using Personalization.Storage;
using Personalization.Storage.Imagine;
using Quartz;

namespace Personalization.App.Jobs;

/// <summary>Stores a job and schedules it in one transaction, so that neither exists without the other.</summary>
internal sealed class ImagineQueue(ImagineJobStore jobs, ImagineScheduler schedulers, StorageSpace space, IOptions<JobsOptions> options) : IImagineQueue
{
    public async Task<EnqueueResult> EnqueueAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        // The row would still fit; the pictures would not.
        space.Require();
        var scheduler = await schedulers.StartedAsync(cancellationToken);
        IDisposable? enlistment = null;
        try
        {
            return await jobs.AddAsync(
                job,
                options.Value,
                async transaction =>
                {
                    enlistment = scheduler.EnlistTransaction(transaction);
                    await ImagineSchedule.ScheduleAsync(scheduler, job.Id, cancellationToken);
                },
                cancellationToken);
        }
        finally
        {
            // After the commit: disposing notifies the scheduler of the new trigger.
            enlistment?.Dispose();
        }
    }
}
