using Personalization.Imagine.Jobs;

namespace Personalization.Testing;

/// <summary>Accepts every job and keeps it, unless the test has it answer otherwise.</summary>
public sealed class RecordedQueue : IImagineQueue
{
    public List<ImagineJob> Jobs { get; } = [];

    public EnqueueResult Answer { get; set; } = new EnqueueResult.Accepted();

    public Task<EnqueueResult> EnqueueAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        Jobs.Add(job);
        return Task.FromResult(Answer);
    }
}
