using System.Net;
using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;

namespace Personalization.Backends.StableDiffusionCpp;

/// <summary>
/// The server of stable-diffusion.cpp through its job interface, <c>/sdcpp/v1</c>. Each picture is a job of its own: the server
/// tells no progress of a job, and can stop only one that waits. The ticket is the ids of the jobs; the server keeps them in
/// memory, until ten minutes after their end. It silently ignores fields of the wrong JSON type and clamps values that are out of range.
/// Therefore all numbers are sent as JSON numbers, within the limits that it was built with.
/// </summary>
internal sealed class StableDiffusionCppBackend : IImageBackend, IDisposable
{
    private const int MaxListed = 8;

    // Between the ids in a ticket.
    private const char Separator = '~';

    private readonly string _name;
    private readonly StableDiffusionCppOptions _options;
    private readonly TimeProvider _time;
    private readonly BackendClient _client;
    private readonly PictureReceiver _pictures;
    private readonly Inspection _inspection;
    private JsonNode? _capabilities;

    public StableDiffusionCppBackend(string name, StableDiffusionCppOptions options, TimeProvider time)
    {
        (_name, _options, _time) = (name, options, time);
        _client = new(name, options, time);
        _pictures = new(name, options);
        _inspection = new(time, (_, token) => AskWhatItIsAsync(token));
    }

    public string Name => _name;

    public (int Area, int Step) SizeOf(string model) => (SdServerModel.AreaOf(Told, ModelOptions.Of(_options, model), model), SdServerModel.SizeStep);

    public BackendCapabilities CapabilitiesOf(string model) => SdServerModel.CapabilitiesOf(Told, ModelOptions.Of(_options, model), model, $"Backends:{_name}") with
    {
        References = _options.IpAdapter ? 1 : 0,
        Variations = true,
        Cancel = true,
    };

