using System.Collections.Concurrent;

namespace Personalization.Imagine.Jobs;

/// <summary>What this process is painting, by job, and how to stop it.</summary>
public sealed class ActivePaintings(TimeProvider timeProvider)
{
    /// <summary>
    /// How long a painting may go on without a report from its backend. The backend limits the painting itself; waiting in
    /// its queue may take long and is no failure.
    /// </summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<ulong, ActivePainting> _paintings = new();

    /// <summary>Registers a painting that can be stopped until the result is disposed of.</summary>
    internal ActivePainting Begin(ulong job)
    {
        var painting = new ActivePainting(MaxSilence, timeProvider, ended => _paintings.TryRemove(new(job, ended)));
        _paintings[job] = painting;
        return painting;
    }

    /// <summary>Stops the painting of a job; when the task completes, it has ended and shows no more progress.</summary>
    /// <returns>The ticket under which its backend knows it; null when there is none, or no painting.</returns>
    internal async Task<string?> StopAsync(ulong job)
    {
        if (!_paintings.TryGetValue(job, out var painting))
        {
            return null;
        }

        await painting.StopAsync();
        return painting.Reporter?.Ticket;
    }
}

/// <summary>A painting of this process, until its backend reports nothing for too long or it is stopped.</summary>
internal sealed class ActivePainting(TimeSpan maxSilence, TimeProvider timeProvider, Action<ActivePainting> remove) : IDisposable
{
    private readonly CancellationTokenSource _source = new(maxSilence, timeProvider);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CancellationToken Token => _source.Token;

    /// <summary>What its backend has reported; null until it has begun.</summary>
    public JobPaintingReporter? Reporter { get; set; }

    /// <summary>Restarts the time limit: its backend has reported something.</summary>
    public void KeepAlive() => _source.CancelAfter(maxSilence);

    /// <summary>Stops it; when the task completes, it has ended.</summary>
    public async Task StopAsync()
    {
        try
        {
            await _source.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }

        await _ended.Task;
    }

    public void Dispose()
    {
        remove(this);
        _ended.SetResult();
        _source.Dispose();
    }
}
