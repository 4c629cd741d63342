using System.Net;
using System.Text.Json.Nodes;
using Personalization.Backends.Http;

namespace Personalization.Backends.StableDiffusionWebUi;

/// <summary>
/// The progress of a task, and its interruption. AUTOMATIC1111 and Forge tell tasks apart by the ids that we give them. Without
/// their web page (<c>--nowebui</c>), and in SD.Next, which drops the ids of calls, there is only the progress of whatever is being
/// painted: it is taken for a task's own if nothing was painted when the task was sent, and no person's task is by now.
/// </summary>
internal sealed class WebUiProgress(BackendClient client)
{
    private volatile Source _source;
    private volatile string? _sentWhileIdle;
    private bool _tellsPeople;

    /// <summary>What the server does with a task.</summary>
    internal enum TaskState
    {
        /// <summary>Nothing: it has not begun, or is done.</summary>
        None,

        /// <summary>It waits at the server.</summary>
        Queued,

        /// <summary>It is being painted.</summary>
        Active,

        /// <summary>Something is being painted, and it may be the task or one before it.</summary>
        Untold,
    }

    private enum Source
    {
        Unknown,
        Task,
        Server,
        None,
    }

    /// <summary>Whether there may be progress, previews and a way to interrupt.</summary>
    public bool Exists => _source != Source.None;

    /// <summary>What the operator should know of it; empty for nothing.</summary>
    public string Notice => _source switch
    {
        Source.Server => "it does not tell tasks apart (SD.Next, or a web UI with --nowebui), so progress, previews and Cancel are for jobs that were sent while it painted nothing",
        Source.None => "it tells no progress and cannot be interrupted; if it is stable-diffusion.cpp's server, use the kind StableDiffusionCpp",
        _ => "",
    };

    /// <summary>Finds out what the server tells. Where it cannot be asked, what it told before stays.</summary>
    /// <returns>Whether it could be asked.</returns>
    public async Task<bool> InspectAsync(CancellationToken cancellationToken)
    {
        var own = await client.PostAsync("internal/progress", Question("task(none)", withPreview: false), isRepeatable: true, limit: null, cancellationToken);

        // SD.Next has the address, for tasks of people at its web page alone, and this one, which the others do not have.
        var people = await client.GetAsync("sdapi/v1/status", cancellationToken);
        var all = await client.GetAsync("sdapi/v1/progress?skip_current_image=true", cancellationToken);
        var source = (int)people.Status >= 500 ? Source.Unknown
            : own.IsSuccess && !people.IsSuccess ? Source.Task
            : all.IsSuccess && (people.IsSuccess || IsMissing(own)) ? Source.Server
            : IsMissing(own) && IsMissing(all) ? Source.None
            : Source.Unknown;
        if (source == Source.Unknown)
        {
            return false;
        }

        (_tellsPeople, _source) = (people.IsSuccess, source);
        return true;
    }

    /// <summary>Prepares to watch a task; call it before the task is sent.</summary>
    public async Task BeginAsync(string task, CancellationToken cancellationToken)
    {
        // Otherwise the one before may still be painted, and may still be interrupted.
        if (_source == Source.Server && await AllAsync(withPreview: false, cancellationToken) is { } all && JobIn(all).Length == 0)
        {
            _sentWhileIdle = task;
        }
    }

    /// <summary>The task has ended: what is painted from now on is another's.</summary>
    public void End() => _sentWhileIdle = null;

    /// <summary>The progress of a task; null where it cannot be told.</summary>
    public async Task<TaskProgress?> OfAsync(string task, bool withPreview, CancellationToken cancellationToken)
    {
        if (_source == Source.None)
        {
            return null;
        }

        if (_source != Source.Server)
        {
            var answer = await client.PostAsync("internal/progress", Question(task, withPreview), isRepeatable: true, limit: null, cancellationToken);
            return answer.IsSuccess && answer.TryJson() is JsonObject own
                ? new(StateIn(own), (double?)own["progress"] ?? 0, Decode((string?)own["live_preview"]))
                : null;
        }

        var isOthers = _sentWhileIdle != task || await IsOfPersonAsync(cancellationToken);
        if (await AllAsync(withPreview && !isOthers, cancellationToken) is not { } all)
        {
            return null;
        }

        // Between the steps of a job there is a moment without one.
        var state = JobIn(all).Length == 0 ? TaskState.None : isOthers || _sentWhileIdle != task ? TaskState.Untold : TaskState.Active;
        return new(
            state,
            state == TaskState.None ? 0 : (double?)all["progress"] ?? 0,
            state == TaskState.Active ? Decode((string?)all["current_image"]) : default);
    }

    /// <summary>Interrupts what is being painted, if that is the task.</summary>
    /// <returns>Whether it was.</returns>
    public async Task<bool> InterruptAsync(string task, CancellationToken cancellationToken)
    {
        if (await OfAsync(task, withPreview: false, cancellationToken) is not { State: TaskState.Active })
        {
            return false;
        }

        var answer = await client.PostAsync("sdapi/v1/interrupt", new JsonObject(), isRepeatable: true, limit: null, cancellationToken);
        if (answer.IsSuccess && _sentWhileIdle == task)
        {
            // What is painted next is another's, also where no one waits for this one's end.
            End();
        }

        return answer.IsSuccess;
    }

    private static TaskState StateIn(JsonObject own) =>
        (bool?)own["active"] == true ? TaskState.Active : (bool?)own["queued"] == true ? TaskState.Queued : TaskState.None;

    private static bool IsMissing(BackendAnswer answer) => answer.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed;

    private static JsonObject Question(string task, bool withPreview) => new() { ["id_task"] = task, ["id_live_preview"] = -1, ["live_preview"] = withPreview };

    /// <summary>What is being painted; empty for nothing.</summary>
    private static string JobIn(JsonObject all) => (all["state"] as JsonObject)?["job"]?.ToString() ?? "";

    private async Task<JsonObject?> AllAsync(bool withPreview, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync("sdapi/v1/progress?skip_current_image=" + (withPreview ? "false" : "true"), cancellationToken);
        return answer.IsSuccess ? answer.TryJson() as JsonObject : null;
    }

    private async Task<bool> IsOfPersonAsync(CancellationToken cancellationToken) =>
        _tellsPeople
        && await client.GetAsync("sdapi/v1/status", cancellationToken) is { IsSuccess: true } answer
        && (answer.TryJson() as JsonObject)?["current"]?.ToString() is { Length: > 0 };

    private static ReadOnlyMemory<byte> Decode(string? image)
    {
        if (image is null)
        {
            return default;
        }

        var start = image.StartsWith("data:", StringComparison.Ordinal) ? image.IndexOf(',', StringComparison.Ordinal) + 1 : 0;
        var bytes = new byte[image.Length];
        return Convert.TryFromBase64Chars(image.AsSpan(start), bytes, out var written) ? bytes.AsMemory(0, written) : default;
    }

    /// <summary>How far a task is.</summary>
    /// <param name="Fraction">0 to 1; of what is being painted, if it is not told whose that is.</param>
    /// <param name="Preview">An unfinished picture; empty for none.</param>
    internal sealed record TaskProgress(TaskState State, double Fraction, ReadOnlyMemory<byte> Preview);
}
