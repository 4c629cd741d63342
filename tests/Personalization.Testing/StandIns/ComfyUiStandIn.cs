using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Personalization.Testing.StandIns;

/// <summary>
/// ComfyUI: validates graphs node by node like the real one, runs prompts one at a time, reports them on its socket, writes the
/// whole graph into its pictures, keeps the results of nodes by all their inputs, and prompts in memory only.
/// </summary>
public sealed class ComfyUiStandIn : StandIn
{
    private readonly ComfyUiListeners _listeners = new();
    private readonly ComfyUiFolder _folder = new();
    private readonly ComfyUiNodes _nodes;
    private readonly ConcurrentDictionary<string, JsonObject> _history = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _saved = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _decoded = new(StringComparer.Ordinal);
    private readonly List<Prompt> _pending = [];
    private readonly Lock _lock = new();
    private Channel<Prompt> _work = Channel.CreateUnbounded<Prompt>();
    private Task _worker = Task.CompletedTask;
    private SemaphoreSlim _released = new(0);
    private TaskCompletionSource _interrupted = NewSignal();
    private Prompt? _running;
    private int? _looksLeft;
    private int _last;
    private int _unseeded;

    public ComfyUiStandIn() => _nodes = new(FilesOf, named => _folder.All.ContainsKey(ComfyUiFolder.FileOf(named)));

    public IReadOnlyList<string> Checkpoints { get; init; } = ["sd15.safetensors", "sdxl_base.safetensors", "flux1-schnell-fp8.safetensors"];

    public IReadOnlyList<string> Unets { get; init; } = ["flux1-dev.safetensors"];

    public IReadOnlyList<string> TextEncoders { get; set; } = ["clip_l.safetensors", "t5xxl_fp8_e4m3fn.safetensors"];

    public IReadOnlyList<string> Vaes { get; init; } = ["ae.safetensors", "pixel_space"];

    /// <summary>The architecture in the metadata of a model's file.</summary>
    public IReadOnlyDictionary<string, string> Architectures { get; init; } = new Dictionary<string, string>();

    /// <summary>The size of a model's file in bytes.</summary>
    public IReadOnlyDictionary<string, long> Sizes { get; init; } = new Dictionary<string, long>();

    /// <summary>Whether ComfyUI_IPAdapter_plus is installed.</summary>
    public bool HasIpAdapter { get; init; } = true;

    /// <summary>Whether it shows unfinished pictures.</summary>
    public bool ShowsPreviews { get; init; } = true;

    /// <summary>While set, the prompt that runs does not end.</summary>
    public bool HoldsPainting { get; set; }

    /// <summary>How long each prompt takes, by which clock; null for no time.</summary>
    public (TimeProvider Clock, TimeSpan Takes)? Pace { get; init; }

    /// <summary>Sets <see cref="HoldsPainting"/> when this many prompts have begun.</summary>
    public int HoldsFrom { get; init; } = int.MaxValue;

    /// <summary>The error of the next prompts; null if they succeed.</summary>
    public string? Failure { get; set; }

    /// <summary>The type of that error.</summary>
    public string FailureType { get; init; } = "torch.OutOfMemoryError";

    /// <summary>Which of the prompts fail with <see cref="Failure"/>, by their number from 1.</summary>
    public Func<int, bool> Fails { get; init; } = _ => true;

    /// <summary>How many of the next decoded pictures are black, as with a decoder that overflows in half precision.</summary>
    public int Black { get; set; }

    /// <summary>Whether every picture is another one, whatever the seed.</summary>
    public bool IgnoresSeeds { get; init; }

    /// <summary>Whether jobs can be cancelled by their id, as from 0.26 on.</summary>
    public bool HasJobs { get; init; } = true;

    /// <summary>How often the queue shows an interrupted prompt as running: the real one goes on until its step ends, and enters the history then.</summary>
    public int LooksWhileStopping { get; init; }

