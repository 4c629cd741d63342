using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Personalization.Imagine.Backends;

namespace Personalization.Imagine.Jobs;

/// <summary>
/// Has accepted jobs wait for their turn at their backend, which goes round between people, and shows each its place meanwhile.
/// Only the order is here: what waits is in the store and in the queue.
/// </summary>
public sealed class PaintingTurns(IImagineJobStore jobs, IDelivery delivery, ActivePaintings paintings, IOptions<JobsOptions> options, TimeProvider time)
{
    /// <summary>After how long a wait the place is shown first: most jobs wait less, and show their painting at once.</summary>
    public static readonly TimeSpan FirstShown = TimeSpan.FromSeconds(1);

    // Between two edits of a message: the farther back, the rarer, so that a long line takes few of the chat's requests.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IntervalPerJob = TimeSpan.FromSeconds(0.25);

    private readonly ConcurrentDictionary<string, PaintingLine> _lines = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits until it is the job's turn to be painted.</summary>
    /// <returns>The turn, to be disposed of once the job is painted; null when the person cancelled the job meanwhile.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled: the program stops.</exception>
    internal async Task<PaintingTurn?> WaitAsync(ImagineJob job, CancellationToken cancellationToken)
    {
        var line = LineOf(job.Backend);
        var turn = line.Join(job.Person, job.Id);
        try
        {
            if (!turn.Turn.IsCompleted)
            {
                await WaitAndShowAsync(job.Id, turn, cancellationToken);
            }

            return turn;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            turn.Dispose();
            return null;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>Waits until no job is painted by a backend or waits for it: what is not for a person comes after all that is.</summary>
    public Task IdleAsync(string backend, CancellationToken cancellationToken) => LineOf(backend).IdleAsync().WaitAsync(cancellationToken);

    private PaintingLine LineOf(string backend) => _lines.GetOrAdd(backend, _ => new PaintingLine(options.Value.Concurrency, time));

    private async Task WaitAndShowAsync(ulong id, PaintingTurn turn, CancellationToken cancellationToken)
    {
        using var waiting = paintings.Begin(id);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, waiting.Token);
        (int Ahead, TimeSpan? Remaining)? shown = null;
        var wait = FirstShown;
        while (true)
        {
            var pause = Task.Delay(wait, time, ended.Token);
            await Task.WhenAny(turn.Turn, pause);
            if (turn.Turn.IsCompleted)
            {
                // Ends the pause.
                await ended.CancelAsync();
                return;
            }

            ended.Token.ThrowIfCancellationRequested();
            waiting.KeepAlive();
            var place = turn.Place();
            if (place != shown)
            {
                shown = place;
                await ShowAsync(id, place, turn, ended.Token);
            }

            wait = Interval + (place.Ahead * IntervalPerJob);
        }
    }

    /// <summary>Shows a place, and stops showing it when the turn begins: a slow chat delays no painting.</summary>
    private async Task ShowAsync(ulong id, (int Ahead, TimeSpan? Remaining) place, PaintingTurn turn, CancellationToken cancellationToken)
    {
        using var begun = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var edit = EditAsync(id, place, begun.Token);
        if (await Task.WhenAny(edit, turn.Turn) != edit)
        {
            await begun.CancelAsync();
        }

        // A failure to show a place is no reason not to paint.
        await edit.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task EditAsync(ulong id, (int Ahead, TimeSpan? Remaining) place, CancellationToken cancellationToken)
    {
        // The address of the answer may have changed: read the job again.
        if (await jobs.FindAsync(id, cancellationToken) is { State: JobState.Accepted } job)
        {
            await delivery.ShowProgressAsync(job, new PaintingProgress(0, place.Ahead, Remaining: place.Remaining), cancellationToken);
        }
    }
}
