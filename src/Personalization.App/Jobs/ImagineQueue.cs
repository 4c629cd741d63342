using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Personalization.Imagine.Jobs;
using Personalization.Storage;
using Personalization.Storage.Imagine;

namespace Personalization.App.Jobs;

/// <summary>
/// Stores a job, which is all that its acknowledgement waits for. <see cref="ImagineJobService"/> schedules it afterwards, and
/// finds what was stored but not scheduled when the process died.
/// </summary>
internal sealed class ImagineQueue(ImagineJobStore jobs, StorageSpace space, IOptions<JobsOptions> options) : IImagineQueue
{
    private readonly Channel<ulong> _accepted = Channel.CreateUnbounded<ulong>(new() { SingleReader = true });

    /// <summary>The jobs that were stored and are to be scheduled, in that order.</summary>
    public ChannelReader<ulong> Accepted => _accepted.Reader;

    public async Task<EnqueueResult> EnqueueAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        // The row would still fit; the pictures would not.
        space.Require();
        var result = await AddAsync(job, cancellationToken);
        if (result is EnqueueResult.Accepted)
        {
            _accepted.Writer.TryWrite(job.Id);
        }

        return result;
    }

    private async Task<EnqueueResult> AddAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        try
        {
            return await jobs.AddAsync(job, options.Value, cancellationToken);
        }
        catch (Exception exception) when (exception is not (StorageFullException or OperationCanceledException))
        {
            // A connection that ended in the commit leaves open whether the job was stored. If it was, it will be painted.
            if (await IsStoredAsync(job.Id, cancellationToken))
            {
                return new EnqueueResult.Accepted();
            }

            throw;
        }
    }

    private async Task<bool> IsStoredAsync(ulong id, CancellationToken cancellationToken)
    {
        try
        {
            return await jobs.FindAsync(id, cancellationToken) is not null;
        }
        catch (Exception)
        {
            // What failed before is told.
            return false;
        }
    }
}
