using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Imagine.Jobs;

/// <summary>
/// Brings answers to people. Delivering and apologizing may be repeated: the person still sees one answer. Both return once
/// the person sees it, or when it can no longer be delivered. They throw where trying again may help (the network, a limit),
/// and <see cref="UndeliverableException"/> where the answer is refused for its content.
/// </summary>
public interface IDelivery
{
    /// <summary>Shows how far the job is. Best effort: failures of the chat are not thrown.</summary>
    Task ShowProgressAsync(ImagineJob job, PaintingProgress progress, CancellationToken cancellationToken);

    /// <summary>Delivers a painted job's pictures.</summary>
    /// <param name="grid">All its pictures in one.</param>
    /// <param name="size">The size of one in pixels: servers may round the requested one.</param>
    /// <returns>False when it can no longer be delivered.</returns>
    Task<bool> DeliverAsync(ImagineJob job, PaintedPicture grid, (int Width, int Height) size, CancellationToken cancellationToken);

    /// <summary>Whether a failure is the chat's or the network's own, so that its message says all that a log needs.</summary>
    bool IsKnown(Exception exception) => exception is HttpRequestException or UndeliverableException;

    /// <summary>Tells the person that the job failed, with <see cref="ImagineJob.Failure"/> as the reason.</summary>
    /// <returns>False when it can no longer be told.</returns>
    Task<bool> ApologizeAsync(ImagineJob job, CancellationToken cancellationToken);
}
