using Personalization.Discord.Rest;

namespace Personalization.DiscordClient.Rest;

/// <summary>
/// One of Discord's rate-limit buckets, as far as its response headers have told. Until the first response it lets one request
/// through at a time.
/// </summary>
internal sealed class Bucket(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();
    private int _limit = 1;
    private int _remaining = 1;
    private int _inFlight;
    private DateTimeOffset _resetAt = DateTimeOffset.MaxValue;
    private DateTimeOffset _lastUsed = time.GetUtcNow();

    /// <summary>Waits until the bucket lets a request through; <see cref="Leave"/> must follow.</summary>
    /// <exception cref="DiscordException">That would take longer than the route's patience.</exception>
    public async Task EnterAsync(Route route, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            TimeSpan wait;
            lock (_lock)
            {
                var now = time.GetUtcNow();
                _lastUsed = now;
                if (now >= _resetAt)
                {
                    _remaining = Math.Max(1, _limit - _inFlight);
                    _resetAt = DateTimeOffset.MaxValue;
                }

                if (_remaining > 0)
                {
                    _remaining--;
                    _inFlight++;
                    return;
                }

                wait = _resetAt == DateTimeOffset.MaxValue ? Timeout.InfiniteTimeSpan : route.Endures(_resetAt - now);
                changed = _changed.Task;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(wait, time, stop.Token));
            await stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Ends a request. Where nothing is known of a limit, the next one may go.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _inFlight--;
            if (_resetAt == DateTimeOffset.MaxValue)
            {
                _remaining = Math.Max(_remaining, 1);
            }

            Signal();
        }
    }

    /// <summary>Takes over the limit that a response reported.</summary>
    public void Learn(int limit, int remaining, TimeSpan resetAfter)
    {
        lock (_lock)
        {
            _limit = limit;
            // Discord's count does not include the requests still in flight.
            _remaining = Math.Max(0, remaining - _inFlight);
            _resetAt = time.GetUtcNow() + resetAfter;
            Signal();
        }
    }

    /// <summary>Blocks all requests for a while, after a 429.</summary>
    public void Close(TimeSpan retryAfter)
    {
        lock (_lock)
        {
            _remaining = 0;
            _resetAt = time.GetUtcNow() + retryAfter;
            Signal();
        }
    }

    /// <summary>Whether the bucket is idle and past its reset, so that it is safe to evict.</summary>
    public bool IsIdleSince(DateTimeOffset oldest)
    {
        lock (_lock)
        {
            return _inFlight == 0 && _lastUsed < oldest && (_resetAt == DateTimeOffset.MaxValue || _resetAt <= time.GetUtcNow());
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }
}
