namespace Personalization.Imagine;

/// <summary>
/// Shows a painting's progress, at most once every two seconds: faster edits run into the chat's limits. Once disposed, no
/// edit is under way that could overtake the answer.
/// </summary>
internal sealed class PaintingProgressReporter(
    IImagineJobStore jobs,
    ulong jobId,
    IDelivery delivery,
    TimeProvider timeProvider,
    CancellationToken cancellationToken) : IProgress<PaintingProgress>, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task _edit = Task.CompletedTask;
    private long? _last;
    private bool _isDisposed;

    public void Report(PaintingProgress value)
    {
        lock (_lock)
        {
            var isTooSoon = _last is { } last && timeProvider.GetElapsedTime(last) < Interval;
            if (_isDisposed || isTooSoon || !_edit.IsCompleted)
            {
                return;
            }

            _last = timeProvider.GetTimestamp();
            _edit = ShowAsync(Math.Clamp(value.Fraction, 0, 1));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task edit;
        lock (_lock)
        {
            _isDisposed = true;
            edit = _edit;
        }

        // What went wrong with showing it is no reason to paint again.
        await edit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ShowAsync(double fraction)
    {
        // Off the painter's thread, and to where the answer goes by now.
        await Task.Yield();
        if (await jobs.FindAsync(jobId, cancellationToken) is { } job)
        {
            await delivery.ShowProgressAsync(job, fraction, cancellationToken);
        }
    }
}
