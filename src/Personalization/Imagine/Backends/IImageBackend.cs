namespace Personalization.Imagine.Backends;

/// <summary>Something that paints pictures from a request.</summary>
public interface IImageBackend
{
    /// <summary>The name configuration knows it by, such as <c>Painter</c>.</summary>
    string Name { get; }

    /// <summary>The pixel area its pictures should have, and the step widths and heights come in.</summary>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    (int Area, int Step) SizeOf(string model);

    /// <summary>What the backend can do with a model: as declared, less what a check has proved false.</summary>
    BackendCapabilities CapabilitiesOf(string model);

    /// <summary>
    /// Paints <see cref="ImageRequest.Count"/> pictures, in order. Goes on with the backend's own job where the journal has
    /// its ticket and the backend still knows it; else begins anew.
    /// </summary>
    /// <exception cref="BackendException">It could not, for a reason that is not the person's.</exception>
    Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken);

    /// <summary>Stops the backend's own job.</summary>
    /// <param name="ticket">What <see cref="IPaintingReporter.KeepTicketAsync"/> was given.</param>
    /// <returns>Whether it was stopped; false when it had ended or cannot be stopped any more.</returns>
    Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken);
}
