using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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
    /// <summary>For each class: its required inputs, and the kind of value each must have.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Nodes = new(StringComparer.Ordinal)
    {
        ["CheckpointLoaderSimple"] = new() { ["ckpt_name"] = "checkpoint" },
        ["CLIPTextEncode"] = new() { ["text"] = "text", ["clip"] = "link" },
        ["EmptyLatentImage"] = new() { ["width"] = "side", ["height"] = "side", ["batch_size"] = "number" },
        ["EmptySD3LatentImage"] = new() { ["width"] = "side", ["height"] = "side", ["batch_size"] = "number" },
        ["KSampler"] = new() { ["seed"] = "number", ["steps"] = "number", ["cfg"] = "number", ["sampler_name"] = "sampler", ["scheduler"] = "text", ["denoise"] = "number", ["model"] = "link", ["positive"] = "link", ["negative"] = "link", ["latent_image"] = "link" },
        ["VAEDecode"] = new() { ["samples"] = "link", ["vae"] = "link" },
        ["VAEEncode"] = new() { ["pixels"] = "link", ["vae"] = "link" },
        ["LoadImage"] = new() { ["image"] = "image" },
        ["SaveImage"] = new() { ["images"] = "link", ["filename_prefix"] = "text" },
        ["PreviewImage"] = new() { ["images"] = "link" },
        ["UNETLoader"] = new() { ["unet_name"] = "unet", ["weight_dtype"] = "text" },
        ["CLIPLoader"] = new() { ["clip_name"] = "encoder", ["type"] = "text" },
        ["DualCLIPLoader"] = new() { ["clip_name1"] = "encoder", ["clip_name2"] = "encoder", ["type"] = "text" },
        ["TripleCLIPLoader"] = new() { ["clip_name1"] = "encoder", ["clip_name2"] = "encoder", ["clip_name3"] = "encoder" },
        ["VAELoader"] = new() { ["vae_name"] = "vae" },
        ["TextEncodeQwenImage21"] = new() { ["clip"] = "link", ["prompt"] = "text", ["negative_prompt"] = "text", ["resolution"] = "number" },
        ["EmptyFlux2LatentImage"] = new() { ["width"] = "side", ["height"] = "side", ["batch_size"] = "number" },
        ["ModelSamplingAuraFlow"] = new() { ["model"] = "link", ["shift"] = "number" },
        ["FluxGuidance"] = new() { ["conditioning"] = "link", ["guidance"] = "number" },
        ["BasicGuider"] = new() { ["model"] = "link", ["conditioning"] = "link" },
        ["RandomNoise"] = new() { ["noise_seed"] = "number" },
        ["KSamplerSelect"] = new() { ["sampler_name"] = "sampler" },
        ["BasicScheduler"] = new() { ["model"] = "link", ["scheduler"] = "text", ["steps"] = "number", ["denoise"] = "number" },
        ["SamplerCustomAdvanced"] = new() { ["noise"] = "link", ["guider"] = "link", ["sampler"] = "link", ["sigmas"] = "link", ["latent_image"] = "link" },
        ["StyleModelLoader"] = new() { ["style_model_name"] = "text" },
        ["CLIPVisionLoader"] = new() { ["clip_name"] = "text" },
        ["CLIPVisionEncode"] = new() { ["clip_vision"] = "link", ["image"] = "link", ["crop"] = "text" },
        ["StyleModelApply"] = new() { ["conditioning"] = "link", ["style_model"] = "link", ["clip_vision_output"] = "link", ["strength"] = "number", ["strength_type"] = "text" },
        ["IPAdapterUnifiedLoader"] = new() { ["model"] = "link", ["preset"] = "text" },
        ["IPAdapterAdvanced"] = new() { ["model"] = "link", ["ipadapter"] = "link", ["image"] = "link", ["weight"] = "number", ["weight_type"] = "text", ["combine_embeds"] = "text", ["start_at"] = "number", ["end_at"] = "number", ["embeds_scaling"] = "text" },
    };

    // As many as the real one has: of more than 20, its refusal lists none.
    private static readonly string[] Samplers =
    [
        "euler", "euler_cfg_pp", "euler_ancestral", "heun", "dpm_2", "dpm_2_ancestral", "lms", "dpm_fast", "dpm_adaptive", "dpmpp_2s_ancestral", "dpmpp_sde",
        "dpmpp_2m", "dpmpp_2m_sde", "dpmpp_3m_sde", "ddpm", "lcm", "ipndm", "deis", "res_multistep", "er_sde", "ddim", "uni_pc",
    ];

    /// <summary>For each class: the types of its outputs.</summary>
    private static readonly Dictionary<string, string[]> Outputs = new(StringComparer.Ordinal)
    {
        ["CheckpointLoaderSimple"] = ["MODEL", "CLIP", "VAE"],
        ["UNETLoader"] = ["MODEL"],
        ["CLIPLoader"] = ["CLIP"],
        ["DualCLIPLoader"] = ["CLIP"],
        ["TripleCLIPLoader"] = ["CLIP"],
        ["VAELoader"] = ["VAE"],
        ["CLIPTextEncode"] = ["CONDITIONING"],
        ["TextEncodeQwenImage21"] = ["CONDITIONING", "CONDITIONING", "LATENT"],
        ["FluxGuidance"] = ["CONDITIONING"],
        ["StyleModelApply"] = ["CONDITIONING"],
        ["ModelSamplingAuraFlow"] = ["MODEL"],
        ["EmptyLatentImage"] = ["LATENT"],
        ["EmptySD3LatentImage"] = ["LATENT"],
        ["EmptyFlux2LatentImage"] = ["LATENT"],
        ["VAEEncode"] = ["LATENT"],
        ["KSampler"] = ["LATENT"],
        ["BasicGuider"] = ["GUIDER"],
        ["RandomNoise"] = ["NOISE"],
        ["KSamplerSelect"] = ["SAMPLER"],
        ["BasicScheduler"] = ["SIGMAS"],
        ["SamplerCustomAdvanced"] = ["LATENT", "LATENT"],
        ["VAEDecode"] = ["IMAGE"],
        ["LoadImage"] = ["IMAGE", "MASK"],
        ["StyleModelLoader"] = ["STYLE_MODEL"],
        ["CLIPVisionLoader"] = ["CLIP_VISION"],
        ["CLIPVisionEncode"] = ["CLIP_VISION_OUTPUT"],
        ["IPAdapterUnifiedLoader"] = ["MODEL", "IPADAPTER"],
        ["IPAdapterAdvanced"] = ["MODEL"],
    };

    /// <summary>The types of inputs whose names do not say them: <c>clip_vision</c> takes CLIP_VISION.</summary>
    private static readonly Dictionary<string, string> InputTypes = new(StringComparer.Ordinal)
    {
        ["positive"] = "CONDITIONING",
        ["negative"] = "CONDITIONING",
        ["latent_image"] = "LATENT",
        ["samples"] = "LATENT",
        ["pixels"] = "IMAGE",
        ["images"] = "IMAGE",
    };

    private readonly ConcurrentDictionary<string, TaskCompletionSource<Listener?>> _listeners = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _firstWords = new();
    private readonly ConcurrentDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
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

    public IReadOnlyList<string> Checkpoints { get; init; } = ["sd15.safetensors", "sdxl_base.safetensors", "flux1-schnell-fp8.safetensors"];

    public IReadOnlyList<string> Unets { get; init; } = ["flux1-dev.safetensors"];

    public IReadOnlyList<string> TextEncoders { get; init; } = ["clip_l.safetensors", "t5xxl_fp8_e4m3fn.safetensors"];

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
    public void CleanOutput()
    {
        foreach (var name in _files.Keys.Where(name => name.StartsWith("output/", StringComparison.Ordinal) || name.StartsWith("temp/", StringComparison.Ordinal)))
        {
            _files.TryRemove(name, out _);
        }
    }

    /// <summary>The first frame of each connection.</summary>
    public IReadOnlyCollection<string> FirstWords => _firstWords;

    /// <summary>The files: those of the input folder by name, others as <c>folder/subfolder/name</c>.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => _files;

    /// <summary>Adds a file to the input folder.</summary>
    public void Put(string name, byte[] content) => _files[name] = content;

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
        app.MapPost("/upload/image", (Delegate)UploadAsync);
        app.MapGet("/view", View);
        app.MapGet("/object_info/{type}", Describe);
        app.MapGet("/view_metadata/{folder}", Metadata);
        app.MapGet("/experiment/models/{folder}", (string folder) => Results.Json(FilesOf(folder).Select(name => new { name, pathIndex = 0, size = Sizes.GetValueOrDefault(name) })));
        app.Map("/ws", ListenAsync);
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
            if (type is null || !Nodes.TryGetValue(type, out var inputs) || (type.StartsWith("IPAdapter", StringComparison.Ordinal) && !HasIpAdapter))
            {
                return Invalid("invalid_prompt", $"Cannot execute because node {type} does not exist.");
            }

            var errors = new JsonArray([.. inputs.Select(input => Check(graph, input.Key, input.Value, content!["inputs"]?[input.Key])).OfType<JsonNode>()]);
            if (errors.Count > 0)
            {
                nodes[node] = new JsonObject { ["errors"] = errors, ["dependent_outputs"] = new JsonArray(), ["class_type"] = type };
            }
        }

        if (nodes.Count > 0)
        {
            return Invalid("prompt_outputs_failed_validation", "Prompt outputs failed validation", nodes);
        }

        lock (_lock)
        {
            _pending.Add(new(++_last, id, (string?)body["client_id"], graph));
            if (_running is null && Next() is { } prompt)
            {
                _work.Writer.TryWrite(prompt);
            }

            return Results.Json(new { prompt_id = id, number = _last, node_errors = new { } });
        }
    }

    private JsonObject? Check(JsonObject graph, string input, string kind, JsonNode? value)
    {
        JsonObject Error(string type, string message, string details, JsonObject? extra = null) =>
            new() { ["type"] = type, ["message"] = message, ["details"] = details, ["extra_info"] = extra ?? new() { ["input_name"] = input } };

        if (value is null)
        {
            return Error("required_input_missing", "Required input is missing", input);
        }

        JsonObject? Mismatch(string type, int output)
        {
            var (received, expected) = (Outputs.GetValueOrDefault(type)?.ElementAtOrDefault(output) ?? "nothing", InputTypes.GetValueOrDefault(input) ?? input.ToUpperInvariant());
            return received == expected ? null : Error("return_type_mismatch", "Return type mismatch between linked nodes", $"{input}, received_type({received}) mismatch input_type({expected})");
        }

        var valueKind = value.GetValueKind();
        JsonObject? OneOf(IReadOnlyCollection<string> all) => valueKind == JsonValueKind.String && all.Contains((string?)value)
            ? null
            : Error(
                "value_not_in_list",
                "Value not in list",
                $"{input}: '{value}' not in {(all.Count > 20 ? $"(list of length {all.Count})" : $"[{string.Join(", ", all.Select(one => $"'{one}'"))}]")}",
                new() { ["input_name"] = input, ["input_config"] = all.Count > 20 ? null : new JsonArray(List(all), new JsonObject()), ["received_value"] = value.DeepClone() });
        return kind switch
        {
            "link" => value is JsonArray { Count: 2 } link && link[0]!.GetValueKind() == JsonValueKind.String && graph.ContainsKey((string)link[0]!) ? Mismatch((string?)graph[(string)link[0]!]!["class_type"] ?? "", (int)link[1]!) : Error("bad_linked_input", "Bad linked input, must be a length-2 list of [node_id, slot_index]", input),
            "text" => valueKind == JsonValueKind.String ? null : Error("invalid_input_type", "Failed to convert an input value to a STRING value", input),
            "number" => valueKind == JsonValueKind.Number ? null : Error("invalid_input_type", "Failed to convert an input value to a INT value", input),
            "side" => valueKind == JsonValueKind.Number && (int)value % 8 == 0 && (int)value >= 16 ? null : Error("value_smaller_than_min", "Value smaller than min", input),
            "checkpoint" => OneOf(Checkpoints),
            "unet" => OneOf(Unets),
            "sampler" => OneOf(Samplers),
            "encoder" => OneOf(TextEncoders),
            "vae" => OneOf(Vaes),
            _ => valueKind == JsonValueKind.String && _files.ContainsKey(FileOf((string)value!)) ? null : Error("custom_validation_failed", "Custom validation failed for node", $"{input} - Invalid image file: {value}"),
        };
    }

    private static JsonArray List(IEnumerable<string> names) => [.. names.Select(name => (JsonNode)name)];

    /// <summary>Where a file is that a node names: in the input folder, or in the one that stands behind its name.</summary>
    private static string FileOf(string named)
    {
        var (path, type) = named.EndsWith(" [temp]", StringComparison.Ordinal) ? (named[..^" [temp]".Length], "temp") : (named, "input");
        return PathOf(type, path[..Math.Max(0, path.LastIndexOf('/'))], path[(path.LastIndexOf('/') + 1)..]);
    }

    private static string PathOf(string type, string subfolder, string name) => (type, subfolder) == ("input", "") ? name : $"{type}/{subfolder}/{name}";

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

    private async Task<IResult> UploadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var form = FormPart.Parse(context.Request.ContentType ?? "", body.ToArray());
        string Field(string name, string unset) => form?.FirstOrDefault(part => part.Name == name)?.Text ?? unset;
        if (form?.FirstOrDefault(part => part.Name == "image") is not { FileName.Length: > 0 } file || Field("type", "input") is not ("input" or "temp" or "output") || Field("overwrite", "") != "true")
        {
            return Results.BadRequest();
        }

        _files[PathOf(Field("type", "input"), Field("subfolder", ""), file.FileName)] = file.Content;
        return Results.Json(new { name = file.FileName, subfolder = Field("subfolder", ""), type = Field("type", "input") });
    }

    private IResult View(string filename, string subfolder, string type) =>
        _files.TryGetValue(PathOf(type, subfolder, filename), out var file) ? Results.Bytes(file, "image/png") : Results.NotFound();

    private IReadOnlyList<string> FilesOf(string kind) => kind switch { "checkpoints" => Checkpoints, "encoder" => TextEncoders, "vae" => Vaes, _ => Unets };

    private IResult Metadata(string folder, string filename) => FilesOf(folder).Contains(filename) && Architectures.TryGetValue(filename, out var architecture)
        ? Results.Json(new Dictionary<string, string> { ["format"] = "pt", ["modelspec.architecture"] = architecture })
        : Results.NotFound();

    private IResult Describe(string type)
    {
        if (!Nodes.TryGetValue(type, out var inputs))
        {
            return Results.Json(new JsonObject());
        }

        var required = new JsonObject(inputs.Select(input => KeyValuePair.Create<string, JsonNode?>(input.Key, input.Value switch
        {
            "checkpoint" => new JsonArray(List(Checkpoints)),
            "unet" or "encoder" or "vae" => new JsonArray("COMBO", new JsonObject { ["options"] = List(FilesOf(input.Value)) }),
            "sampler" => new JsonArray(List(Samplers), new JsonObject()),
            _ => new JsonArray("STRING"),
        })));
        return Results.Json(new JsonObject { [type] = new JsonObject { ["input"] = new JsonObject { ["required"] = required } } });
    }

    private async Task ListenAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = 400;
            return;
        }

        // Registered before the client can know that it is connected, so that no prompt runs without its reports.
        var listener = new TaskCompletionSource<Listener?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = context.Request.Query["clientId"].ToString();
        _listeners[id] = listener;
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[4096];
            while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } received)
            {
                if (!listener.Task.IsCompleted)
                {
                    var words = Encoding.UTF8.GetString(buffer, 0, received.Count);
                    _firstWords.Enqueue(words);
                    listener.TrySetResult(new(socket, words.Contains("supports_preview_metadata", StringComparison.Ordinal)));
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException)
        {
            // The client disconnected without a close message.
        }
        finally
        {
            _listeners.TryRemove(id, out _);
            listener.TrySetResult(null);
        }
    }

    private async Task WorkAsync(ChannelReader<Prompt> work)
    {
        var begun = 0;
        await foreach (var prompt in work.ReadAllAsync())
        {
            if (++begun == HoldsFrom)
            {
                HoldsPainting = true;
            }

            await TellAsync(prompt, "execution_start", new JsonObject { ["prompt_id"] = prompt.Id });
            await TellAsync(prompt, "progress", new JsonObject { ["value"] = 1, ["max"] = 2, ["prompt_id"] = prompt.Id, ["node"] = "3" });
            await ShowAsync(prompt);
            if (HoldsPainting)
            {
                using var interrupted = new CancellationTokenSource();
                await Task.WhenAny(_released.WaitAsync(interrupted.Token), _interrupted.Task);
                await interrupted.CancelAsync();
            }

            JsonObject? entry;
            lock (_lock)
            {
                entry = _running == prompt ? End(prompt) : null;
            }

            // The real one says so before it can be seen in the history.
            if ((bool?)entry?["status"]!["completed"] == true)
            {
                await TellAsync(prompt, "execution_success", new JsonObject { ["prompt_id"] = prompt.Id });
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

            await TellAsync(prompt, "executing", new JsonObject { ["node"] = null, ["prompt_id"] = prompt.Id });
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
            foreach (var (node, content) in prompt.Graph.Where(node => (string?)node.Value!["class_type"] is "SaveImage" or "PreviewImage"))
            {
                var type = (string?)content!["class_type"] == "SaveImage" ? "output" : "temp";

                // A node is not executed again while its inputs and those before it are the same.
                var name = _saved.GetOrAdd(Trace(prompt.Graph, node, isKey: true), _ =>
                {
                    var written = $"{type}_{prompt.Number:D5}_.png";
                    _files[$"{type}//{written}"] = Paint(prompt.Graph, (string)content["inputs"]!["images"]![0]!);
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
            .Where(input => isKey || Nodes[type].ContainsKey(input.Key))
            .OrderBy(input => input.Key, StringComparer.Ordinal)
            .Select(input => $"{input.Key}={(input.Value is JsonArray { Count: 2 } link ? $"{Trace(graph, (string)link[0]!, isKey)}.{link[1]}" : Value(input.Key, input.Value!))}");
        return $"{type}({string.Join(',', inputs)})";

        string Value(string input, JsonNode value) =>
            Nodes[type].GetValueOrDefault(input) == "image" ? (isKey ? (string)value! : "") + Convert.ToHexString(SHA256.HashData(_files[FileOf((string)value!)]))
            : !isKey && IgnoresSeeds && input is "seed" or "noise_seed" ? $"{Interlocked.Increment(ref _unseeded)}"
            : value.ToJsonString();
    }

    /// <summary>
    /// The connections that receive the reports of a prompt, after they have sent their features: that of its client, or all if
    /// it was sent without one.
    /// </summary>
    private async Task<Listener[]> ListenersOfAsync(Prompt prompt)
    {
        var all = await Task.WhenAll(_listeners.Where(listener => prompt.Client is null || prompt.Client == listener.Key).Select(listener => listener.Value.Task));
        return [.. all.OfType<Listener>()];
    }

    private async Task TellAsync(Prompt prompt, string type, JsonObject data)
    {
        // Of a prompt without a client, everyone receives the progress, and no one where it begins and ends.
        if (prompt.Client is null && type != "progress")
        {
            return;
        }

        foreach (var listener in await ListenersOfAsync(prompt))
        {
            await SendAsync(listener.Socket, Encoding.UTF8.GetBytes(new JsonObject { ["type"] = type, ["data"] = data.DeepClone() }.ToJsonString()), WebSocketMessageType.Text);
        }
    }

    private async Task ShowAsync(Prompt prompt)
    {
        if (!ShowsPreviews)
        {
            return;
        }

        var picture = PaintedPng.Paint(64, 64, null, "", "preview", prompt.Id);
        foreach (var listener in await ListenersOfAsync(prompt))
        {
            byte[] head;
            if (listener.Describes && prompt.Client is not null)
            {
                var description = Encoding.UTF8.GetBytes(new JsonObject { ["node_id"] = "3", ["prompt_id"] = prompt.Id, ["image_type"] = "image/png" }.ToJsonString());
                head = [.. Number(4), .. Number((uint)description.Length), .. description];
            }
            else
            {
                head = [.. Number(1), .. Number(2)];
            }

            await SendAsync(listener.Socket, [.. head, .. picture], WebSocketMessageType.Binary);
        }
    }

    private static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static async Task SendAsync(WebSocket socket, byte[] message, WebSocketMessageType type)
    {
        try
        {
            await socket.SendAsync(message, type, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The client has disconnected.
        }
    }

    private sealed record Listener(WebSocket Socket, bool Describes);

    private sealed record Prompt(int Number, string Id, string? Client, JsonObject Graph);
}
