using Personalization.Imagine.Backends;
using Personalization.Pictures;
namespace Personalization.Imagine.Jobs;

/// <summary>
/// Brings answers to people. Delivering and apologizing may be repeated: the person still sees one answer. Both return
/// when that is so, or when nobody can be told any more; what may pass (the network, a limit) they throw, to be tried again,
/// and <see cref="UndeliverableException"/> for what will not.
/// </summary>
public interface IDelivery
{
    /// <summary>Shows how far the job is. Best effort: never throws for what the other side does.</summary>
    Task ShowProgressAsync(ImagineJob job, PaintingProgress progress, CancellationToken cancellationToken);

    /// <summary>Delivers a painted job's pictures.</summary>
    /// <param name="grid">All its pictures in one.</param>
    Task DeliverAsync(ImagineJob job, PaintedPicture grid, CancellationToken cancellationToken);

    /// <summary>Tells the person that the job failed, with <see cref="ImagineJob.Failure"/> as the reason.</summary>
    Task ApologizeAsync(ImagineJob job, CancellationToken cancellationToken);
}
