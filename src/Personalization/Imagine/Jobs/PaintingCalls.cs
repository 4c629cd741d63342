using System.Diagnostics;
using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Imagine.Jobs;

/// <summary>
/// Paints one request in as many calls as its backend needs: each call asks for at most <see cref="BackendCapabilities.Batch"/>
/// pictures, with the seeds that they have in the request, and only what a call did not return is asked for again. The ticket
/// names every call with its own ticket, so that after a restart those that the backend still has are collected.
/// </summary>
internal sealed class PaintingCalls
{
    // A picture that a backend failed at twice, it would fail at again.
    private const int MaxFailures = 2;

    private readonly IImageBackend _backend;
    private readonly ImageRequest _request;
    private readonly PaintingSources _sources;
    private readonly IPaintingReporter _reporter;
    private readonly bool _isFree;
    private readonly int _batch;
    private readonly List<PaintingCall> _calls;
    private readonly Queue<PaintingCall> _earlier;
    private readonly SortedDictionary<int, PaintedPicture> _painted = [];
    private readonly SortedSet<int> _open;
    private readonly Dictionary<int, int> _failures = [];
    private readonly List<string> _costs = [];
    private readonly List<string> _remarks = [];
    private int _withheld;
    private string _problem = "";

    private PaintingCalls(IImageBackend backend, ImageRequest request, PaintingSources sources, IPaintingReporter reporter)
    {
        (_backend, _request, _sources, _reporter) = (backend, request, sources, reporter);
        var capabilities = backend.CapabilitiesOf(request.Model);
        (_isFree, _batch) = (capabilities.IsFree, Math.Max(1, capabilities.Batch));
        _open = [.. Enumerable.Range(0, request.Count)];
        _calls = PaintingCall.Parse(reporter.Ticket, request.Count);
        _earlier = new(_calls);
    }

    /// <inheritdoc cref="IImageBackend.PaintAsync"/>
    public static Task<PaintingResult> PaintAsync(IImageBackend backend, ImageRequest request, PaintingSources sources, IPaintingReporter reporter, CancellationToken cancellationToken) =>
        new PaintingCalls(backend, request, sources, reporter).RunAsync(cancellationToken);

    /// <summary>Stops the backend's own jobs, the latest first.</summary>
    /// <param name="ticket">As <see cref="PaintAsync"/> kept it.</param>
    /// <returns>False when none could be stopped.</returns>
    /// <exception cref="BackendException">The backend cannot be asked.</exception>
    public static async Task<bool> CancelAsync(IImageBackend backend, string ticket, CancellationToken cancellationToken)
    {
        var isStopped = false;
        BackendException? failure = null;
        foreach (var own in TicketsOf(ticket).Reverse())
        {
            try
            {
                isStopped |= await backend.CancelAsync(own, cancellationToken);
            }
            catch (BackendException exception)
            {
                failure ??= exception;
            }
        }

        return failure is null ? isStopped : throw failure;
    }

    /// <param name="ticket">As <see cref="PaintAsync"/> kept it; null for none.</param>
    /// <inheritdoc cref="IImageBackend.DiscardAsync"/>
    public static async Task DiscardAsync(IImageBackend backend, string? ticket, CancellationToken cancellationToken)
    {
        foreach (var own in ticket is null ? [] : TicketsOf(ticket))
        {
            await backend.DiscardAsync(own, cancellationToken);
        }
    }

    private static IEnumerable<string> TicketsOf(string ticket) => PaintingCall.Parse(ticket, all: 1).Select(call => call.Ticket).OfType<string>();

