using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Personalization.Backends.Http;

namespace Personalization.Backends.ComfyUi;

/// <summary>The prompts of a server: which wait or run, which have ended, how they are stopped and forgotten.</summary>
/// <param name="patience">After how long a prompt of another client that runs and keeps ours waiting is logged.</param>
internal sealed partial class ComfyUiQueue(string name, BackendClient client, TimeSpan patience, TimeProvider time, ILogger logger)
{
    private readonly Lock _lock = new();
    private string _other = "";
    private long _since;
    private bool _isLogged;

    /// <summary>The ids of the prompts that run, and of those that wait, the next one first.</summary>
    public async Task<(IReadOnlyList<string> Running, IReadOnlyList<string> Pending)> ReadAsync(CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync("queue", cancellationToken);
        var queue = answer.IsSuccess ? answer.Json() : throw answer.Refused();

        // Items are [number, id, graph, ...]; the lowest number is next.
        string[] IdsOf(string key) => [.. (queue[key] as JsonArray ?? []).OrderBy(item => (double?)item?[0] ?? 0).Select(item => (string?)item?[1] ?? "")];
        return (IdsOf("queue_running"), IdsOf("queue_pending"));
    }

    /// <summary>The entries in the history of those prompts that have ended.</summary>
    public async Task<Dictionary<string, JsonNode>> EndedAsync(string[] ids, CancellationToken cancellationToken)
    {
        var ended = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            var answer = await client.GetAsync($"history/{id}", cancellationToken);
            if ((answer.IsSuccess ? answer.Json() : throw answer.Refused())[id] is { } entry)
            {
                ended[id] = entry;
            }
        }

        return ended;
    }

    /// <summary>Stops the prompts of a job, waiting or running.</summary>
    /// <returns>Whether one was stopped.</returns>
    public async Task<bool> CancelAsync(ComfyUiTicket ticket, CancellationToken cancellationToken)
    {
        // The last one first: the end of one must not start the next.
        string[] ids = [.. ticket.Ids.Reverse()];
        return await CancelJobsAsync(ids, cancellationToken) ?? await CancelPromptsAsync(ids, cancellationToken);
    }

    /// <summary>Deletes the entries of prompts in the history, which hold their text.</summary>
    public Task ForgetAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        CallAsync("history", new JsonObject { ["delete"] = List(ids) }, cancellationToken);

    /// <summary>Has the server drop the results of executed nodes, and the loaded models, which it does when its worker is next idle.</summary>
    public Task FreeAsync(CancellationToken cancellationToken) =>
        CallAsync("free", new JsonObject { ["unload_models"] = true, ["free_memory"] = true }, cancellationToken);

    /// <summary>Notes which prompt of another client keeps ours waiting: one that runs for as long as ours may without progress is logged, once.</summary>
    public void WaitBehind(string other)
    {
        lock (_lock)
        {
            if (_other != other)
            {
                (_other, _since, _isLogged) = (other, time.GetTimestamp(), false);
            }
            else if (!_isLogged && time.GetElapsedTime(_since) >= patience)
            {
                _isLogged = true;
                LogStuck(name, other, patience.TotalMinutes);
            }
        }
    }

    /// <summary>Stops prompts with the call that newer servers have for it: no other prompt can start in between.</summary>
    /// <returns>Whether one was stopped; null if the server has no such call (ComfyUI before 0.26).</returns>
    private async Task<bool?> CancelJobsAsync(string[] ids, CancellationToken cancellationToken)
    {
        var isAny = false;
        foreach (var id in ids)
        {
            var answer = await client.PostAsync($"api/jobs/{id}/cancel", new JsonObject(), isRepeatable: true, limit: null, cancellationToken);
            if (!answer.IsSuccess)
            {
                return null;
            }

            isAny |= (bool?)answer.Json()["cancelled"] == true;
        }

        return isAny;
    }

    private async Task<bool> CancelPromptsAsync(string[] ids, CancellationToken cancellationToken)
    {
        var (running, pending) = await ReadAsync(cancellationToken);
        var waiting = ids.Where(pending.Contains).ToArray();
        if (waiting.Length > 0)
        {
            await CallAsync("queue", new JsonObject { ["delete"] = List(waiting) }, cancellationToken);
        }

        // Older servers ignore the id and interrupt the running prompt: only if that is ours.
        var current = ids.Where(running.Contains).ToArray();
        foreach (var id in current)
        {
            await CallAsync("interrupt", new JsonObject { ["prompt_id"] = id }, cancellationToken);
        }

        return waiting.Length + current.Length > 0;
    }

    private static JsonArray List(IEnumerable<string> ids) => [.. ids.Select(id => (JsonNode)id)];

    private async Task CallAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        var answer = await client.PostAsync(path, body, isRepeatable: true, limit: null, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw answer.Refused();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Backend} has run prompt {Prompt} of another client for more than {Minutes:0.##} minutes, and everyone waits for it: see what it does, or interrupt it there")]
    private partial void LogStuck(string backend, string prompt, double minutes);
}
