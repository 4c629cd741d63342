using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Personalization.Backends.Wire;
using Personalization.Imagine.Backends;
using Personalization.Imaging;
using Personalization.Pictures;

namespace Personalization.Backends.AiHorde;

/// <summary>
/// AI Horde: a queue that volunteers' machines take from. The ticket is the request's id. A request lives about twenty
/// minutes; finished pictures lie behind addresses for half an hour.
/// </summary>
internal sealed partial class AiHordeBackend(string name, AiHordeOptions options, TimeProvider time, ILogger<AiHordeBackend> logger) : IImageBackend, IDisposable
{
    private const int Step = 64;
    private const int LongestSide = 3072;

    // Workers come and go: only a request that nobody can take for this many looks is given up.
    private const int HopelessLooks = 10;

    private readonly BackendClient _client = new(
        name,
        options,
        time,
        ("apikey", options.ApiKey),
        ("Client-Agent", $"Personalization:1:{string.Concat(options.Contact.Where(character => character is > ' ' and < (char)127))}"));

    // Pictures lie on another host, which the key is not for.
    private readonly NamedFiles _files = new(name, options, time);

    public string Name => name;

    public (int Area, int Step) SizeOf(string model) => (ModelOptions.Of(options, model).AreaOf(model), Step);

    public BackendCapabilities CapabilitiesOf(string model)
    {
        var readsWeights = ModelOptions.Of(options, model).FamilyOf(model) != ModelFamily.Flux;
        return new()
        {
            Weights = readsWeights,
            Negative = readsWeights,
            Variations = true,
            Seed = true,
            Batch = 20,
            Sizes = true,
            Progress = true,
            Cancel = true,
            Notice = options.ApiKey == AiHordeOptions.Anonymous ? $"with the anonymous key all pictures are shared with the public: get a key at aihorde.net and set Backends:{name}:ApiKey" : "",
        };
    }

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken)
    {
        var (hopeless, cost) = (0, "");
        var result = await ServerJob.RunAsync(
            name,
            options,
            time,
            journal,
            async token =>
            {
                (var ticket, var refusal, cost) = await SubmitAsync(request, sources, token);
                return (ticket, refusal);
            },
            async (ticket, token) =>
            {
                var (look, isPossible) = await LookAsync(ticket, request, token);
                hopeless = isPossible ? 0 : hopeless + 1;
                if (hopeless < HopelessLooks)
                {
                    return look;
                }

                await ServerJob.AbandonAsync(ticket, CancelAsync, token);
                throw new BackendException(BackendFault.Misconfigured, $"No worker of {name} serves \"{request.Model}\" at {request.Width} x {request.Height}: set Imagine:Versions to a model that is listed at aihorde.net.");
            },
            CancelAsync,
            cancellationToken);
        return result is PaintingResult.Painted painted ? painted with { Cost = cost } : result;
    }

    public async Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken)
    {
        var answer = await _client.SendAsync(() => new(HttpMethod.Delete, $"generate/status/{Uri.EscapeDataString(ticket)}"), isRepeatable: true, limit: null, cancellationToken);
        return answer.IsSuccess;
    }

    public void Dispose()
    {
        _client.Dispose();
        _files.Dispose();
    }

    private async Task<(string Ticket, PaintingResult.Refused? Refusal, string Cost)> SubmitAsync(ImageRequest request, PaintingSources sources, CancellationToken cancellationToken)
    {
        var answer = await _client.PostAsync("generate/async", Body(request, sources), isRepeatable: false, limit: null, cancellationToken);
        if (answer.IsSuccess)
        {
            var taken = answer.Json();
            var id = (string?)taken["id"] ?? throw answer.Unexpected("names no request");
            var cost = taken["kudos"] is { } kudos ? $"{kudos} kudos" : "";
            LogTaken(name, id, cost);
            return (id, null, cost);
        }

        var (code, message) = ErrorOf(answer);
        return code == "CorruptPrompt"
            ? ("", new("The Horde does not paint this: its rules are against it. Put it in other words, and try again."), "")
            : throw Refusal(answer, code, message);
    }

    private JsonObject Body(ImageRequest request, PaintingSources sources)
    {
        var model = ModelOptions.Of(options, request.Model);
        var capabilities = CapabilitiesOf(request.Model);
        var positive = PromptWriter.Positive(request, PromptSyntax.AiHorde, capabilities);
        var negative = capabilities.Negative ? PromptWriter.Negative(request, PromptSyntax.AiHorde) : "";
        var (width, height) = SizeFor(request);
        var parameters = new JsonObject
        {
            // Seeds are text here, and picture i has the seed + i.
            ["seed"] = request.Seed.ToString(CultureInfo.InvariantCulture),
            ["seed_variation"] = 1,
            ["width"] = width,
            ["height"] = height,
            ["n"] = request.Count,
            ["steps"] = model.Steps ?? 25,
            ["cfg_scale"] = Math.Round(model.Guidance ?? 7, 2),
            ["sampler_name"] = model.Sampler ?? "k_euler_a",
            ["karras"] = model.Scheduler is null or "karras",
        };
        var body = new JsonObject
        {
            ["prompt"] = negative.Length == 0 ? positive : $"{positive} ### {negative}",
            ["params"] = parameters,
            ["nsfw"] = options.Nsfw,
            ["censor_nsfw"] = !options.Nsfw,
            ["trusted_workers"] = options.TrustedWorkers,
            ["r2"] = true,
            ["shared"] = options.Shared,
        };
        if (request.Model.Length > 0)
        {
            body["models"] = new JsonArray(request.Model);
        }

        if (!sources.Original.IsEmpty)
        {
            body["source_image"] = Convert.ToBase64String(PictureSanitizer.ToWebP(sources.Original));
            body["source_processing"] = "img2img";
            parameters["denoising_strength"] = options.VariationStrength;
        }

        return body;
    }

    /// <summary>The size to ask for: what is too long becomes shorter, and as narrow as whole steps allow; the rest is cropped.</summary>
    private static (int Width, int Height) SizeFor(ImageRequest request)
    {
        var scale = Math.Min(1, LongestSide / (double)Math.Max(request.Width, request.Height));
        int Of(int side) => (int)Math.Ceiling(side * scale / Step) * Step;
        return (Of(request.Width), Of(request.Height));
    }

    private async Task<(JobLook Look, bool IsPossible)> LookAsync(string ticket, ImageRequest request, CancellationToken cancellationToken)
    {
        var answer = await _client.GetAsync($"generate/check/{Uri.EscapeDataString(ticket)}", cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return (new JobLook.Gone(), true);
        }

        var check = answer.IsSuccess ? answer.Json() : throw Refusal(answer, ErrorOf(answer).Code, ErrorOf(answer).Message);
        if ((bool?)check["faulted"] == true)
        {
            throw new BackendException(BackendFault.Failed, $"The workers of {name} failed at the request.");
        }

        if ((bool?)check["done"] == true)
        {
            return (await CollectAsync(ticket, request, cancellationToken), true);
        }

        var finished = (int?)check["finished"] ?? 0;
        var isUnderWay = finished > 0 || (int?)check["processing"] > 0;
        return (
            new JobLook.UnderWay(new((double)finished / request.Count, isUnderWay ? null : (int?)check["queue_position"])),
            (bool?)check["is_possible"] != false);
    }

    private async Task<JobLook> CollectAsync(string ticket, ImageRequest request, CancellationToken cancellationToken)
    {
        // Ten of these a minute are allowed: it is asked for once, at the end.
        var answer = await _client.GetAsync($"generate/status/{Uri.EscapeDataString(ticket)}", cancellationToken);
        var generations = (answer.IsSuccess ? answer.Json() : throw Refusal(answer, ErrorOf(answer).Code, ErrorOf(answer).Message))["generations"] as JsonArray
            ?? throw answer.Unexpected("has no generations");
        var censored = generations.Count(one => (bool?)one?["censored"] == true || (string?)one?["state"] is "censored" or "csam");
        if (censored > 0)
        {
            return new JobLook.Ended(new PaintingResult.Refused($"The Horde's filter withheld {censored} of the {generations.Count} pictures. Put the prompt in other words, and try again."));
        }

        if (generations.Count != request.Count)
        {
            throw new BackendException(BackendFault.Failed, $"{name} painted {generations.Count} pictures of {request.Count}.");
        }

        var most = options.MostPixels(request);
        var pictures = new List<PaintedPicture>();
        foreach (var generation in generations.OrderBy(one => unchecked((uint)(long.TryParse((string?)one?["seed"], NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : 0) - request.Seed)))
        {
            var image = (string?)generation?["img"] ?? throw answer.Unexpected("has a generation without a picture");
            pictures.Add(image.StartsWith("http", StringComparison.OrdinalIgnoreCase)
                ? PictureSanitizer.Read(name, await _files.FetchAsync(image, cancellationToken), most)
                : PictureSanitizer.ReadBase64(name, image, most));
        }

        return new JobLook.Ended(new PaintingResult.Painted(pictures));
    }

    private static (string Code, string Message) ErrorOf(BackendAnswer answer)
    {
        var error = answer.TryJson() as JsonObject;
        return ((string?)error?["rc"] ?? "", (string?)error?["message"] ?? answer.Words());
    }

    private BackendException Refusal(BackendAnswer answer, string code, string message) => (answer.Status, code) switch
    {
        (HttpStatusCode.Unauthorized, _) => new(BackendFault.Misconfigured, $"{name} does not know the key: set Backends:{name}:ApiKey, or 0000000000 to be anonymous."),
        (HttpStatusCode.Forbidden, "KudosUpfront") => new(BackendFault.Misconfigured, $"{name} wants kudos for pictures of this size: set a smaller Backends:{name}:Models:MODEL:Side or fewer Steps, or a key that has kudos.") { ServerResponse = message },
        (HttpStatusCode.Forbidden, "TimeoutIP") => new(BackendFault.Unavailable, $"{name} does not take requests from this address for a while.") { ServerResponse = message },
        (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, _) => new(BackendFault.Unavailable, $"{name} takes no more for now.") { ServerResponse = message },
        _ => answer.Refused(),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Backend} took the job {Ticket} for {Cost}")]
    private partial void LogTaken(string backend, string ticket, string cost);
}
