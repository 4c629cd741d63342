using System.Collections.Concurrent;
using System.Threading.Channels;
using Personalization.Imagine.Backends;
using Personalization.Pictures;
using Personalization.Styles;

namespace Personalization.Testing;

/// <summary>A backend that paints at once unless the test has it wait or fail. A picture's bytes are its request's seed and its index.</summary>
public sealed class ScriptedBackend : IImageBackend, IDisposable
{
    private readonly Channel<ImageRequest> _begun = Channel.CreateUnbounded<ImageRequest>();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _faults;
    private int _running;

    public string Name { get; init; } = "Painter";

    public bool Waits { get; init; }

    /// <summary>The styles that its pictures are painted in, as it says; null where it does not.</summary>
    public IReadOnlyList<StyleVector?> Styles { get; init; } = [];

    public int References { get; init; }

    public bool IsFree { get; init; }

    /// <summary>How many pictures it takes in one call.</summary>
    public int Batch { get; init; } = ImageRequest.MaxCandidates;

    /// <summary>The kind of its failures; null for an exception that no backend throws.</summary>
    public BackendFault? Fault { get; init; }

    /// <summary>Whether it fails only once its ticket is kept.</summary>
    public bool FaultAfterTicket { get; init; }

    public bool TakesOriginals { get; init; }

    /// <summary>How many pictures of each request it leaves out, from the first.</summary>
    public int Missing { get; init; }

    /// <summary>How many further ones a filter withholds.</summary>
    public int Withheld { get; init; }

    /// <summary>Where it reports its progress.</summary>
    public IPaintingReporter? Reporter { get; private set; }

    /// <summary>What the last painting was made from.</summary>
    public PaintingSources? Sources { get; private set; }

    /// <summary>Whether it ignores that it is cancelled.</summary>
    public bool IsDeaf { get; init; }

    public int Faults
    {
        get => _faults;
        init => _faults = value;
    }

    public ConcurrentQueue<ImageRequest> Requests { get; } = new();

    /// <summary>Its name of each job; null for none.</summary>
    public string? Ticket { get; init; }

    /// <summary>The tickets of the jobs it was asked to cancel.</summary>
    public ConcurrentQueue<string> Cancelled { get; } = new();

    /// <summary>The tickets of the jobs it was asked to discard.</summary>
    public ConcurrentQueue<string> Discarded { get; } = new();

    /// <summary>Answers a request to cancel a job.</summary>
    public Func<CancellationToken, Task<bool>> OnCancel { get; init; } = _ => Task.FromResult(true);

    /// <summary>Called with each request to discard a job.</summary>
    public Action OnDiscard { get; init; } = () => { };

    public int MaxAtOnce { get; private set; }

    public void Open() => _open.TrySetResult();

    public async Task BegunAsync() => await _begun.Reader.ReadAsync(TestRun.Cancellation).AsTask().WaitAsync(TestRun.Deadline, TestRun.Cancellation);

    public (int Area, int Step) SizeOf(string model) => (64, 8);

    public BackendCapabilities CapabilitiesOf(string model) => new() { References = References, IsFree = IsFree, Batch = Batch, Variations = TakesOriginals };

    public Task DiscardAsync(string ticket, CancellationToken cancellationToken)
    {
        Discarded.Enqueue(ticket);
        OnDiscard();
        return Task.CompletedTask;
    }

    public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken)
    {
        Cancelled.Enqueue(ticket);
        return OnCancel(cancellationToken);
    }

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken)
    {
        lock (Requests)
        {
            MaxAtOnce = Math.Max(MaxAtOnce, ++_running);
        }

        try
        {
            (Sources, Reporter) = (sources, journal);
            Requests.Enqueue(request);
            _begun.Writer.TryWrite(request);
            if (!FaultAfterTicket)
            {
                FailIfScripted();
            }

            if (Ticket is { } ticket)
            {
                await journal.KeepTicketAsync(ticket, cancellationToken);
            }

            if (FaultAfterTicket)
            {
                FailIfScripted();
            }

            journal.Report(new(0.5));
            if (Waits)
            {
                await _open.Task.WaitAsync(IsDeaf ? CancellationToken.None : cancellationToken);
            }

            int[] positions = [.. Enumerable.Range(0, request.Count).Skip(Missing + Withheld)];
            return new PaintingResult.Painted(
            [
                .. positions.Select(index =>
                    new PaintedPicture(new byte[] { (byte)request.Seed, (byte)index }, request.Width, request.Height) { Style = Styles.ElementAtOrDefault(index) }),
            ])
            {
                Positions = positions,
                Withheld = Withheld,
            };
        }
        finally
        {
            lock (Requests)
            {
                _running--;
            }
        }
    }

    public void Dispose() => Open();

    private void FailIfScripted()
    {
        if (Interlocked.Decrement(ref _faults) >= 0)
        {
            throw Fault is { } fault ? new BackendException(fault, "The painter cannot.") : new TimeoutException("The painter is away.");
        }
    }
}
