using Personalization.Imagine.Backends;

namespace Personalization.Imagine.Jobs;

/// <summary>
/// Keeps a painting's ticket in the job's row and shows its progress, at most once every two seconds: faster edits run into
/// the chat's limits. Once disposed, no edit is under way that could overtake the answer.
/// </summary>
internal sealed class JobPaintingReporter(
    IImagineJobStore jobs,
    ImagineJob painted,
    IDelivery delivery,
    TimeProvider timeProvider,
    Action reported,
    CancellationToken cancellationToken) : IPaintingReporter, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task _edit = Task.CompletedTask;
    private long? _last;
    private bool _isDisposed;

    public string? Ticket { get; private set; } = painted.Ticket;

    public bool TakesPreview
    {
        get
        {
            lock (_lock)
            {
                return IsTime;
            }
        }
    }

    /// <summary>The latest edit: completed while none is under way.</summary>
    public Task Edit
    {
        get
        {
            lock (_lock)
            {
                return _edit;
            }
        }
    }

    public async Task KeepTicketAsync(string ticket, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ticket.Length, ImagineJob.MaxTicketLength, nameof(ticket));
        Ticket = ticket;
        await jobs.SetTicketAsync(painted.Id, painted.Attempt, ticket, cancellationToken);
    }

    public void Report(PaintingProgress value)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            reported();
            if (!IsTime)
            {
                return;
            }

            _last = timeProvider.GetTimestamp();
            _edit = ShowAsync(value with { Fraction = Math.Clamp(value.Fraction, 0, 1) });
        }
    }

    private bool IsTime => !_isDisposed && _edit.IsCompleted && !(_last is { } last && timeProvider.GetElapsedTime(last) < Interval);

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }

        // A failure to show progress is no reason to paint again.
        await Edit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ShowAsync(PaintingProgress progress)
    {
        // Not on the painter's thread. The address of the answer may have changed: read the job again.
        await Task.Yield();
        if (await jobs.FindAsync(painted.Id, cancellationToken) is { } job)
        {
            await delivery.ShowProgressAsync(job, progress, cancellationToken);
        }
    }
}
