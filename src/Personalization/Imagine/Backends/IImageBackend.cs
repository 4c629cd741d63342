namespace Personalization.Imagine.Backends;

/// <summary>Something that paints pictures from a request.</summary>
public interface IImageBackend
{
    /// <summary>The name under which configuration refers to it, such as <c>ComfyUi</c>.</summary>
    string Name { get; }

    /// <summary>The models that its own settings name, so that a name which no version uses is noticed; empty where it has no such settings.</summary>
    IReadOnlyCollection<string> NamedModels => [];

    /// <summary>The area of its pictures in square pixels, and the step in pixels of which widths and heights are multiples.</summary>
    /// <exception cref="ArgumentException">There is no such model.</exception>
    (int Area, int Step) SizeOf(string model);

    /// <summary>What the backend can do with a model: as declared, without what a check has proved false.</summary>
    BackendCapabilities CapabilitiesOf(string model);

    /// <summary>
    /// Asks the server what it is, so that <see cref="SizeOf"/> and <see cref="CapabilitiesOf"/> are its own and not what settings
    /// and names suggest. Paints nothing and costs nothing; changes nothing where the server cannot be asked.
    /// </summary>
    Task InspectAsync(string model, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// The things a request names that this backend cannot paint, so that its answer says so; empty for a model of images, which
    /// attempts all. Equal requests have equal words, so that they need not be kept.
    /// </summary>
    IReadOnlyList<string> UnknownWordsOf(ImageRequest request) => [];

    /// <summary>
    /// Paints <see cref="ImageRequest.Count"/> pictures, in order. Continues the backend's own job where the reporter has its
    /// ticket and the backend still knows it; otherwise starts a new one.
    /// </summary>
    /// <exception cref="BackendException">It could not, for a reason other than the prompt.</exception>
    Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken);

    /// <summary>Stops the backend's own job.</summary>
    /// <param name="ticket">What <see cref="IPaintingReporter.KeepTicketAsync"/> was given.</param>
    /// <returns>False when it had ended or can no longer be stopped.</returns>
    Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken);

    /// <summary>
    /// Removes what the server keeps of the backend's own job, now or once it has let go of it: when its pictures are stored
    /// here (until then, a job that is interrupted finds them there), or it was stopped. Nothing depends on it, so failures are
    /// ignored.
    /// </summary>
    /// <param name="ticket">What <see cref="IPaintingReporter.KeepTicketAsync"/> was given.</param>
    Task DiscardAsync(string ticket, CancellationToken cancellationToken) => Task.CompletedTask;
}
