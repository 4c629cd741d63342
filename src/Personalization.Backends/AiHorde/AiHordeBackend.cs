using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.AiHorde;

/// <summary>
/// AI Horde: a queue served by the machines of volunteers. The ticket is the request's id. A request expires after about
/// twenty minutes; links to finished pictures expire after half an hour.
/// </summary>
internal sealed partial class AiHordeBackend(string name, AiHordeOptions options, TimeProvider time, ILogger<AiHordeBackend> logger) : IImageBackend, IDisposable
{

    // Workers come and go: a request is given up only if no worker can take it in this many consecutive checks.
    private const int MaxImpossibleChecks = 10;

    private readonly BackendClient _client = new(
        name,
        options,
        time,
        ("apikey", options.ApiKey),
        ("Client-Agent", $"Personalization:1:{string.Concat(options.Contact.Where(character => character is > ' ' and < (char)127))}"));

    // Pictures are on another host, which must not receive the key.
    private readonly LinkedPictureFetcher _linked = new(name, options, time);
    private readonly PictureReceiver _pictures = new(name, options);
    private readonly HordeModels _models = new(name, options, time);

    public string Name => name;

    public (int Area, int Step) SizeOf(string model) => (_models.Of(model).Area, HordeRequest.Step);

    public BackendCapabilities CapabilitiesOf(string model)
    {
        var settings = _models.Of(model);
        return new()
        {
            Weights = settings.Defaults.ReadsWeights,
            Negative = settings.Defaults.ReadsNegative(settings.Guidance),
            Variations = true,
            Seed = true,
            Batch = 20,
            Sizes = true,
            Progress = true,
            Cancel = true,
            Notice = string.Join("; ", new[]
            {
                options.ApiKey == AiHordeOptions.Anonymous ? $"with the anonymous key all pictures are shared with the public: get a key at aihorde.net and set Backends:{name}:ApiKey" : "",
                _models.NoticeOf(model),
            }.Where(notice => notice.Length > 0)),
        };
    }

