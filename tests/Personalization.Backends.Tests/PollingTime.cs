using Microsoft.Extensions.Time.Testing;
using Personalization.Testing;

namespace Personalization.Backends.Tests;

/// <summary>A clock that stands still until those who ask again and again after the same time all wait for it: nothing is under way then.</summary>
/// <param name="interval">Between two questions; no other wait may be as long.</param>
public sealed class PollingTime(TimeSpan interval) : FakeTimeProvider
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();
    private int _waiting;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == interval)
        {
            lock (_lock)
            {
                _waiting++;
                _changed.SetResult();
                _changed = NewSignal();
            }
        }

        return timer;
    }

    /// <summary>Waits until all of them wait; returns at once when there are none.</summary>
    /// <param name="count">How many there are now.</param>
    /// <param name="ends">Each ends one of them.</param>
    public async Task AllWaitAsync(Func<int> count, params IEnumerable<Task> ends)
    {
        while (true)
        {
            // Listed before they are counted: one that ends in between would be waited for in vain.
            Task[] open = [.. ends.Where(end => !end.IsCompleted)];
            Task changed;
            lock (_lock)
            {
                if (_waiting >= count())
                {
                    return;
                }

                changed = _changed.Task;
            }

            await Task.WhenAny([changed, .. open]).WaitAsync(TestRun.Deadline, TestRun.Cancellation);
        }
    }

    /// <summary>Moves on.</summary>
    /// <param name="by">At least the interval, so that each asks again.</param>
    public void Pass(TimeSpan by)
    {
        lock (_lock)
        {
            _waiting = 0;
        }

        Advance(by);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
