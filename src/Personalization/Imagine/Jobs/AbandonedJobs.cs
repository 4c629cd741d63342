using Personalization.Imagine.Backends;

namespace Personalization.Imagine.Jobs;

/// <summary>
/// Stops at backends, and removes from them, what they may still have of jobs that ended without pictures before the program was
/// started: it may have been killed between the end of a job and the calls to its backend.
/// </summary>
public sealed class AbandonedJobs(IImagineJobStore jobs, ImageBackends backends, TimeProvider time)
{
    // What is older was for earlier starts to remove, or the server has dropped it at a start of its own.
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    /// <summary>Stops and removes what is left of the jobs of the last day. A backend that cannot be reached is asked once; the next start asks it again.</summary>
    public async Task DiscardAsync(CancellationToken cancellationToken)
    {
        var away = new HashSet<IImageBackend>();
        foreach (var job in await jobs.AbandonedAsync(time.GetUtcNow() - MaxAge, cancellationToken))
        {
            if (job.Ticket is not { } ticket || backends.Find(job.Backend) is not { } backend || away.Contains(backend))
            {
                continue;
            }

            if (await TryCancelAsync(backend, ticket, cancellationToken))
            {
                await PaintingCalls.DiscardAsync(backend, ticket, cancellationToken);
            }
            else
            {
                away.Add(backend);
            }
        }
    }

    /// <returns>Whether the backend can be reached.</returns>
    private static async Task<bool> TryCancelAsync(IImageBackend backend, string ticket, CancellationToken cancellationToken)
    {
        try
        {
            await PaintingCalls.CancelAsync(backend, ticket, cancellationToken);
            return true;
        }
        catch (BackendException exception)
        {
            // Each further call to one that is away would wait as long again.
            return exception.Fault != BackendFault.Unavailable;
        }
    }
}
