using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.ComfyUi;

/// <summary>
/// Removes what the server keeps of jobs, as far as it has calls for that: their entries in the history, which hold the text,
/// and their temporary files. Of a prompt that is stopped, both appear only when its present step has ended: what cannot be
/// removed yet is listed, and tried again until it can.
/// </summary>
internal sealed class ComfyUiDiscards(ComfyUiQueue queue, ComfyUiFiles files, BackendOptions options, TimeProvider time) : IDisposable
{
    // A server that is away for long keeps nothing: its history is in memory, and it empties the folder when it starts.
    private const int MaxListed = 100;
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly List<string> _tickets = [];
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Removes a job now, or as soon as the server has let go of it. Nothing depends on it: failures are ignored.</summary>
    public async Task DiscardAsync(string ticket, CancellationToken cancellationToken)
    {
        if (await TryAsync(ticket, cancellationToken))
        {
            return;
        }

        lock (_lock)
        {
            if (_tickets.Contains(ticket, StringComparer.Ordinal) || _tickets.Count == MaxListed)
            {
                return;
            }

            _tickets.Add(ticket);
            if (_tickets.Count == 1)
            {
                _ = WorkAsync(_ended.Token);
            }
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    /// <returns>Whether it is done: nothing is left, or the server refuses to remove it, and would again.</returns>
    private async Task<bool> TryAsync(string text, CancellationToken cancellationToken)
    {
        var ticket = ComfyUiTicket.Parse(text);
        try
        {
            var (running, pending) = await queue.ReadAsync(cancellationToken);
            if (ticket.Ids.Any(id => running.Contains(id) || pending.Contains(id)))
            {
                return false;
            }

            // The entries first, so that none names a file without its picture.
            var entries = (await queue.EndedAsync(ticket.Ids, cancellationToken)).Values;
            await queue.ForgetAsync(ticket.Ids, cancellationToken);
            await files.EraseAsync(ticket, entries, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is BackendException || BackendAnswer.IsUnreadable(exception))
        {
            return exception is not BackendException { Fault: BackendFault.Unavailable };
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        for (var pause = TimeSpan.FromSeconds(options.PollSeconds); ; pause = pause * 2 < MaxPause ? pause * 2 : MaxPause)
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            string[] tickets;
            lock (_lock)
            {
                tickets = [.. _tickets];
            }

            foreach (var ticket in tickets)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    return;
                }

                if (await TryAsync(ticket, cancellationToken))
                {
                    lock (_lock)
                    {
                        _tickets.Remove(ticket);
                        if (_tickets.Count == 0)
                        {
                            return;
                        }
                    }
                }
            }
        }
    }
}
