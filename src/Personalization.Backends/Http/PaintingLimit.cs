using Personalization.Imagine.Backends;

namespace Personalization.Backends.Http;

/// <summary>
/// How long a painting may go on without progress: <see cref="BackendOptions.PaintingMinutes"/>, from the first report that it is
/// being painted, and again from each that it is further. Waiting in the server's queue is limited by nothing but the person's patience.
/// </summary>
/// <param name="reporter">Told of all that is reported here.</param>
internal sealed class PaintingLimit(BackendOptions options, TimeProvider time, IPaintingReporter reporter) : IPaintingReporter, IDisposable
{
    private readonly TimeSpan _limit = TimeSpan.FromMinutes(options.PaintingMinutes);
    private readonly CancellationTokenSource _source = new(Timeout.InfiniteTimeSpan, time);
    private readonly Lock _lock = new();
    private double _highest = -1;

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Token => _source.Token;

    public string? Ticket => reporter.Ticket;

    public bool TakesPreview => reporter.TakesPreview;

    public Task KeepTicketAsync(string ticket, CancellationToken cancellationToken) => reporter.KeepTicketAsync(ticket, cancellationToken);

    public void Report(PaintingProgress value)
    {
        lock (_lock)
        {
            if (value.Ahead is not null)
            {
                _source.CancelAfter(Timeout.InfiniteTimeSpan);
                _highest = -1;
            }
            else if (value.Fraction > _highest)
            {
                _highest = value.Fraction;
                _source.CancelAfter(_limit);
            }
        }

        reporter.Report(value);
    }

    /// <summary>Begins, or begins again, without a report: for a server that may send none, or none that is higher.</summary>
    public void Begin() => _source.CancelAfter(_limit);

    /// <summary>What happened, for the operator.</summary>
    public BackendException Exceeded(string backend, OperationCanceledException inner) =>
        new(BackendFault.TimedOut, $"{backend} painted for {_limit.TotalMinutes:0.##} minutes without progress (Backends:{backend}:PaintingMinutes).", inner);

    public void Dispose() => _source.Dispose();
}
