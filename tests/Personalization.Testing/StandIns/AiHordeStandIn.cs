using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Personalization.Testing.StandIns;

/// <summary>AI Horde's queue with one worker: strict about seeds that are text, sizes in steps of 64 and the client's name.</summary>
public sealed class AiHordeStandIn : StandIn
{
    private readonly ConcurrentDictionary<string, Request> _requests = new(StringComparer.Ordinal);
    private int _last;

    /// <summary>The valid keys besides the anonymous one.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    public IReadOnlyList<string> Models { get; init; } = ["stable_diffusion", "AlbedoBase XL (SDXL)"];

    /// <summary>The list of models that it goes by, as its maintainers write it.</summary>
    public JsonObject Reference { get; init; } = [];

    /// <summary>While set, requests wait.</summary>
    public bool HoldsQueue { get; set; }

    /// <summary>How many pictures of each request the worker's filter blanks out.</summary>
    public int Censored { get; set; }

    /// <summary>How many pictures of each request no worker returns.</summary>
    public int Missing { get; init; }

    /// <summary>Whether the worker fails.</summary>
    public bool Faults { get; set; }

    /// <summary>Whether pictures come as data instead of addresses.</summary>
    public bool SendsData { get; init; }

    public IEnumerable<string> Cancelled => _requests.Where(request => request.Value.IsCancelled).Select(request => request.Key);

    protected override void Forget() => _requests.Clear();

    protected override void Map(WebApplication app)
    {
        app.MapPost("/api/v2/generate/async", (Delegate)SubmitAsync);
        app.MapGet("/api/v2/generate/check/{id}", Check);
        app.MapGet("/api/v2/generate/status/{id}", (string id) => _requests.TryGetValue(id, out var request) && !request.IsCancelled ? Results.Json(Generations(id, request)) : NotFound());
        app.MapDelete("/api/v2/generate/status/{id}", Cancel);
        app.MapGet("/r2/{id}/{number:int}.webp", File);
        app.MapGet("/reference/stable_diffusion.json", (HttpContext context) => context.Request.Headers.ContainsKey("apikey") ? Results.BadRequest() : Results.Content(Reference.ToJsonString(), "text/plain"));
    }

    private static IResult Error(int status, string code, string message) => Results.Json(new { message, rc = code }, statusCode: status);

    private static IResult NotFound() => Error(404, "RequestNotFound", "Image Request not found.");

    private async Task<IResult> SubmitAsync(HttpContext context)
    {
        var key = context.Request.Headers["apikey"].ToString();
        if (key != "0000000000" && !Keys.Contains(key))
        {
            return Error(401, "InvalidAPIKey", "No user matching sent API Key.");
        }

        if (context.Request.Headers["Client-Agent"].ToString().Split(':').Length < 3)
        {
            return Error(400, "BadClientAgent", "Client-Agent must be name:version:contact.");
        }

        var body = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        var parameters = body["params"]!;
        if (parameters["seed"] is { } seed && seed.GetValueKind() != JsonValueKind.String)
        {
            return Error(400, "ValidationError", "Input payload validation failed: params.seed is not of type 'string'");
        }

        var (width, height) = ((int)parameters["width"]!, (int)parameters["height"]!);
        if (width % 64 != 0 || height % 64 != 0 || width is < 64 or > 3072 || height is < 64 or > 3072)
        {
            return Error(400, "ValidationError", "Input payload validation failed: params.width is not a multiple of 64");
        }

        var prompt = (string?)body["prompt"] ?? "";
        if (prompt.Contains("forbidden", StringComparison.Ordinal))
        {
            return Error(400, "CorruptPrompt", "This prompt appears to violate our terms of service and will be reported.");
        }

        if ((long)width * height > 1024 * 1024 + 1 && key == "0000000000")
        {
            return Error(403, "KudosUpfront", "Due to heavy demand, for requests over 1024x1024, the client needs to already have the required kudos.");
        }

        var id = $"00000000-0000-4000-8000-{Interlocked.Increment(ref _last):D12}";
        _requests[id] = new(body, key == "0000000000");
        var warnings = WarningsOf(body).Select(code => new { code, message = $"The {code} of this generation." }).ToArray();
        return Results.Json(warnings.Length == 0 ? new { id, kudos = 10 } : new { id, kudos = 10, warnings }, statusCode: 202);
    }

