using Personalization.Imagine.Jobs;
using Quartz;

namespace Personalization.App.Jobs;

/// <summary>Hands a due job to <see cref="ImagineRunner"/>. Quartz calls it again after a throw, a shutdown or a crash.</summary>
internal sealed class ImagineJobRunner(ImagineRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await runner.RunAsync(ImagineSchedule.IdOf(context.JobDetail.Key), cancellationToken);
}
