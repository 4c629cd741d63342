using Personalization.Imagine.Jobs;

namespace Personalization.Testing;

/// <summary>Accepts every job and keeps it.</summary>
public sealed class RecordedQueue : IImagineQueue
{
    public List<ImagineJob> Jobs { get; } = [];

    public Task<bool> EnqueueAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        Jobs.Add(job);
        return Task.FromResult(true);
    }
}