    private async Task<PaintingResult> RunAsync(CancellationToken cancellationToken)
    {
        while (Next() is { } call)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PaintingResult result;
            try
            {
                result = await _backend.PaintAsync(RequestOf(call), _sources, new CallReporter(this, call), cancellationToken);
            }
            catch (BackendException exception) when (_painted.Count > 0)
            {
                Fail(call, exception);
                continue;
            }

            switch (result)
            {
                case PaintingResult.Painted painted:
                    Add(call, painted);
                    break;
                case PaintingResult.Refused { Refusal: PaintingRefusal.Withheld(var pictures, _) } when call.Count < _request.Count:
                    _withheld += pictures;
                    _open.ExceptWith(call.Positions);
                    break;
                case PaintingResult.Refused refused when _painted.Count == 0:
                    return refused;
                case PaintingResult.Refused:
                    // The filter of the pictures before does not always decide alike.
                    _withheld += _open.Count;
                    _open.Clear();
                    break;
                default:
                    throw new UnreachableException($"A painting ended as {result.GetType().Name}.");
            }
        }

        return Result();
    }

    /// <summary>The next call: one that an earlier try left behind, otherwise the first positions that are open; null when there are none.</summary>
    private PaintingCall? Next()
    {
        if (_earlier.TryDequeue(out var earlier))
        {
            return earlier;
        }

        if (_open.Count == 0)
        {
            return null;
        }

        var first = _open.Min;
        var call = new PaintingCall(first, _open.TakeWhile((position, i) => position == first + i).Take(_batch).Count());
        _calls.Add(call);
        return call;
    }

    private ImageRequest RequestOf(PaintingCall call) => call.Count == _request.Count ? _request : _request with
    {
        Seed = _request.SeedOf(call.First),
        Count = call.Count,
        Styles = [.. _request.Styles.Skip(call.First).Take(call.Count)],
    };

    private void Add(PaintingCall call, PaintingResult.Painted painted)
    {
        var before = _painted.Count;
        foreach (var (position, picture) in painted.Positions.Zip(painted.Pictures).Where(one => one.First < call.Count))
        {
            _painted[call.First + position] = picture;
            _open.Remove(call.First + position);
        }

        _withheld += painted.Withheld;
        _remarks.AddRange(painted.Remarks);
        if (painted.Cost.Length > 0)
        {
            _costs.Add(painted.Cost);
        }

        if (_problem.Length == 0)
        {
            _problem = painted.Problem;
        }

        // Which of them a filter withheld is not known, and a further call would be billed, or give as little.
        if (painted.Withheld > 0 || !_isFree || _painted.Count == before)
        {
            _open.ExceptWith(call.Positions);
        }
    }

    private void Fail(PaintingCall call, BackendException exception)
    {
        _calls.Remove(call);
        if (_problem.Length == 0)
        {
            _problem = exception.Message;
        }

        if (!_isFree || exception.Fault is BackendFault.Unavailable or BackendFault.TimedOut)
        {
            _earlier.Clear();
            _open.Clear();
            return;
        }

        _open.ExceptWith(call.Positions.Where(position => (_failures[position] = _failures.GetValueOrDefault(position) + 1) >= MaxFailures));
    }

    private PaintingResult Result()
    {
        if (_painted.Count == 0 && _withheld > 0)
        {
            return new PaintingResult.Refused(new PaintingRefusal.Withheld(_withheld, _withheld));
        }

        var isMissing = _painted.Count + _withheld < _request.Count;
        return new PaintingResult.Painted([.. _painted.Values])
        {
            Positions = [.. _painted.Keys],
            Withheld = _withheld,
            Problem = isMissing ? _problem : "",
            Cost = string.Join(" + ", _costs),
            Remarks = [.. _remarks.Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>Reports one call as a share of the whole request.</summary>
    private sealed class CallReporter(PaintingCalls calls, PaintingCall call) : IPaintingReporter
    {
        private readonly int _done = calls._painted.Count;

        public string? Ticket => call.Ticket;

        public bool TakesPreview => calls._reporter.TakesPreview;

        public Task KeepTicketAsync(string ticket, CancellationToken cancellationToken)
        {
            call.Ticket = ticket;
            return calls._reporter.KeepTicketAsync(PaintingCall.Write(calls._calls, calls._request.Count), cancellationToken);
        }

        public void Report(PaintingProgress value) =>
            calls._reporter.Report(value with { Fraction = Math.Min(1, (_done + (value.Fraction * call.Count)) / calls._request.Count) });
    }
}
