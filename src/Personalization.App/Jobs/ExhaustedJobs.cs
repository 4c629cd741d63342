using Personalization.Imagine.Jobs;
using Quartz;

namespace Personalization.App.Jobs;

/// <summary>Closes a job whose retries are exhausted and apologizes to the person. Quartz deletes such a job and reports it only here.</summary>
internal sealed class ExhaustedJobs(ImagineRunner runner) : ITriggerListener
{
    public string Name => nameof(ExhaustedJobs);

    public async ValueTask TriggerRetriesExhausted(ITrigger trigger, IJobExecutionContext context, JobExecutionException exception, CancellationToken cancellationToken = default) =>
        await runner.GiveUpAsync(ImagineSchedule.IdOf(context.JobDetail.Key), cancellationToken);
}