    public Task InspectAsync(string model, CancellationToken cancellationToken) => _inspection.InspectAsync(model, cancellationToken);

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter reporter, CancellationToken cancellationToken)
    {
        using var limit = new PaintingLimit(_options, _time, reporter);
        var ended = new Dictionary<string, EndedJob>(StringComparer.Ordinal);
        return await RemoteJob.RunAsync(
            _name,
            _options,
            _time,
            limit,
            limit,
            async token => (await SubmitAsync(request, sources, limit, token), null),
            (ticket, token) => GetStatusAsync(ticket, request, ended, token),
            CancelAsync,
            cancellationToken);
    }

    public async Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken)
    {
        var isStopped = false;
        foreach (var id in ticket.Split(Separator).Reverse())
        {
            // 409: it is being painted, which the server cannot stop; 404 and 410: the server no longer has it.
            var answer = await _client.PostAsync($"sdcpp/v1/jobs/{Uri.EscapeDataString(id)}/cancel", new JsonObject(), isRepeatable: true, limit: null, cancellationToken);
            isStopped |= answer.IsSuccess;
        }

        return isStopped;
    }

    public void Dispose() => _client.Dispose();

    private SdServerModel? Told => SdServerModel.In(_capabilities);

    private async Task<bool> AskWhatItIsAsync(CancellationToken cancellationToken)
    {
        if (await _client.GetAsync("sdcpp/v1/capabilities", cancellationToken) is not { IsSuccess: true } answer)
        {
            return false;
        }

        _capabilities = answer.TryJson();
        return _capabilities is not null;
    }

    private async Task<string> SubmitAsync(ImageRequest request, PaintingSources sources, PaintingLimit limit, CancellationToken cancellationToken)
    {
        await _inspection.RefreshAsync(request.Model, cancellationToken);
        Check(request.Model);
        string? ticket = null;

        // The job of a call that is cut off would have no name here: one that is under way is waited for.
        using var grace = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        await using var cancelled = cancellationToken.Register(() => grace.CancelAfter(RemoteJob.MaxGrace));
        try
        {
            foreach (var seed in Enumerable.Range(0, request.Count).Select(request.SeedOf))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var id = await SubmitAsync(Body(request, seed, sources), grace.Token);
                ticket = ticket is null ? id : $"{ticket}{Separator}{id}";
                if (ticket.Length <= ImagineJob.MaxTicketLength)
                {
                    // At once: if the program is killed before the last, the next run finds those before.
                    await limit.KeepTicketAsync(ticket, cancellationToken);
                }
            }
        }
        catch
        {
            // Those before would be painted in vain.
            await RemoteJob.AbandonInGraceAsync(ticket, CancelAsync, _time);
            throw;
        }

        return ticket ?? "";
    }

    private async Task<string> SubmitAsync(JsonObject body, CancellationToken cancellationToken)
    {
        // Not repeated if the answer was lost: a lost job costs little, painting it twice a minute.
        var answer = await _client.PostAsync("sdcpp/v1/img_gen", body, isRepeatable: false, limit: null, cancellationToken);
        return answer switch
        {
            { IsSuccess: true } => (string?)answer.Json()["id"] ?? throw answer.Unexpected("has no job id"),
            { Status: HttpStatusCode.NotFound } => throw new BackendException(BackendFault.Misconfigured, $"{_name} has no /sdcpp/v1: the server at Backends:{_name}:Url is not sd-server, or a version without the job interface. Check the address, or update stable-diffusion.cpp."),
            _ => throw answer.Refused(),
        };
    }

    /// <summary>Checks that the server has the configured sampler and scheduler: it would silently use others.</summary>
    private void Check(string model)
    {
        var settings = ModelOptions.Of(_options, model);
        Compare("sampler", settings.Sampler);
        Compare("scheduler", settings.Scheduler);

        void Compare(string what, string? set)
        {
            if (set is not null && _capabilities?[$"{what}s"] is JsonArray { Count: > 0 } known && !known.Any(one => (string?)one == set))
            {
                throw new BackendException(
                    BackendFault.Misconfigured,
                    $"{_name} has no {what} \"{set}\"; it has {string.Join(", ", known.Take(MaxListed))}{(known.Count > MaxListed ? " and others" : "")}. Set Backends:{_name}:{(_options.Models.ContainsKey(model) ? $"Models:{model}:" : "")}{char.ToUpperInvariant(what[0])}{what[1..]} to one of them.");
            }
        }
    }

    private JsonObject Body(ImageRequest request, uint seed, PaintingSources sources)
    {
        var model = ModelOptions.Of(_options, request.Model);
        var capabilities = CapabilitiesOf(request.Model);
        var body = new JsonObject
        {
            ["prompt"] = PromptWriter.Positive(request, StableDiffusionCppPromptSyntax.Instance, capabilities),
            ["negative_prompt"] = capabilities.Negative ? PromptWriter.Negative(request, StableDiffusionCppPromptSyntax.Instance) : "",
            ["width"] = request.Width,
            ["height"] = request.Height,
            ["seed"] = seed,
            ["batch_count"] = 1,
            ["sample_params"] = SdServerModel.Sampling(Told, model, request),
            ["embed_image_metadata"] = false,
            ["output_format"] = "png",
        };
        if (!sources.Original.IsEmpty)
        {
            body["init_image"] = Convert.ToBase64String(sources.Original.Span);
            body["strength"] = _options.VariationStrength;
        }

        if (_options.IpAdapter && sources.References.Count > 0)
        {
            body["ip_adapter_image"] = Convert.ToBase64String(sources.References[0].Span);
            body["ip_adapter_strength"] = request.ReferenceWeight;
        }

        return body;
    }

    /// <param name="ended">The jobs of this painting that have ended, by their ids: the server forgets the first before the last of many is painted.</param>
    private async Task<RemoteJobStatus> GetStatusAsync(string ticket, ImageRequest request, Dictionary<string, EndedJob> ended, CancellationToken cancellationToken)
    {
        var ids = ticket.Split(Separator);
        int? ahead = null;
        var isOpen = false;
        foreach (var id in ids.Where(id => !ended.ContainsKey(id)))
        {
            var answer = await _client.GetAsync($"sdcpp/v1/jobs/{Uri.EscapeDataString(id)}", cancellationToken);
            if (answer.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                // It may have been started again, with another model.
                _inspection.Forget();
                ended[id] = new(IsKnown: false, "", new(BackendFault.Lost, $"{_name} no longer has a picture that it was asked for."));
                continue;
            }

            var job = answer.IsSuccess ? answer.Json() : throw answer.Refused();
            switch ((string?)job["status"])
            {
                case "queued":
                    // The later ones wait for the first.
                    ahead = isOpen ? ahead : (int?)job["queue_position"] ?? 0;
                    isOpen = true;
                    break;
                case "generating":
                    (ahead, isOpen) = (null, true);
                    break;
                default:
                    ended[id] = Ended(job, answer, request);
                    break;
            }
        }

        if (!isOpen)
        {
            return await CollectAsync(ids, request, ended);
        }

        var over = ids.Where(ended.ContainsKey).Select(id => ended[id]).ToArray();
        if (over.Length > 0 && Array.TrueForAll(over, one => one.Problem is { Fault: not BackendFault.Lost }))
        {
            // The others would fail in the same way.
            await RemoteJob.AbandonAsync(ticket, CancelAsync, cancellationToken);
        }

        return new RemoteJobStatus.InProgress(new((double)over.Length / ids.Length, over.Length > 0 ? null : ahead) { CountsPictures = true })
        {
            CollectAsync = over.Length > 0 ? _ => CollectAsync(ids, request, ended) : null,
        };
    }

    private async Task<RemoteJobStatus> CollectAsync(string[] ids, ImageRequest request, Dictionary<string, EndedJob> ended)
    {
        if (Array.TrueForAll(ids, id => ended.TryGetValue(id, out var one) && !one.IsKnown))
        {
            return new RemoteJobStatus.NotFound();
        }

        var received = new ReceivedPictures();
        foreach (var (position, id) in ids.Index().Take(request.Count))
        {
            await received.AddAsync(position, () => !ended.TryGetValue(id, out var one)
                ? throw new BackendException(BackendFault.TimedOut, $"{_name} did not finish every picture in its time.")
                : one.Problem is { } problem ? throw problem : _pictures.ReadBase64(one.Picture, request));
        }

        return new RemoteJobStatus.Ended(received.Result());
    }

    private EndedJob Ended(JsonNode job, BackendAnswer answer, ImageRequest request)
    {
        switch ((string?)job["status"])
        {
            case "completed":
                var images = job["result"]?["images"] as JsonArray ?? throw answer.Unexpected("has no images");
                return images is [var image, ..]
                    ? new(IsKnown: true, (string?)image?["b64_json"] ?? throw answer.Unexpected("has an image without data"), null)
                    : new(IsKnown: true, "", new(BackendFault.Lost, $"{_name} did not return every picture that it painted."));
            case "cancelled":
                return new(IsKnown: true, "", new(BackendFault.Lost, $"The job was cancelled on {_name}, but not by this bot."));
            case "failed":
                var why = (string?)job["error"]?["message"] ?? "";
                return new(IsKnown: true, "", MemoryShortage.IsNamedIn(why)
                    ? new(BackendFault.Size, $"{_name} ran out of memory at {request.Width} x {request.Height} pixels.") { ServerResponse = why }
                    : new(BackendFault.Failed, $"{_name} could not paint; see its log for the reason.") { ServerResponse = why });
            default:
                throw answer.Unexpected("has an unknown status");
        }
    }

    /// <summary>A job that has ended.</summary>
    /// <param name="IsKnown">Whether the server still had it.</param>
    /// <param name="Picture">As base64.</param>
    /// <param name="Problem">Why there is no picture; null if there is one.</param>
    private sealed record EndedJob(bool IsKnown, string Picture, BackendException? Problem);
}
