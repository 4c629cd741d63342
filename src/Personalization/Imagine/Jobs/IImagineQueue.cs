namespace Personalization.Imagine.Jobs;

/// <summary>Accepts jobs so that they are done even after a crash.</summary>
public interface IImagineQueue
{
    /// <summary>Stores a job and schedules it, in one transaction; durable when the task completes.</summary>
    /// <returns>False when a job with this id, or the person's preview of the same point, was accepted before; nothing was changed then.</returns>
    Task<bool> EnqueueAsync(ImagineJob job, CancellationToken cancellationToken);
}