    /// <summary>Whether a prompt is running.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_lock)
            {
                return _running is not null;
            }
        }
    }

    /// <summary>The ids of the prompts in the history.</summary>
    public IReadOnlyCollection<string> History => [.. _history.Keys];

    /// <summary>Deletes the painted files, as an operator does. The server still knows what it executed.</summary>
    public void CleanOutput() => _folder.Clean();

    /// <summary>The first frame of each connection.</summary>
    public IReadOnlyCollection<string> FirstWords => _listeners.FirstWords;

    /// <summary>The files: those of the input folder by name, others as <c>folder/subfolder/name</c>.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => _folder.All;

    /// <summary>Adds a file to the input folder.</summary>
    public void Put(string name, byte[] content) => _folder.Put(name, content);

    /// <summary>Lets a held prompt end.</summary>
    public void Release()
    {
        HoldsPainting = false;
        _released.Release();
    }

    /// <summary>Lets the held prompt (or the next one to be held) end, and holds the one after it.</summary>
    public void ReleaseOne() => _released.Release();

    protected override void Forget()
    {
        lock (_lock)
        {
            _history.Clear();
            ForgetResults();
            _pending.Clear();
            _listeners.Clear();
            _running = null;
            _work.Writer.TryComplete();
            _work = Channel.CreateUnbounded<Prompt>();
            (_released, _interrupted) = (new(0), NewSignal());
            _worker = WorkAsync(_work.Reader);
        }
    }

    private void ForgetResults()
    {
        _saved.Clear();
        _decoded.Clear();
    }

    protected override void Map(WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            // A page of another origin must not reach a server on loopback.
            if (context.Request.Headers.Origin.Count > 0 && context.Request.Headers.Origin != Address.GetLeftPart(UriPartial.Authority))
            {
                context.Response.StatusCode = 403;
                return;
            }

            await next(context);
        });
        app.MapPost("/prompt", (Delegate)SubmitAsync);
        app.MapGet("/history/{id}", (string id) => Results.Json(_history.TryGetValue(id, out var entry) ? new JsonObject { [id] = entry.DeepClone() } : []));
        app.MapPost("/history", (Delegate)ForgetAsync);
        if (HasJobs)
        {
            app.MapPost("/api/jobs/{id}/cancel", Cancel);
        }

        app.MapGet("/queue", Queue);
        app.MapPost("/queue", (Delegate)DeleteAsync);
        app.MapPost("/interrupt", (Delegate)InterruptAsync);
        app.MapPost("/free", () => ForgetResults());
        app.MapPost("/upload/image", (Delegate)_folder.UploadAsync);
        app.MapGet("/view", _folder.View);
        app.MapGet("/object_info/{type}", (string type) => Results.Json(_nodes.Describe(type)));
        app.MapGet("/view_metadata/{folder}", Metadata);
        app.MapGet("/experiment/models/{folder}", (string folder) => Results.Json(FilesOf(folder).Select(name => new { name, pathIndex = 0, size = Sizes.GetValueOrDefault(name) })));
        app.Map("/ws", _listeners.ListenAsync);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static IResult Invalid(string type, string message, JsonObject? nodes = null) => Results.Json(
        new JsonObject
        {
            ["error"] = new JsonObject { ["type"] = type, ["message"] = message, ["details"] = "", ["extra_info"] = new JsonObject() },
            ["node_errors"] = nodes ?? [],
        },
        statusCode: 400);

    private async Task<IResult> SubmitAsync(HttpContext context)
    {
        var body = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        if (body["prompt"] is not JsonObject { Count: > 0 } graph)
        {
            return Invalid("no_prompt", "No prompt provided");
        }

        var id = (string?)body["prompt_id"] ?? Guid.Empty.ToString();
        if (!Guid.TryParseExact(id, "D", out var parsed) || parsed.ToString("D") != id)
        {
            return Invalid("invalid_prompt_id", "prompt_id must be a canonical lower-case UUID");
        }

        var nodes = new JsonObject();
        foreach (var (node, content) in graph)
        {
            var type = (string?)content?["class_type"];
            if (type is null || !ComfyUiNodes.Has(type) || (type.StartsWith("IPAdapter", StringComparison.Ordinal) && !HasIpAdapter))
            {
                return Invalid("invalid_prompt", $"Cannot execute because node {type} does not exist.");
            }

            var errors = _nodes.ErrorsOf(graph, node);
            if (errors.Count > 0)
            {
                nodes[node] = new JsonObject { ["errors"] = errors, ["dependent_outputs"] = new JsonArray(), ["class_type"] = type };
            }
        }

        // An output is dropped for a fault of any node that leads to it; without one that is left, the prompt is refused.
        string[] outputs = [.. graph.Where(node => ComfyUiNodes.IsOutput(node.Value)).Select(node => node.Key).Where(output => !ComfyUiNodes.Before(graph, output).Any(nodes.ContainsKey))];
        if (outputs.Length == 0)
        {
            return Invalid("prompt_outputs_failed_validation", "Prompt outputs failed validation", nodes);
        }

        lock (_lock)
        {
            _pending.Add(new(++_last, id, (string?)body["client_id"], graph) { Outputs = outputs });
            if (_running is null && Next() is { } prompt)
            {
                _work.Writer.TryWrite(prompt);
            }

            return Results.Json(new { prompt_id = id, number = _last, node_errors = nodes });
        }
    }

    private IResult Queue()
    {
        static JsonNode Item(Prompt prompt) => new JsonArray(prompt.Number, prompt.Id, prompt.Graph.DeepClone(), new JsonObject(), new JsonArray("9"));
        lock (_lock)
        {
            if (_looksLeft-- <= 1)
            {
                _interrupted.TrySetResult();
            }

            return Results.Json(new JsonObject
            {
                ["queue_running"] = _running is null ? [] : new JsonArray(Item(_running)),
                ["queue_pending"] = new JsonArray([.. _pending.Select(Item)]),
            });
        }
    }

    private async Task<IResult> ForgetAsync(HttpContext context)
    {
        var body = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        foreach (var id in body["delete"] as JsonArray ?? [])
        {
            _history.TryRemove((string)id!, out _);
        }

        return Results.Ok();
    }

    private IResult Cancel(string id)
    {
        lock (_lock)
        {
            var isRunning = _running?.Id == id;
            if (isRunning)
            {
                Interrupt();
            }

            return Results.Json(new { cancelled = isRunning || _pending.RemoveAll(prompt => prompt.Id == id) > 0 });
        }
    }

    private void Interrupt()
    {
        if (LooksWhileStopping == 0)
        {
            _interrupted.TrySetResult();
            return;
        }

        _looksLeft ??= LooksWhileStopping;
    }

    private async Task<IResult> DeleteAsync(HttpContext context)
    {
        var body = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        lock (_lock)
        {
            _pending.RemoveAll(prompt => (body["delete"] as JsonArray)?.Any(id => (string?)id == prompt.Id) == true);
        }

        return Results.Ok();
    }

    private async Task<IResult> InterruptAsync(HttpContext context)
    {
        var body = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        lock (_lock)
        {
            if (body["prompt_id"] is null || (string?)body["prompt_id"] == _running?.Id)
            {
                Interrupt();
            }
        }

        return Results.Ok();
    }

    private IReadOnlyList<string> FilesOf(string kind) => kind switch { "checkpoint" or "checkpoints" => Checkpoints, "encoder" => TextEncoders, "vae" => Vaes, _ => Unets };

    private IResult Metadata(string folder, string filename) => FilesOf(folder).Contains(filename) && Architectures.TryGetValue(filename, out var architecture)
        ? Results.Json(new Dictionary<string, string> { ["format"] = "pt", ["modelspec.architecture"] = architecture })
        : Results.NotFound();

    private async Task WorkAsync(ChannelReader<Prompt> work)
    {
        var begun = 0;
        await foreach (var prompt in work.ReadAllAsync())
        {
            if (++begun == HoldsFrom)
            {
                HoldsPainting = true;
            }

            await _listeners.TellAsync(prompt.Client, "execution_start", new JsonObject { ["prompt_id"] = prompt.Id });
            await _listeners.TellAsync(prompt.Client, "progress", new JsonObject { ["value"] = 1, ["max"] = 2, ["prompt_id"] = prompt.Id, ["node"] = "3" });
            if (ShowsPreviews)
            {
                await _listeners.ShowAsync(prompt.Client, prompt.Id);
            }

            if (HoldsPainting)
            {
                using var interrupted = new CancellationTokenSource();
                await Task.WhenAny(_released.WaitAsync(interrupted.Token), _interrupted.Task);
                await interrupted.CancelAsync();
            }

            if (Pace is var (clock, takes))
            {
                await Task.Delay(takes, clock);
            }

            JsonObject? entry;
            lock (_lock)
            {
                entry = _running == prompt ? End(prompt) : null;
            }

            // The real one says so before it can be seen in the history.
            if ((bool?)entry?["status"]!["completed"] == true)
            {
                await _listeners.TellAsync(prompt.Client, "execution_success", new JsonObject { ["prompt_id"] = prompt.Id });
            }

            lock (_lock)
            {
                // The queue must never show none of two consecutive prompts as running.
                if (_running == prompt)
                {
                    _history[prompt.Id] = entry!;
                    if (Next() is { } next)
                    {
                        _work.Writer.TryWrite(next);
                    }
                }
            }

            await _listeners.TellAsync(prompt.Client, "executing", new JsonObject { ["node"] = null, ["prompt_id"] = prompt.Id });
        }
    }

    /// <summary>Starts the next prompt of the queue; null if none is waiting.</summary>
    private Prompt? Next()
    {
        _running = _pending.FirstOrDefault();
        if (_running is not null)
        {
            _pending.RemoveAt(0);
            (_looksLeft, _interrupted) = (null, NewSignal());
        }

        return _running;
    }

    private JsonObject End(Prompt prompt)
    {
        var last = _interrupted.Task.IsCompleted
            ? new JsonArray("execution_interrupted", new JsonObject { ["prompt_id"] = prompt.Id })
            : Failure is { } failure && Fails(prompt.Number)
                ? new JsonArray("execution_error", new JsonObject { ["prompt_id"] = prompt.Id, ["node_type"] = "KSampler", ["exception_type"] = FailureType, ["exception_message"] = failure })
                : null;
        var outputs = new JsonObject();
        if (last is null)
        {
            foreach (var node in prompt.Outputs)
            {
                var content = prompt.Graph[node];
                var type = (string?)content!["class_type"] == "SaveImage" ? "output" : "temp";

                // A node is not executed again while its inputs and those before it are the same.
                var name = _saved.GetOrAdd(Trace(prompt.Graph, node, isKey: true), _ =>
                {
                    var written = $"{type}_{prompt.Number:D5}_.png";
                    _folder.Put($"{type}//{written}", Paint(prompt.Graph, (string)content["inputs"]!["images"]![0]!));
                    return written;
                });
                outputs[node] = new JsonObject { ["images"] = new JsonArray(new JsonObject { ["filename"] = name, ["subfolder"] = "", ["type"] = type }) };
            }
        }

        return new JsonObject
        {
            ["prompt"] = new JsonArray(prompt.Number, prompt.Id, prompt.Graph.DeepClone()),
            ["outputs"] = outputs,
            ["status"] = new JsonObject
            {
                ["status_str"] = last is null ? "success" : "error",
                ["completed"] = last is null,
                ["messages"] = new JsonArray(new JsonArray("execution_start", new JsonObject()), last ?? new JsonArray("execution_success", new JsonObject())),
            },
        };
    }

    /// <param name="source">The node whose picture is written.</param>
    private byte[] Paint(JsonObject graph, string source)
    {
        var size = graph.Select(node => node.Value!["inputs"]!).FirstOrDefault(inputs => inputs["width"] is not null);
        var (width, height) = size is null ? (64, 64) : ((int)size["width"]!, (int)size["height"]!);
        var painted = _decoded.GetOrAdd(Trace(graph, source, isKey: true), _ => Black-- > 0 ? "" : Trace(graph, source, isKey: false));
        return painted.Length == 0 ? PaintedPng.Black(width, height) : PaintedPng.Paint(width, height, graph.ToJsonString(), "prompt", painted);
    }

    /// <summary>
    /// A node with all that leads to it. As the key under which its result is kept, with every input, also one that the class
    /// does not declare (ComfyUI, <c>comfy_execution/caching.py</c>, <c>get_immediate_node_signature</c>); as what its result
    /// depends on, with the declared inputs and the content of files.
    /// </summary>
    private string Trace(JsonObject graph, string node, bool isKey)
    {
        var type = (string)graph[node]!["class_type"]!;
        var inputs = graph[node]!["inputs"]!.AsObject()
            .Where(input => isKey || ComfyUiNodes.KindOf(type, input.Key) is not null)
            .OrderBy(input => input.Key, StringComparer.Ordinal)
            .Select(input => $"{input.Key}={(input.Value is JsonArray { Count: 2 } link ? $"{Trace(graph, (string)link[0]!, isKey)}.{link[1]}" : Value(input.Key, input.Value!))}");
        return $"{type}({string.Join(',', inputs)})";

        string Value(string input, JsonNode value) =>
            ComfyUiNodes.KindOf(type, input) == "image" ? (isKey ? (string)value! : "") + Convert.ToHexString(SHA256.HashData(_folder.All[ComfyUiFolder.FileOf((string)value!)]))
            : !isKey && IgnoresSeeds && input is "seed" or "noise_seed" ? $"{Interlocked.Increment(ref _unseeded)}"
            : value.ToJsonString();
    }

    private sealed record Prompt(int Number, string Id, string? Client, JsonObject Graph)
    {
        /// <summary>The nodes whose pictures are written.</summary>
        public required IReadOnlyList<string> Outputs { get; init; }
    }
}
