using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Personalization.Testing.StandIns;

/// <summary>
/// The <c>/sdcpp/v1</c> of sd-server. Like the real one it silently ignores fields of the wrong type, rounds sizes up to multiples
/// of 64, clamps batches to 8, always declares an IP-Adapter, writes the prompt into its pictures unless that is switched off,
/// and forgets its jobs when it restarts.
/// </summary>
public sealed class StableDiffusionCppStandIn : StandIn
{
    private const int MaxQueue = 64;

    private readonly ConcurrentDictionary<string, Job> _jobs = new(StringComparer.Ordinal);
    private int _last;

    /// <summary>Whether it was started with <c>--ip-adapter</c>.</summary>
    public bool HasIpAdapter { get; init; }

    /// <summary>The file that it was started with.</summary>
    public string Model { get; set; } = "sd15.safetensors";

    /// <summary>The size and the scale that it was started with, by <c>-W</c>, <c>-H</c> and <c>--cfg-scale</c>.</summary>
    public (int Width, int Height, double Guidance) Defaults { get; init; } = (512, 512, 7);

    /// <summary>While set, jobs wait in the queue.</summary>
    public bool HoldsQueue { get; set; }

    /// <summary>While set, jobs are painted and do not end.</summary>
    public bool HoldsPainting { get; set; }

    /// <summary>How many jobs may end from now on.</summary>
    public int Endings { get; set; } = int.MaxValue;

    /// <summary>The error of the next jobs; null if they succeed.</summary>
    public string? Failure { get; set; }

    /// <summary>From how many jobs, the first, it leaves out the pictures.</summary>
    public int Missing { get; init; }

    /// <summary>Jobs that were cancelled.</summary>
    public IEnumerable<string> Cancelled => _jobs.Where(job => job.Value.Status == "cancelled").Select(job => job.Key);

    // It reads any content as JSON if it is short.
    protected override bool IsStrictAboutTypes => false;

    protected override void Forget() => _jobs.Clear();

    protected override void Map(WebApplication app)
    {
        app.MapGet("/sdcpp/v1/capabilities", () => Results.Json(new
        {
            model = new { name = Model, stem = Path.GetFileNameWithoutExtension(Model), path = $"/models/{Model}" },
            current_mode = "img_gen",
            defaults_by_mode = new { img_gen = new { width = Defaults.Width, height = Defaults.Height, seed = 42, sample_params = new { sample_steps = 20, guidance = new { txt_cfg = Defaults.Guidance } } } },
            features_by_mode = new { img_gen = new { ip_adapter_image = true } },
            samplers = new[] { "euler", "euler_a", "lcm" },
            schedulers = new[] { "discrete", "karras" },
            limits = new { min_width = 64, max_width = 4096, min_height = 64, max_height = 4096, max_batch_count = 8, max_queue_size = MaxQueue },
        }));
        app.MapPost("/sdcpp/v1/img_gen", (Delegate)SubmitAsync);
        app.MapGet("/sdcpp/v1/jobs/{id}", Look);
        app.MapPost("/sdcpp/v1/jobs/{id}/cancel", Cancel);
    }

    private async Task<IResult> SubmitAsync(HttpContext context)
    {
        // Its web server treats content that is not declared as JSON as a form, and limits the size of forms.
        const int MaxFormBytes = 8192;

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (context.Request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true && body.Length > MaxFormBytes)
        {
            return Results.StatusCode(413);
        }

        JsonObject request;
        try
        {
            request = JsonNode.Parse(body.ToArray()) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            return Results.Json(new { error = "invalid json" }, statusCode: 400);
        }

        if (_jobs.Values.Count(job => job.Status == "queued") >= MaxQueue)
        {
            return Results.Json(new { error = "job queue is full" }, statusCode: 429);
        }

        var id = $"job-{Interlocked.Increment(ref _last):D6}";
        _jobs[id] = new(request, _jobs.Count);
        return Results.Json(new { id, kind = "img_gen", status = "queued", created = 1, poll_url = $"/sdcpp/v1/jobs/{id}" }, statusCode: 202);
    }

    private IResult Look(string id)
    {
        if (!_jobs.TryGetValue(id, out var job))
        {
            return Results.Json(new { error = "job not found" }, statusCode: 404);
        }

        // Each status call advances the job by one step.
        job.Status = job.Status switch
        {
            "queued" when !HoldsQueue && !IsBehindAnother(job) => "generating",
            "generating" when !HoldsPainting && Endings-- > 0 => Failure is null ? "completed" : "failed",
            var same => same,
        };
        return Results.Json(new JsonObject
        {
            ["id"] = id,
            ["kind"] = "img_gen",
            ["status"] = job.Status,
            ["created"] = 1,
            ["queue_position"] = job.Status == "queued" ? job.Position : 0,
            ["result"] = job.Status == "completed" ? new JsonObject { ["output_format"] = "png", ["images"] = job.Position < Missing ? [] : Paint(job.Request) } : null,
            ["error"] = job.Status == "failed" ? new JsonObject { ["code"] = "generation_failed", ["message"] = Failure } : null,
        });
    }

    // One is painted at a time.
    private bool IsBehindAnother(Job job) => _jobs.Values.Any(other => other != job && other.Status == "generating");

    private IResult Cancel(string id)
    {
        if (!_jobs.TryGetValue(id, out var job))
        {
            return Results.Json(new { error = "job not found" }, statusCode: 404);
        }

        if (job.Status != "queued")
        {
            return Results.Json(new { error = "job is currently generating and cannot be interrupted yet" }, statusCode: 409);
        }

        job.Status = "cancelled";
        return Results.Json(new { id, status = "cancelled" });
    }

    private JsonArray Paint(JsonObject request)
    {
        const int DefaultSeed = 42;

        var width = RoundUp((int)Number(request, "width", 512));
        var height = RoundUp((int)Number(request, "height", 512));
        var seed = (long)Number(request, "seed", DefaultSeed);
        var count = Math.Clamp((int)Number(request, "batch_count", 1), 1, 8);
        var (prompt, negative) = (Text(request, "prompt"), Text(request, "negative_prompt"));
        var isMarked = request["embed_image_metadata"]?.GetValueKind() != JsonValueKind.False;
        var reference = HasIpAdapter ? Text(request, "ip_adapter_image") + Number(request, "ip_adapter_strength", 1) : "";
        var original = Text(request, "init_image") is { Length: > 0 } image ? image + Number(request, "strength", 0.75) : "";
        var images = new JsonArray();
        for (var i = 0; i < count; i++)
        {
            var parameters = string.Create(CultureInfo.InvariantCulture, $"{prompt}\nNegative prompt: {negative}\nSeed: {seed + i}");
            var png = PaintedPng.Paint(width, height, isMarked ? parameters : null, "parameters", prompt, negative, seed + i, width, height, reference, original);
            images.Add(new JsonObject { ["index"] = i, ["b64_json"] = Convert.ToBase64String(png) });
        }

        return images;
    }

    private static int RoundUp(int side) => (Math.Clamp(side, 64, 4096) + 63) / 64 * 64;

    private static double Number(JsonObject request, string field, double otherwise) =>
        request[field] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : otherwise;

    private static string Text(JsonObject request, string field) =>
        request[field] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "";

    private sealed class Job(JsonObject request, int position)
    {
        public JsonObject Request => request;

        public int Position => position;

        public string Status { get; set; } = "queued";
    }
}
