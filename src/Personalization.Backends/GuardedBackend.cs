using System.Collections.Concurrent;
using Personalization.Backends.Wire;
using Personalization.Imagine;
using Polly;
using Polly.CircuitBreaker;

namespace Personalization.Backends;

/// <summary>
/// A server behind a circuit breaker (Nygard 2007, "Release It!"): once it has failed a few times in a row it is left alone
/// for a while, and jobs go elsewhere, or their people are told, without waiting for it. What it shows of unfinished pictures
/// is checked at the door, too.
/// </summary>
internal sealed class GuardedBackend : IImageBackend, IDisposable
{
    // Two failures may be chance; the third within this time is the server.
    private const int Failures = 3;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(30);

    private readonly IImageBackend _inner;
    private readonly int _candidates;
    private readonly ResiliencePipeline _circuit;
    private readonly ConcurrentDictionary<string, BackendCapabilities> _proved = new(StringComparer.Ordinal);

    /// <param name="candidates">How many pictures to paint for the best to be kept; 0 for no more than are asked for.</param>
    public GuardedBackend(IImageBackend inner, TimeProvider time, int candidates = 0)
    {
        _inner = inner;
        _candidates = candidates;
        _circuit = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 1,
                MinimumThroughput = Failures,
                SamplingDuration = Within,
                BreakDuration = Break,
                ShouldHandle = new PredicateBuilder().Handle<BackendException>(exception => exception.Fault == BackendFault.Unavailable),
            })
            .Build();
    }

    public string Name => _inner.Name;

    public (int Area, int Step) SizeOf(string model) => _inner.SizeOf(model);

    public BackendCapabilities CapabilitiesOf(string model) => (_proved.TryGetValue(model, out var proved) ? proved : _inner.CapabilitiesOf(model)) with { Candidates = _candidates };

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

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingJournal journal, CancellationToken cancellationToken)
    {
        try
        {
            return await _circuit.ExecuteAsync(
                async token => await _inner.PaintAsync(Sayable(request), sources, new CheckedJournal(Name, journal), token),
                cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or OverflowException)
        {
            // A number where text should be, and the like: what a server answers may have any form.
            throw new BackendException(BackendFault.Failed, $"{Name} answered in a form that nobody can use: {exception.Message}", exception);
        }
        catch (BrokenCircuitException exception)
        {
            throw new BackendException(BackendFault.Unavailable, $"{Name} failed {Failures} times in a row and is left alone for {Break.TotalSeconds:0} s.", exception);
        }
    }

    public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken) => _inner.CancelAsync(ticket, cancellationToken);

    public void Dispose() => (_inner as IDisposable)?.Dispose();

    /// <summary>Where negatives do nothing, what the person wants kept out is said in words.</summary>
    private ImageRequest Sayable(ImageRequest request) =>
        request.Avoid.Count > 0 && _inner.CapabilitiesOf(request.Model).Negative && !CapabilitiesOf(request.Model).Negative
            ? request with { Text = $"{request.Text}, {string.Join(", ", request.Avoid.Select(unwanted => $"without {unwanted}"))}", Avoid = [], Dislikes = [] }
            : request;

    /// <summary>Lets nothing but pictures through.</summary>
    private sealed class CheckedJournal(string backend, IPaintingJournal inner) : IPaintingJournal
    {
        public string? Ticket => inner.Ticket;

        public Task KeepTicketAsync(string ticket, CancellationToken cancellationToken) => inner.KeepTicketAsync(ticket, cancellationToken);

        public void Report(PaintingProgress value)
        {
            if (value.Preview.IsEmpty)
            {
                inner.Report(value);
                return;
            }

            try
            {
                inner.Report(value with { Preview = PictureIntake.Read(backend, value.Preview).Png });
            }
            catch (BackendException)
            {
                inner.Report(value with { Preview = default });
            }
        }
    }
}
