using Microsoft.Extensions.Time.Testing;

namespace Personalization.Discord.Tests.StandIn;

/// <summary>A time that stands still until a test moves it, and that reports when code begins to wait for it.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _begun = [];
    private readonly List<(Predicate<TimeSpan> Fits, TaskCompletionSource<TimeSpan> Begun)> _awaited = [];

    /// <summary>How much the wall clock is wrong; timers and timestamps do not follow it.</summary>
    public TimeSpan ClockError { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ClockError;

    // The base reads the clock that may be wrong; both count in ticks.
    public override long GetTimestamp() => base.GetTimestamp() - ClockError.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        lock (_lock)
        {
            var index = _awaited.FindIndex(awaited => awaited.Fits(dueTime));
            if (index < 0)
            {
                _begun.Add(dueTime);
            }
            else
            {
                _awaited[index].Begun.SetResult(dueTime);
                _awaited.RemoveAt(index);
            }
        }

        return timer;
    }

    /// <summary>Waits until code waits for exactly this long; each wait is reported once.</summary>
    public Task BegunAsync(TimeSpan due) => BegunAsync(begun => begun == due);

    public Task<TimeSpan> BegunAsync(Predicate<TimeSpan> fits)
    {
        lock (_lock)
        {
            var index = _begun.FindIndex(fits);
            if (index >= 0)
            {
                var due = _begun[index];
                _begun.RemoveAt(index);
                return Task.FromResult(due);
            }

            var begun = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((fits, begun));
            return begun.Task.WaitAsync(Deadline.Of);
        }
    }

    /// <summary>Waits until code waits for exactly this long, and lets that time pass.</summary>
    public async Task PassAsync(TimeSpan due)
    {
        await BegunAsync(due);
        Advance(due);
    }

    /// <summary>Whether code began to wait for exactly this long and it was not asked for yet.</summary>
    public bool HasBegun(TimeSpan due)
    {
        lock (_lock)
        {
            return _begun.Contains(due);
        }
    }
}