    /// <summary>What of the requirements of its list a request does not meet (AI-Horde, horde/validation.py).</summary>
    private IEnumerable<string> WarningsOf(JsonObject body)
    {
        var parameters = body["params"]!;
        foreach (var model in body["models"] as JsonArray ?? [])
        {
            var requires = Reference[(string)model!]?["requirements"];
            double? Number(string key) => requires?[key] is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;
            string[] Texts(string key) => [.. (requires?[key] as JsonArray ?? []).Select(text => (string)text!)];
            var (steps, guidance) = ((int)parameters["steps"]!, (double)parameters["cfg_scale"]!);
            (string Code, bool IsSo)[] found =
            [
                ("ClipSkipMismatch", Number("clip_skip") is { } skip && skip != ((int?)parameters["clip_skip"] ?? 1)),
                ("StepsTooFew", Number("min_steps") > steps),
                ("StepsTooMany", Number("max_steps") < steps),
                ("CfgScaleMismatch", Number("cfg_scale") is { } scale && scale != guidance),
                ("CfgScaleTooSmall", Number("min_cfg_scale") > guidance),
                ("CfgScaleTooLarge", Number("max_cfg_scale") < guidance),
                ("SamplerMismatch", Texts("samplers") is { Length: > 0 } samplers && !samplers.Contains((string)parameters["sampler_name"]!)),
                ("SchedulerMismatch", Texts("schedulers") is { Length: > 0 } schedulers && !schedulers.Contains((bool)parameters["karras"]! ? "karras" : "simple")),
            ];
            foreach (var (code, _) in found.Where(one => one.IsSo))
            {
                yield return code;
            }
        }
    }

    private IResult Check(string id)
    {
        if (!_requests.TryGetValue(id, out var request) || request.IsCancelled)
        {
            return NotFound();
        }

        var isPossible = (request.Body["models"] as JsonArray)?.Any(model => Models.Contains((string)model!)) != false;
        if (isPossible && !HoldsQueue)
        {
            request.Looks++;
        }

        var count = (int?)request.Body["params"]!["n"] ?? 1;
        return Results.Json(new
        {
            finished = request.Looks > 1 && !Faults ? count : 0,
            processing = request.Looks == 1 ? count : 0,
            restarted = 0,
            waiting = request.Looks == 0 ? count : 0,
            done = request.Looks > 1 && !Faults,
            faulted = request.Looks > 1 && Faults,
            wait_time = 5,
            queue_position = request.Looks == 0 ? 3 : 0,
            kudos = 10,
            is_possible = isPossible,
        });
    }

    private IResult Cancel(string id)
    {
        if (!_requests.TryGetValue(id, out var request) || request.IsCancelled)
        {
            return NotFound();
        }

        request.IsCancelled = true;
        return Results.Json(Generations(id, request));
    }

    private object Generations(string id, Request request) => new
    {
        done = true,
        shared = request.IsAnonymous || (bool?)request.Body["shared"] == true,

        // Workers finish in any order.
        generations = Enumerable.Range(0, (int?)request.Body["params"]!["n"] ?? 1).Skip(Missing).Reverse().Select(i => new
        {
            img = SendsData ? Convert.ToBase64String(Paint(request.Body, i)) : new Uri(Address, $"/r2/{id}/{i}.webp").ToString(),
            seed = Seed(request.Body, i).ToString(CultureInfo.InvariantCulture),
            id = $"{id}-{i}",
            censored = i - Missing < Censored,
            gen_metadata = Array.Empty<object>(),
            worker_name = "the only one",
            model = "stable_diffusion",
            state = i - Missing < Censored ? "censored" : "ok",
        }),
    };

    private IResult File(HttpContext context, string id, int number) =>
        context.Request.Headers.ContainsKey("apikey") ? Results.BadRequest()
        : _requests.TryGetValue(id, out var request) ? Results.Bytes(Paint(request.Body, number), "image/webp")
        : Results.NotFound();

    private static uint Seed(JsonObject body, int number) =>
        unchecked(uint.Parse((string?)body["params"]!["seed"] ?? "0", CultureInfo.InvariantCulture) + ((uint)number * ((uint?)(int?)body["params"]!["seed_variation"] ?? 1)));

    private static byte[] Paint(JsonObject body, int number) => PaintedPng.Paint(
        (int)body["params"]!["width"]!,
        (int)body["params"]!["height"]!,
        (string?)body["prompt"],
        "parameters",
        body["prompt"],
        Seed(body, number),
        body["models"]?.ToJsonString(),
        body["source_image"],
        body["params"]!["denoising_strength"]);

    private sealed class Request(JsonObject body, bool isAnonymous)
    {
        public JsonObject Body => body;

        public bool IsAnonymous => isAnonymous;

        public int Looks { get; set; }

        public bool IsCancelled { get; set; }
    }
}
