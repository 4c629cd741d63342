using System.Collections.Concurrent;
using Personalization.Imagine.Backends;
using Personalization.Imaging;

namespace Personalization.Backends;

/// <summary>
/// A server behind a circuit breaker: once it has failed a few times in a row it is left alone for a while, and jobs go
/// elsewhere, or their people are told, without waiting for it. What comes from it is checked at the door: unfinished
/// pictures, the shape of finished ones, and answers of any form.
/// </summary>
/// <param name="candidates">How many pictures to paint for the best to be kept; 0 for no more than are asked for.</param>
internal sealed class GuardedBackend(IImageBackend inner, TimeProvider time, int candidates = 0) : IImageBackend, IDisposable
{
    private readonly IImageBackend _inner = inner;
    private readonly Circuit _circuit = new(time);
    private readonly ConcurrentDictionary<string, BackendCapabilities> _proved = new(StringComparer.Ordinal);

    public string Name => _inner.Name;

    public (int Area, int Step) SizeOf(string model) => _inner.SizeOf(model);

    public BackendCapabilities CapabilitiesOf(string model) => (_proved.TryGetValue(model, out var proved) ? proved : _inner.CapabilitiesOf(model)) with { Candidates = candidates };

    /// <summary>Switches off what has proved false; null believes all that is declared again.</summary>
    public void Limit(string model, BackendCapabilities? proved)
    {
        if (proved is null)
        {
            _proved.TryRemove(model, out _);
        }
        else
        {
            _proved[model] = proved;
        }
    }

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken)
    {
        if (!_circuit.TryEnter())
        {
            throw new BackendException(BackendFault.Unavailable, $"{Name} failed {Circuit.Failures} times in a row and is left alone for {Circuit.Pause.TotalSeconds:0} s.");
        }

        try
        {
            var result = await ReadableAsync(() => _inner.PaintAsync(Sayable(request), sources, new CheckedJournal(Name, PictureSanitizer.MostPixels(request), journal), cancellationToken));
            _circuit.Answered();
            return Shaped(result, request);
        }
        catch (BackendException exception)
        {
            if (exception.Fault == BackendFault.Unavailable)
            {
                _circuit.Failed();
            }
            else
            {
                _circuit.Answered();
            }

            throw;
        }
    }

    public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken) => ReadableAsync(() => _inner.CancelAsync(ticket, cancellationToken));

    public void Dispose() => (_inner as IDisposable)?.Dispose();

    /// <summary>A number where text should be, and the like: what a server answers may have any form.</summary>
    private async Task<T> ReadableAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or OverflowException or ArgumentException or NotSupportedException)
        {
            // What it could not be read as may be quoted in it.
            throw new BackendException(BackendFault.Failed, $"{Name} answered in a form that nobody can use ({exception.GetType().Name}).") { ServerResponse = exception.ToString() };
        }
    }

    /// <summary>Servers round sizes, and workflows have their own: never a silently different ratio.</summary>
    private static PaintingResult Shaped(PaintingResult result, ImageRequest request) => result is PaintingResult.Painted painted
        ? painted with { Pictures = [.. painted.Pictures.Select(picture => PictureSanitizer.Crop(picture, request.Width, request.Height))] }
        : result;

    /// <summary>
    /// Where weights do nothing, the taste's words are words of the prompt; where negatives do nothing, what the person wants
    /// kept out is said.
    /// </summary>
    private ImageRequest Sayable(ImageRequest request)
    {
        var (declared, proved) = (_inner.CapabilitiesOf(request.Model), CapabilitiesOf(request.Model));
        if (declared.Weights && !proved.Weights)
        {
            request = request with { Text = string.Join(", ", request.Additions.Select(addition => addition.Phrase).Prepend(request.Text)), Additions = [] };
        }

        return declared.Negative && !proved.Negative
            ? request with { Text = string.Join(", ", request.Avoid.Select(unwanted => $"without {unwanted}").Prepend(request.Text)), Avoid = [], Dislikes = [] }
            : request;
    }

    /// <summary>Lets nothing but pictures through.</summary>
    private sealed class CheckedJournal(string backend, long most, IPaintingReporter inner) : IPaintingReporter
    {
        public string? Ticket => inner.Ticket;

        public bool TakesPreview => inner.TakesPreview;

        public Task KeepTicketAsync(string ticket, CancellationToken cancellationToken) => inner.KeepTicketAsync(ticket, cancellationToken);

        public void Report(PaintingProgress value)
        {
            // Servers send many more than are shown, and each is decoded and encoded anew.
            if (value.Preview.IsEmpty || !inner.TakesPreview)
            {
                inner.Report(value with { Preview = default });
                return;
            }

            try
            {
                inner.Report(value with { Preview = PictureSanitizer.Read(backend, value.Preview, most).Png });
            }
            catch (BackendException)
            {
                inner.Report(value with { Preview = default });
            }
        }
    }
}
