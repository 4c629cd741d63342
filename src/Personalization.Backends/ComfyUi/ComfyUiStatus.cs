using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Backends.ComfyUi;

/// <summary>Tells how far a job is, by the server's queue and history, and gets its pictures.</summary>
internal sealed class ComfyUiStatus(string name, ComfyUiQueue queue, ComfyUiFiles files, ComfyUiErrors errors, ComfyUiDiscards discards)
{
    /// <param name="progress">Told of the prompts that have ended.</param>
    /// <param name="isOurs">Whether a prompt is of a painting of this program.</param>
    public async Task<RemoteJobStatus> GetAsync(string ticket, ImageRequest request, ComfyUiProgress progress, Func<string, bool> isOurs, CancellationToken cancellationToken)
    {
        var ids = ComfyUiTicket.Parse(ticket).Ids;
        var ended = await queue.EndedAsync(ids, cancellationToken);
        foreach (var id in ended.Keys)
        {
            progress.Advance(id, 1);
        }

        var faults = ended.Values.Select(entry => errors.FaultOf(entry, request)).OfType<BackendException>().ToArray();
        var hasFailed = faults.Length > 0 && faults.Length == ended.Count;
        if (hasFailed)
        {
            // The others would fail in the same way. Where some are painted already, they are waited for.
            await RemoteJob.AbandonAsync(ticket, (one, token) => queue.CancelAsync(ComfyUiTicket.Parse(one), token), cancellationToken);
        }
        else if (ended.Count == ids.Length && ended.Count > 0)
        {
            return await CollectAsync(ticket, ids, ended, request, cancellationToken);
        }

        var (running, pending) = await queue.ReadAsync(cancellationToken);
        var ours = ids.Where(id => !ended.ContainsKey(id)).ToArray();
        var isQueued = ours.Any(id => running.Contains(id) || pending.Contains(id));
        if (hasFailed && !isQueued)
        {
            // Not before: a prompt that is interrupted enters the history when its step ends.
            await discards.DiscardAsync(ticket, cancellationToken);
            throw faults[0];
        }

        if (!isQueued)
        {
            // It may have ended between the two calls; if not, the server restarted and lost it.
            return (await queue.EndedAsync(ours[..Math.Min(1, ours.Length)], cancellationToken)).Count > 0 ? new RemoteJobStatus.InProgress(new(0)) : new RemoteJobStatus.NotFound();
        }

        if (running.FirstOrDefault(id => !isOurs(id)) is { } other)
        {
            queue.WaitBehind(other);
        }

        var ahead = ended.Count == 0 && !ours.Any(running.Contains) ? running.Count + pending.TakeWhile(id => !ours.Contains(id)).Count() : (int?)null;
        return new RemoteJobStatus.InProgress(new(0, ahead) { CountsPictures = true })
        {
            CollectAsync = ended.Count == 0 ? null : token => CollectAsync(ticket, ids, ended, request, token),
        };
    }

    /// <summary>Gets the pictures of those prompts of a job that have ended. Without any of their files, the job is as good as unknown.</summary>
    private async Task<RemoteJobStatus> CollectAsync(string ticket, string[] ids, Dictionary<string, JsonNode> ended, ImageRequest request, CancellationToken cancellationToken)
    {
        var received = new ReceivedPictures();
        BackendException? broken = null;
        foreach (var (position, id) in ids.Index())
        {
            await received.AddAsync(position, () => ended.TryGetValue(id, out var entry)
                ? PictureAsync(entry)
                : throw new BackendException(BackendFault.TimedOut, $"{name} did not finish every picture in its time."));
        }

        if (broken is not null)
        {
            // They are still there when it answers again.
            throw broken;
        }

        try
        {
            return new RemoteJobStatus.Ended(received.Result());
        }
        catch (BackendException exception)
        {
            // Nothing of it is stored here, and a job that is submitted again gets another ticket.
            await discards.DiscardAsync(ticket, cancellationToken);
            if (exception.Fault != BackendFault.Lost)
            {
                throw;
            }

            return new RemoteJobStatus.NotFound(exception);
        }

        async Task<PaintedPicture> PictureAsync(JsonNode entry)
        {
            try
            {
                return errors.FaultOf(entry, request) is { } fault ? throw fault : await files.GetAsync(entry, request, cancellationToken);
            }
            catch (BackendException exception) when (exception.Fault == BackendFault.Unavailable)
            {
                broken = exception;
                throw;
            }
        }
    }
}
