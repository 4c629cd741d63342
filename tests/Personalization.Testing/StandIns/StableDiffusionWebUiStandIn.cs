using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Personalization.Testing.StandIns;

/// <summary>
/// The <c>/sdapi</c> of AUTOMATIC1111, Forge or SD.Next. Like the real ones it processes one call at a time, puts the grid before
/// the pictures, writes the prompt into them, silently uses its own checkpoint if the requested one is unknown, and interrupts
/// whichever task is running. AUTOMATIC1111 and Forge tell the progress of a task by its id where they have their web page; SD.Next
/// drops the ids of calls, and tells the progress of what is running.
/// </summary>
public sealed class StableDiffusionWebUiStandIn : StandIn
{
    /// <summary>The programs that share the interface.</summary>
    public const string Automatic1111 = "AUTOMATIC1111", Forge = "Forge", SdNext = "SD.Next";

    private SemaphoreSlim _lock = new(1);
    private TaskCompletionSource _interrupted = NewSignal();
    private TaskCompletionSource _released = NewSignal();
    private readonly ConcurrentDictionary<string, bool> _queued = new(StringComparer.Ordinal);
    private TaskCompletionSource _begun = NewSignal();
    private string? _running;

    public string Program { get; init; } = Automatic1111;

    /// <summary>Whether it was started with <c>--api</c>.</summary>
    public bool HasApi { get; init; } = true;

    /// <summary>Whether it has its web page; false as with <c>--nowebui</c>.</summary>
    public bool HasPage { get; init; } = true;

    /// <summary>Whether it tells any progress; the same interface of sd-server does not, and cannot be interrupted.</summary>
    public bool HasProgress { get; init; } = true;

    /// <summary>The task of a person at SD.Next's web page that is running; empty for none.</summary>
    public string PersonTask { get; set; } = "";

    /// <summary>What SD.Next calls the type of the loaded model; null for none.</summary>
    public string? ModelType { get; set; } = "sd";

    /// <summary>The value of <c>--api-auth</c>; null for none.</summary>
    public string? Credentials { get; init; }

    /// <summary>Whether the ControlNet extension is installed.</summary>
    public bool HasControlNet { get; init; } = true;

    /// <summary>The model names of its checkpoints; the first is the default.</summary>
    public IReadOnlyList<string> Checkpoints { get; init; } = ["sd15", "sdxl_base"];

    /// <summary>Whether it ignores <c>n_iter</c>, as the same interface of sd-server does: a call paints one picture.</summary>
    public bool PaintsOne { get; init; }

    /// <summary>While set, painting does not end.</summary>
    public bool HoldsPainting { get; set; }

    /// <summary>How many pictures of a task are finished when it is interrupted; one more is unfinished.</summary>
    public int FinishedFirst { get; init; }

    /// <summary>The architecture in the metadata of each checkpoint's file, which its page shows; null for none.</summary>
    public string? Architecture { get; init; }

    /// <summary>How far what is running is, 0 to 1.</summary>
    public double Progress { get; set; } = 0.5;

    /// <summary>An unfinished picture, as base64; null for none.</summary>
    public string? LivePreview { get; set; }

    /// <summary>Completes when a painting has begun.</summary>
    public Task Begun => _begun.Task.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>How many tasks were interrupted.</summary>
    public int Interruptions { get; private set; }

    /// <summary>Lets a held painting end.</summary>
    public void Release()
    {
        HoldsPainting = false;
        _released.TrySetResult();
    }

    protected override void Forget()
    {
        (_lock, _running, _interrupted, _released, _begun) = (new(1), null, NewSignal(), NewSignal(), NewSignal());
        _queued.Clear();
    }

