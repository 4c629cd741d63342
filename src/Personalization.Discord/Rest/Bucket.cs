namespace Personalization.Discord.Rest;

/// <summary>
/// One of Discord's rate-limit buckets as far as its answers have told. Until the first answer it lets one request
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

    /// <summary>When a request last came by.</summary>
    public DateTimeOffset LastUsed { get; private set; } = time.GetUtcNow();

    /// <summary>Waits until the bucket lets a request through; <see cref="Leave"/> must follow.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            TimeSpan wait;
            lock (_lock)
            {
                var now = time.GetUtcNow();
                LastUsed = now;
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

                wait = _resetAt == DateTimeOffset.MaxValue ? Timeout.InfiniteTimeSpan : _resetAt - now;
                changed = _changed.Task;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(wait, time, stop.Token));
            await stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Ends a request with what its answer said; nothing where there was no answer or no limit in it.</summary>
    public void Leave(int? limit, int? remaining, TimeSpan? resetAfter)
    {
        lock (_lock)
        {
            _inFlight--;
            if (limit is not null && remaining is not null && resetAfter is not null)
            {
                _limit = limit.Value;
                // Requests under way are not in Discord's count yet.
                _remaining = Math.Max(0, remaining.Value - _inFlight);
                _resetAt = time.GetUtcNow() + resetAfter.Value;
            }
            else if (_resetAt == DateTimeOffset.MaxValue)
            {
                _remaining = Math.Max(_remaining, 1);
            }

            Signal();
        }
    }

    /// <summary>Lets nothing through for a while: Discord said 429.</summary>
    public void Close(TimeSpan retryAfter)
    {
        lock (_lock)
        {
            _remaining = 0;
            _resetAt = time.GetUtcNow() + retryAfter;
            Signal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }
}