    public async Task InspectAsync(string model, CancellationToken cancellationToken)
    {
        try
        {
            await _models.RefreshAsync(cancellationToken);
        }
        catch (BackendException exception)
        {
            LogNoModels(name, exception.Message);
        }
    }

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter reporter, CancellationToken cancellationToken)
    {
        var impossibleChecks = 0;
        var taken = new Taken("", "", []);
        using var limit = new PaintingLimit(options, time, reporter);
        var result = await RemoteJob.RunAsync(
            name,
            options,
            time,
            limit,
            limit,
            async token =>
            {
                (var refusal, taken) = await SubmitAsync(request, sources, token);
                return (taken.Ticket, refusal);
            },
            async (ticket, token) =>
            {
                var (status, isPossible) = await GetStatusAsync(ticket, request, token);
                impossibleChecks = isPossible ? 0 : impossibleChecks + 1;
                if (impossibleChecks < MaxImpossibleChecks)
                {
                    return status;
                }

                await RemoteJob.AbandonAsync(ticket, CancelAsync, token);
                throw new BackendException(BackendFault.Misconfigured, $"No worker of {name} serves \"{request.Model}\" at {request.Width} x {request.Height}: set Imagine:Versions to a model that is listed at aihorde.net.");
            },
            CancelAsync,
            cancellationToken);
        return result switch
        {
            PaintingResult.Painted painted => painted with { Cost = taken.Cost, Remarks = taken.Warnings },
            PaintingResult.Refused => result,
            _ => throw new UnreachableException($"{result.GetType()} is not a known result of a painting."),
        };
    }

    public async Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken)
    {
        var answer = await _client.SendAsync(() => new(HttpMethod.Delete, $"generate/status/{Uri.EscapeDataString(ticket)}"), isRepeatable: true, limit: null, cancellationToken);
        return answer.IsSuccess;
    }

    public void Dispose()
    {
        _client.Dispose();
        _linked.Dispose();
        _models.Dispose();
    }

    private async Task<(PaintingResult.Refused? Refusal, Taken Taken)> SubmitAsync(ImageRequest request, PaintingSources sources, CancellationToken cancellationToken)
    {
        var answer = await _client.PostAsync("generate/async", HordeRequest.Body(options, _models.Of(request.Model), CapabilitiesOf(request.Model), request, sources), isRepeatable: false, limit: null, cancellationToken);
        if (answer.IsSuccess)
        {
            var body = answer.Json();
            var id = (string?)body["id"] ?? throw answer.Unexpected("has no request id");

            // The Horde rounds to whole kudos, up or down.
            var cost = body["kudos"] is { } kudos ? $"about {kudos} kudos" : "";
            LogTaken(name, id, cost);
            string[] warnings = [.. (body["warnings"] as JsonArray ?? []).Select(WarningIn).OfType<string>()];
            foreach (var warning in warnings)
            {
                LogWarning(name, request.Model, warning);
            }

            return (null, new(id, cost, [.. warnings.Select(warning => $"The Horde warned of these requests: {warning}")]));
        }

        var (code, message) = ErrorOf(answer);
        return code == "CorruptPrompt"
            ? (new(new PaintingRefusal.AgainstRules()), new("", "", []))
            : throw Refusal(answer, code, message);
    }

    /// <summary>The words of a warning, which is about parameters and quotes no prompt; null where it has none.</summary>
    private static string? WarningIn(JsonNode? warning) =>
        warning is JsonObject told && (told["message"] ?? told["code"])?.ToString() is { Length: > 0 } words ? $"{words.TrimEnd('.')}." : null;

    private async Task<(RemoteJobStatus Look, bool IsPossible)> GetStatusAsync(string ticket, ImageRequest request, CancellationToken cancellationToken)
    {
        var answer = await _client.GetAsync($"generate/check/{Uri.EscapeDataString(ticket)}", cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return (new RemoteJobStatus.NotFound(), true);
        }

        var check = answer.IsSuccess ? answer.Json() : throw Refusal(answer, ErrorOf(answer).Code, ErrorOf(answer).Message);
        var finished = (int?)check["finished"] ?? 0;
        var isFaulted = (bool?)check["faulted"] == true;
        if (isFaulted && finished == 0)
        {
            throw new BackendException(BackendFault.Failed, $"The workers of {name} failed at the request.");
        }

        if (isFaulted || (bool?)check["done"] == true)
        {
            return (await CollectAsync(ticket, request, cancellationToken), true);
        }

        var isUnderWay = finished > 0 || (int?)check["processing"] > 0;
        return (
            new RemoteJobStatus.InProgress(new((double)finished / request.Count, isUnderWay ? null : (int?)check["queue_position"] ?? 0))
            {
                CollectAsync = finished == 0 ? null : token => CollectAsync(ticket, request, token),
            },
            (bool?)check["is_possible"] != false);
    }

    private async Task<RemoteJobStatus> CollectAsync(string ticket, ImageRequest request, CancellationToken cancellationToken)
    {
        // Limited to ten calls a minute: called once, at the end.
        var answer = await _client.GetAsync($"generate/status/{Uri.EscapeDataString(ticket)}", cancellationToken);
        var generations = (answer.IsSuccess ? answer.Json() : throw Refusal(answer, ErrorOf(answer).Code, ErrorOf(answer).Message))["generations"] as JsonArray
            ?? throw answer.Unexpected("has no generations");
        var received = new ReceivedPictures();
        var free = Enumerable.Range(0, request.Count).ToList();
        foreach (var (position, generation) in generations.Select(one => (Position: PositionOf(one, request), Generation: one)).OrderBy(one => one.Position).Take(request.Count))
        {
            // Each at the position of its seed, if the worker says which.
            var place = free.Contains(position) ? position : free[0];
            free.Remove(place);
            if (IsWithheld(generation))
            {
                received.Withheld++;
                continue;
            }

            await received.AddAsync(place, async () => (string?)generation?["img"] switch
            {
                null or "" => throw answer.Unexpected("has a generation without a picture"),
                { } link when link.StartsWith("http", StringComparison.OrdinalIgnoreCase) => _pictures.Read(await _linked.FetchAsync(link, cancellationToken), request),
                { } data => _pictures.ReadBase64(data, request),
            });
        }

        if (free.Count > 0)
        {
            received.Lose(new(BackendFault.Failed, $"{name} painted {generations.Count} pictures of {request.Count}."), free.Count);
        }

        return new RemoteJobStatus.Ended(received.Result());
    }

    private static bool IsWithheld(JsonNode? generation) =>
        (bool?)generation?["censored"] == true
        || (string?)generation?["state"] is "censored" or "csam"
        || (generation?["gen_metadata"] as JsonArray)?.Any(one => (string?)one?["type"] == "censorship") == true;

    /// <summary>The seed's distance from the request's: the position, unless the worker used another seed.</summary>
    private static uint SeedDistance(JsonNode? generation, ImageRequest request) =>
        unchecked((uint)(long.TryParse((string?)generation?["seed"], NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : 0) - request.Seed);

    private static int PositionOf(JsonNode? generation, ImageRequest request) =>
        SeedDistance(generation, request) is var distance && distance < request.Count ? (int)distance : int.MaxValue;

    private static (string Code, string Message) ErrorOf(BackendAnswer answer)
    {
        var error = answer.TryJson() as JsonObject;
        return ((string?)error?["rc"] ?? "", (string?)error?["message"] ?? answer.Words());
    }

    private BackendException Refusal(BackendAnswer answer, string code, string message) => (answer.Status, code) switch
    {
        (HttpStatusCode.Unauthorized, _) => new(BackendFault.Misconfigured, $"{name} rejected the key: set Backends:{name}:ApiKey to a valid key, or to 0000000000 to be anonymous."),
        (HttpStatusCode.Forbidden, "KudosUpfront") => new(BackendFault.Misconfigured, $"{name} requires kudos for pictures of this size: decrease Backends:{name}:Side or Backends:{name}:Steps, or set a key that has kudos.") { ServerResponse = message },
        (HttpStatusCode.Forbidden, "TimeoutIP") => new(BackendFault.Unavailable, $"{name} temporarily blocks requests from this IP address.") { ServerResponse = message },
        (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, _) => new(BackendFault.Unavailable, $"{name} accepts no more requests at the moment.") { ServerResponse = message },
        _ => answer.Refused(),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "{Backend} took the job {Ticket} for {Cost}")]
    private partial void LogTaken(string backend, string ticket, string cost);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Backend} warned of a request with \"{Model}\": {Warning}")]
    private partial void LogWarning(string backend, string model, string warning);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Backend} has no list of models, so they are asked for by their names alone: {Reason}")]
    private partial void LogNoModels(string backend, string reason);

    /// <summary>A request that the Horde has taken.</summary>
    private sealed record Taken(string Ticket, string Cost, IReadOnlyList<string> Warnings);
}
