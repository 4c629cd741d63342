using System.Collections.Concurrent;

namespace Personalization;

/// <summary>
/// The threads that paint, measure, compose and encode: few, and of a low priority, so that answers, votes and heartbeats,
/// which run on the thread pool, never wait for a processor. What runs there must not itself queue work for the pool: on Linux
/// a new thread of the pool would inherit the priority.
/// </summary>
public sealed class ComputeThreads : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<Func<Action>> _waiting = [];
    private readonly Queue<TaskCompletionSource> _yielding = [];
    private readonly SemaphoreSlim _work = new(0);
    private readonly CancellationTokenSource _disposed = new();
    private readonly BlockingCollection<Action> _completions = [];
    private readonly int _nice;

    /// <summary>Starts the threads.</summary>
    public ComputeThreads(ComputeOptions options)
    {
        _nice = options.Nice;
        for (var i = 1; i <= options.Threads; i++)
        {
            Start($"compute {i}", Compute);
        }

        // Completing a task wakes who awaits it, which may start a thread of the pool: not on a thread of low priority.
        new Thread(Complete) { IsBackground = true, Name = "compute done" }.Start();
    }

    /// <summary>Computes on one of the threads, in order of the calls.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, before it began or by heeding its token.</exception>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var task = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue(() => Outcome(work, task, cancellationToken));
        }

        _work.Release();
        return task.Task;
    }

    /// <summary>Computes for seconds or more on a thread of its own, of the same priority, so that nobody's picture waits for it.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, before it began or by heeding its token.</exception>
    public Task<T> RunLongAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var task = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Start("compute long", () => _completions.Add(Outcome(work, task, cancellationToken)));
        return task.Task;
    }

    /// <summary>Waits until a thread is free and nothing waits for one: before each small part of work that is done ahead of need.</summary>
    public Task YieldAsync(CancellationToken cancellationToken)
    {
        var free = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _yielding.Enqueue(free);
        }

        _work.Release();
        return free.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends each thread after what it computes now; what waits is not computed.</summary>
    public void Dispose() => _disposed.Cancel();

    /// <summary>Computes, and says how to complete the task.</summary>
    private static Action Outcome<T>(Func<T> work, TaskCompletionSource<T> task, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = work();
            return () => task.SetResult(result);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return () => task.SetCanceled(cancellationToken);
        }
        catch (Exception exception)
        {
            return () => task.SetException(exception);
        }
    }

    private void Compute()
    {
        try
        {
            while (true)
            {
                _work.Wait(_disposed.Token);
                Func<Action>? work;
                TaskCompletionSource? free = null;
                lock (_lock)
                {
                    _ = _waiting.TryDequeue(out work) || _yielding.TryDequeue(out free);
                }

                _completions.Add(work is null ? free!.SetResult : work());
            }
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }

    private void Complete()
    {
        try
        {
            foreach (var complete in _completions.GetConsumingEnumerable(_disposed.Token))
            {
                complete();
            }
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }

    private void Start(string name, Action run) => new Thread(() =>
    {
        NiceThread.LowerCurrent(_nice);
        run();
    })
    {
        IsBackground = true,
        Name = name,
    }.Start();
}
