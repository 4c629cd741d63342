using Personalization.Imagine.Jobs;
using Quartz;

namespace Personalization.App.Jobs;

/// <summary>Runs a due job with <see cref="ImagineRunner"/>. Quartz calls it again after an exception, a shutdown or a crash.</summary>
internal sealed class ImagineJobRunner(ImagineRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await runner.RunAsync(ImagineSchedule.IdOf(context.JobDetail.Key), cancellationToken);
}
