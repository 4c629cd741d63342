namespace Personalization.Imagine.Jobs;

/// <summary>Accepts jobs so that they are done even after a crash.</summary>
public interface IImagineQueue
{
    /// <summary>Stores a job, durable when the task completes, and has it run soon.</summary>
    Task<EnqueueResult> EnqueueAsync(ImagineJob job, CancellationToken cancellationToken);
}
