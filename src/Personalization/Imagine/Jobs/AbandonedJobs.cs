using Personalization.Imagine.Backends;

namespace Personalization.Imagine.Jobs;

/// <summary>Removes from backends what they may still have of jobs that ended without pictures before the program was started: it may have stopped before they had let go of them.</summary>
public sealed class AbandonedJobs(IImagineJobStore jobs, ImageBackends backends, TimeProvider time)
{
    // Earlier runs of the program have removed what is older.
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    /// <summary>Removes what is left of the jobs of the last day.</summary>
    public async Task DiscardAsync(CancellationToken cancellationToken)
    {
        foreach (var job in await jobs.AbandonedAsync(time.GetUtcNow() - MaxAge, cancellationToken))
        {
            if (backends.Find(job.Backend) is { } backend)
            {
                await PaintingCalls.DiscardAsync(backend, job.Ticket, cancellationToken);
            }
        }
    }
}
