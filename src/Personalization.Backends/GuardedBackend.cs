using System.Collections.Concurrent;
using System.Diagnostics;
using Personalization.Backends.Check;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;
using Personalization.Imaging;

namespace Personalization.Backends;

/// <summary>
/// A server behind a circuit breaker: after several consecutive failures it is left alone for a while, so that jobs go to
/// another backend, or fail, without waiting for it. The same is done to a server that answers and does not paint. Validates what the server returns: unfinished pictures are sanitized,
/// finished ones are cropped to the requested shape, and answers of an unexpected form become a <see cref="BackendException"/>.
/// </summary>
/// <param name="candidates">How many pictures to paint of which the best are kept; 0 for as many as are requested.</param>
/// <param name="models">The models that the settings name; null for none.</param>
internal sealed class GuardedBackend(IImageBackend inner, TimeProvider time, int candidates = 0, IReadOnlyCollection<string>? models = null) : IImageBackend, IDisposable
{
    // Enough for an answer of a server that is busy.
    private static readonly TimeSpan MaxProbe = TimeSpan.FromSeconds(5);

    private readonly IImageBackend _inner = inner;
    private readonly TimeProvider _time = time;
    private readonly Circuit _circuit = new(time);
    private readonly ConcurrentDictionary<string, CheckFindings> _findings = new(StringComparer.Ordinal);

    public string Name => _inner.Name;

    public IReadOnlyCollection<string> NamedModels { get; } = models ?? [];

    public (int Area, int Step) SizeOf(string model) => _inner.SizeOf(model);

    public BackendCapabilities CapabilitiesOf(string model)
    {
        // What the server tells may change after the check, as with another model.
        var told = _inner.CapabilitiesOf(model);
        return (_findings.TryGetValue(model, out var findings) ? findings.KeptOf(told) : told) with { Candidates = candidates };
    }

    // The next painting reports that it cannot be asked.
    public Task InspectAsync(string model, CancellationToken cancellationToken) => TryAsync(() => _inner.InspectAsync(model, cancellationToken));

    public IReadOnlyList<string> UnknownWordsOf(ImageRequest request) => _inner.UnknownWordsOf(request);

