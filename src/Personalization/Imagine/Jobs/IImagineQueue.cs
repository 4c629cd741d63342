namespace Personalization.Imagine.Jobs;

/// <summary>Accepts jobs so that they are done even after a crash.</summary>
public interface IImagineQueue
{
    /// <summary>Stores a job and schedules it, in one transaction; durable when the task completes.</summary>
    Task<EnqueueResult> EnqueueAsync(ImagineJob job, CancellationToken cancellationToken);
}