    protected override void Map(WebApplication app)
    {
        app.Use(async (context, next) =>
        {
            if (Credentials is { } credentials && context.Request.Headers.Authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)))
            {
                await Status(401, """{"detail":"Incorrect username or password"}""")(context);
                return;
            }

            await next(context);
        });
        if (!HasApi)
        {
            return;
        }

        app.MapPost("/sdapi/v1/txt2img", (Delegate)PaintAsync);
        app.MapPost("/sdapi/v1/img2img", (Delegate)PaintAsync);
        app.MapGet("/sdapi/v1/sd-models", () => Results.Json(Checkpoints.Select(name => new { title = $"{name}.safetensors [0123456789]", model_name = name, hash = "0123456789", filename = $"/models/{name}.safetensors" })));
        app.MapGet("/sdapi/v1/options", () => Results.Json(new { samples_format = "png", sd_model_checkpoint = $"{Checkpoints[0]}.safetensors [0123456789]" }));
        if (HasPage && Program != SdNext)
        {
            app.MapGet("/sd_extra_networks/metadata", Metadata);
        }

        if (HasProgress)
        {
            app.MapPost("/sdapi/v1/interrupt", Interrupt);
            app.MapGet("/sdapi/v1/progress", (Delegate)All);
            if (HasPage || Program == SdNext)
            {
                app.MapPost("/internal/progress", (Delegate)ProgressAsync);
            }
        }

        if (Program == SdNext)
        {
            app.MapGet("/sdapi/v1/ip-adapters", () => Results.Json(new[] { "Base", "Plus" }));
            app.MapGet("/sdapi/v1/status", () => Results.Json(new { status = _running is null ? "idle" : "running", task = _running is null ? "" : "API-TXT", current = PersonTask, id = "0123456789abcde", queued = 0 }));
            app.MapGet("/sdapi/v1/checkpoint", () => Results.Json(new { type = ModelType, @class = "Pipeline", title = $"{Checkpoints[0]} [0123456789]", name = Checkpoints[0], filename = $"/models/{Checkpoints[0]}.safetensors" }));
        }
        else
        {
            if (HasControlNet)
            {
                app.MapGet("/controlnet/module_list", () => Results.Json(new { module_list = new[] { "none", Program == Forge ? "CLIP-ViT-H (IPAdapter)" : "ip-adapter-auto" } }));
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static IResult Invalid(string field, string message) =>
        Results.Json(new { detail = new[] { new { loc = new[] { "body", field }, msg = message, type = "type_error" } } }, statusCode: 422);

    private async Task<IResult> PaintAsync(HttpContext context)
    {
        var request = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        if (Check(request, context.Request.Path == "/sdapi/v1/img2img") is { } problem)
        {
            return problem;
        }

        var held = _lock;
        var task = (string?)request["force_task_id"] ?? "";
        _queued[task] = true;
        try
        {
            await held.WaitAsync(context.RequestAborted);
        }
        finally
        {
            _queued.TryRemove(task, out _);
        }

        try
        {
            (_interrupted, _running) = (NewSignal(), task);
            _begun.TrySetResult();
            if (HoldsPainting)
            {
                await Task.WhenAny(_released.Task, _interrupted.Task);
            }

            return Results.Json(Answer(request, _interrupted.Task.IsCompleted));
        }
        finally
        {
            _running = null;
            held.Release();
        }
    }

    private IResult? Check(JsonObject request, bool isOverPicture)
    {
        foreach (var (field, kind) in new[]
        {
            ("prompt", JsonValueKind.String), ("negative_prompt", JsonValueKind.String), ("seed", JsonValueKind.Number), ("width", JsonValueKind.Number),
            ("height", JsonValueKind.Number), ("steps", JsonValueKind.Number), ("cfg_scale", JsonValueKind.Number), ("batch_size", JsonValueKind.Number),
            ("n_iter", JsonValueKind.Number), ("force_task_id", JsonValueKind.String), ("override_settings", JsonValueKind.Object), ("alwayson_scripts", JsonValueKind.Object),
        })
        {
            if (request[field] is { } value && value.GetValueKind() != kind)
            {
                return Invalid(field, $"value is not a valid {kind}");
            }
        }

        if (isOverPicture && request["init_images"] is not JsonArray { Count: > 0 })
        {
            return Results.Json(new { detail = "Init image not found" }, statusCode: 404);
        }

        return request["alwayson_scripts"]?["ControlNet"] is not null && !(HasControlNet && Program != SdNext)
            ? Results.Json(new { error = "HTTPException", detail = "always on script ControlNet not found", body = "", errors = "" }, statusCode: 422)
            : null;
    }

    private JsonObject Answer(JsonObject request, bool isInterrupted)
    {
        var asked = (string?)request["override_settings"]?["sd_model_checkpoint"];
        var checkpoint = Checkpoints.FirstOrDefault(name => asked == name || asked == $"{name}.safetensors" || asked == $"{name}.safetensors [0123456789]") ?? Checkpoints[0];
        var (width, height) = ((int)request["width"]!, (int)request["height"]!);
        var (prompt, negative) = ((string?)request["prompt"] ?? "", (string?)request["negative_prompt"] ?? "");
        var seed = (long?)request["seed"] ?? -1;
        var planned = PaintsOne ? 1 : ((int?)request["batch_size"] ?? 1) * ((int?)request["n_iter"] ?? 1);
        var count = isInterrupted ? Math.Min(planned, FinishedFirst + 1) : planned;

        // Of an interrupted task too, all seeds are listed.
        var seeds = Enumerable.Range(0, planned).Select(i => seed + i).ToArray();
        var references = Program == SdNext ? request["ip_adapter"]?.ToJsonString() : request["alwayson_scripts"]?.ToJsonString();
        var over = (request["init_images"]?.ToJsonString() ?? "") + request["denoising_strength"]?.ToJsonString();
        var images = seeds
            .Take(count)
            .Select(one => PaintedPng.Paint(width, height, string.Create(CultureInfo.InvariantCulture, $"{prompt}\nNegative prompt: {negative}\nSeed: {one}"), "parameters", prompt, negative, one, checkpoint, references, over, request["steps"], request["cfg_scale"], width, height))
            .ToList();
        var hasGrid = count > 1;
        if (hasGrid)
        {
            images.Insert(0, PaintedPng.Paint(width * 2, height * 2, null, "", "grid", prompt, seed));
        }

        if (request["alwayson_scripts"] is not null)
        {
            images.Add(PaintedPng.Paint(width, height, null, "", "control map"));
        }

        return new JsonObject
        {
            ["images"] = new JsonArray([.. images.Select(image => (JsonNode)Convert.ToBase64String(image))]),
            ["parameters"] = new JsonObject(),
            ["info"] = new JsonObject
            {
                ["seed"] = seed,
                ["all_seeds"] = new JsonArray([.. seeds.Select(one => (JsonNode)one)]),
                ["index_of_first_image"] = hasGrid ? 1 : 0,
                ["sd_model_name"] = checkpoint,
            }.ToJsonString(),
        };
    }

    private async Task<IResult> ProgressAsync(HttpContext context)
    {
        var request = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        if (request["id_task"]?.GetValueKind() != JsonValueKind.String || request["id_live_preview"]?.GetValueKind() != JsonValueKind.Number)
        {
            return Invalid("id_task", "field required");
        }

        // SD.Next knows the tasks of its page alone.
        var task = Program == SdNext ? "" : (string)request["id_task"]!;
        var (isRunning, isQueued) = (_running == task, _queued.ContainsKey(task));
        return Results.Json(new
        {
            active = isRunning,
            queued = isQueued,
            completed = !isRunning && !isQueued,
            progress = isRunning ? Progress : (double?)null,
            eta = 1.0,
            live_preview = isRunning && (bool?)request["live_preview"] == true && LivePreview is { } preview ? "data:image/png;base64," + preview : null,
            id_live_preview = 1,
            textinfo = "",
        });
    }

    private IResult Metadata(string page, string item) => Architecture is not null && page == "checkpoints" && Checkpoints.Contains(item)
        ? Results.Json(new { metadata = new JsonObject { ["modelspec.architecture"] = Architecture }.ToJsonString() })
        : Results.Json(new { });

    private IResult All(HttpContext context) => Results.Json(new
    {
        id = "0123456789abcde",
        progress = _running is null ? 0 : Progress,
        eta_relative = 1.0,
        state = new { skipped = false, interrupted = false, job = _running is null ? "" : Program == SdNext ? "API-TXT" : "scripts_txt2img", job_count = _running is null ? 0 : 1, job_no = 0 },
        current_image = _running is null || context.Request.Query["skip_current_image"] == "true" ? null : LivePreview,
        textinfo = (string?)null,
    });

    private IResult Interrupt()
    {
        if (_running is not null)
        {
            Interruptions++;
            _interrupted.TrySetResult();
        }

        return Program == SdNext ? Results.NoContent() : Results.Json(new { });
    }
}