    /// <summary>Switches off the capabilities of a model that a check proved false; null restores what is declared.</summary>
    public void Limit(string model, CheckFindings? findings)
    {
        if (findings is null)
        {
            _findings.TryRemove(model, out _);
        }
        else
        {
            _findings[model] = findings;
        }
    }

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter reporter, CancellationToken cancellationToken)
    {
        var passage = _circuit.TryEnter(out var trial);
        if (passage is Circuit.Passage.Open or Circuit.Passage.Stalled)
        {
            throw new BackendException(BackendFault.Unavailable, passage == Circuit.Passage.Open
                ? $"{Name} failed {Circuit.MaxFailures} times in a row and is left alone for {Circuit.Pause.TotalSeconds:0} s."
                : $"{Name} painted nothing of an earlier job in all its time (Backends:{Name}:PaintingMinutes), and another job tries whether it paints again.");
        }

        var sanitizing = new SanitizingReporter(Name, PictureSanitizer.MaxPixels(request), reporter, painted: _circuit.RecordAnswer, waiting: () => _circuit.EndTrial(trial));
        try
        {
            if (passage == Circuit.Passage.Trial)
            {
                await ProbeAsync(request.Model, cancellationToken);
            }

            var result = await PaintAsync(request, sources, sanitizing, cancellationToken);
            _circuit.RecordAnswer();
            return Crop(WithoutBlack(result, request), request);
        }
        catch (BackendException exception)
        {
            Record(exception.Fault, sanitizing.HasPainted || !_inner.CapabilitiesOf(request.Model).IsFree);
            if (exception.Fault == BackendFault.TimedOut)
            {
                await this.DiscardAsync(reporter, cancellationToken);
            }

            throw;
        }
        finally
        {
            _circuit.EndTrial(trial);
        }
    }

    public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken) => AsReadableAsync(() => _inner.CancelAsync(ticket, cancellationToken));

    // What cannot be removed stays at the server, until that starts again.
    public Task DiscardAsync(string ticket, CancellationToken cancellationToken) => TryAsync(() => _inner.DiscardAsync(ticket, cancellationToken));

    public void Dispose() => (_inner as IDisposable)?.Dispose();

    /// <param name="hasPainted">Whether it showed progress; also true for a service of many machines, of which one job tells little.</param>
    private void Record(BackendFault fault, bool hasPainted)
    {
        switch (fault)
        {
            case BackendFault.Unavailable:
                _circuit.RecordFailure();
                break;
            case BackendFault.TimedOut when !hasPainted:
                _circuit.RecordStall();
                break;
            default:
                _circuit.RecordAnswer();
                break;
        }
    }

    /// <summary>Checks that a server which painted nothing of the last job answers at all: a job there would wait as long again.</summary>
    /// <exception cref="BackendException">It does not.</exception>
    private async Task ProbeAsync(string model, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(MaxProbe, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await AsReadableAsync(() => _inner.InspectAsync(model, either.Token));
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BackendException(BackendFault.Unavailable, $"{Name} painted nothing of an earlier job in all its time, and does not answer within {MaxProbe.TotalSeconds:0} s.", exception);
        }
        catch (BackendException exception) when (exception.Fault != BackendFault.Unavailable)
        {
            // An answer.
        }
    }

    /// <summary>Paints, and once more where all pictures are black.</summary>
    private async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, SanitizingReporter reporter, CancellationToken cancellationToken)
    {
        Task<PaintingResult> PaintWithAsync(IPaintingReporter receiver) => AsReadableAsync(() => _inner.PaintAsync(AsSupported(request), sources, receiver, cancellationToken));
        var result = await PaintWithAsync(reporter);
        if (IsBlack(result, request))
        {
            await this.DiscardAsync(reporter, cancellationToken);

            // Servers switch to full precision when numbers overflow, or load the decoder again.
            await ((_inner as IRepeatable)?.ForgetAsync(cancellationToken) ?? Task.CompletedTask);
            result = await PaintWithAsync(new FreshReporter(reporter));
        }

        if (!IsBlack(result, request))
        {
            return result;
        }

        await this.DiscardAsync(reporter, cancellationToken);
        throw new BackendException(BackendFault.Misconfigured, $"{Name} paints only black pictures, twice: its VAE overflows in half precision, or a filter of its own blanks them. Start the web UI with --no-half-vae or ComfyUI with --fp32-vae, use another VAE, or switch that filter off.");
    }

    private async Task TryAsync(Func<Task> ask)
    {
        try
        {
            await AsReadableAsync(ask);
        }
        catch (BackendException)
        {
            // Nothing depends on it.
        }
    }

    private Task<bool> AsReadableAsync(Func<Task> ask) => AsReadableAsync(async () =>
    {
        await ask();
        return true;
    });

    /// <summary>Converts the exceptions of reading an answer of an unexpected form, such as a number instead of text.</summary>
    private async Task<T> AsReadableAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (BackendAnswer.IsUnreadable(exception))
        {
            // The exception may quote the answer, and that the prompt.
            throw new BackendException(BackendFault.Failed, $"{Name} answered in an unexpected form ({exception.GetType().Name}).") { ServerResponse = exception.ToString() };
        }
    }

    /// <summary>Whether every picture is black, where further ones cost nothing: a service that is paid for has no broken decoder.</summary>
    private bool IsBlack(PaintingResult result, ImageRequest request) =>
        result is PaintingResult.Painted { Pictures: { Count: > 0 } pictures } && _inner.CapabilitiesOf(request.Model).IsFree && pictures.All(PictureSanitizer.IsBlack);

    /// <summary>Leaves out single black pictures: equal requests would give them again.</summary>
    private PaintingResult WithoutBlack(PaintingResult result, ImageRequest request)
    {
        if (result is not PaintingResult.Painted painted || !_inner.CapabilitiesOf(request.Model).IsFree)
        {
            return result;
        }

        int[] kept = [.. Enumerable.Range(0, painted.Pictures.Count).Where(i => !PictureSanitizer.IsBlack(painted.Pictures[i]))];
        return kept.Length == painted.Pictures.Count ? result : painted with
        {
            Pictures = [.. kept.Select(i => painted.Pictures[i])],
            Positions = [.. kept.Select(i => painted.Positions[i])],
            Problem = $"{Name} painted black pictures: its VAE may overflow in half precision, or a filter blanks them. {painted.Problem}".TrimEnd(),
        };
    }

    /// <summary>Crops pictures to the requested ratio: servers round sizes, and workflows have sizes of their own.</summary>
    private static PaintingResult Crop(PaintingResult result, ImageRequest request) => result switch
    {
        PaintingResult.Painted painted => painted with { Pictures = [.. painted.Pictures.Select(picture => PictureSanitizer.Crop(picture, request.Width, request.Height))] },
        PaintingResult.Refused => result,
        _ => throw new UnreachableException($"{result.GetType()} is not a known result of a painting."),
    };

    /// <summary>
    /// Expresses the request without what a check proved false: without weights, the taste's words become part of the prompt;
    /// without a negative, what the person excludes is written as "without ...".
    /// </summary>
    private ImageRequest AsSupported(ImageRequest request)
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
}
