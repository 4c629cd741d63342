using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Personalization.Imagine.Jobs;
using Personalization.Storage;
using Quartz;

namespace Personalization.App.Jobs;

/// <summary>Runs a due job with <see cref="ImagineRunner"/>. Quartz calls it again after an exception, a shutdown or a crash.</summary>
internal sealed partial class ImagineJobRunner(ImagineRunner runner, StorageSpace space, ILogger<ImagineJobRunner> logger) : IJob
{
    /// <exception cref="JobExecutionException">The run failed and is to be repeated; the reason is logged here.</exception>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var id = ImagineSchedule.IdOf(context.JobDetail.Key);
        try
        {
            // What cannot be saved is not painted, and waiting for space is no try.
            space.Require();
            await runner.RunAsync(id, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The runner has logged the failure of a step, and could not log that of its own rows.
            if (exception is DbException or DbUpdateException)
            {
                LogNoStorage(id, exception.GetBaseException().Message);
            }

            LogRepeated(exception, id);
            throw new JobExecutionException(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} could not be read or changed in the database: {Reason}")]
    private partial void LogNoStorage(ulong jobId, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Job {JobId} failed and is run again after a while")]
    private partial void LogRepeated(Exception exception, ulong jobId);
}
