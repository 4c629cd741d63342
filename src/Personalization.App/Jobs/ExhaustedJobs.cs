using Personalization.Imagine.Jobs;
using Quartz;

namespace Personalization.App.Jobs;

/// <summary>Quartz deletes a job whose retries are spent and says so here alone: the row is ended and the person told.</summary>
internal sealed class ExhaustedJobs(ImagineRunner runner) : ITriggerListener
{
    public string Name => nameof(ExhaustedJobs);

    public async ValueTask TriggerRetriesExhausted(ITrigger trigger, IJobExecutionContext context, JobExecutionException exception, CancellationToken cancellationToken = default) =>
        await runner.GiveUpAsync(ImagineSchedule.IdOf(context.JobDetail.Key), cancellationToken);
}
