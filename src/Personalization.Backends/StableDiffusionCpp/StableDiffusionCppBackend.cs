using System.Net;
using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.StableDiffusionCpp;

/// <summary>
/// The server of stable-diffusion.cpp through its job interface, <c>/sdcpp/v1</c>. The ticket is the server's job id; the server
/// keeps jobs in memory only. It silently ignores fields of the wrong JSON type and clamps values that are out of range.
/// Therefore all numbers are sent as JSON numbers, within the limits that it was built with.
/// </summary>
internal sealed class StableDiffusionCppBackend(string name, StableDiffusionCppOptions options, TimeProvider time) : IImageBackend, IDisposable
{
    private const int MaxListed = 8;

    private readonly BackendClient _client = new(name, options, time);
    private readonly PictureReceiver _pictures = new(name, options);
    private JsonNode? _capabilities;

    public string Name => name;

    public (int Area, int Step) SizeOf(string model) => (SdServerModel.AreaOf(Told, ModelOptions.Of(options, model), model), SdServerModel.SizeStep);

    public BackendCapabilities CapabilitiesOf(string model) => SdServerModel.CapabilitiesOf(Told, ModelOptions.Of(options, model), model, $"Backends:{name}") with
    {
        References = options.IpAdapter ? 1 : 0,
        Variations = true,
        Cancel = true,
    };

    public async Task InspectAsync(string model, CancellationToken cancellationToken)
    {
        if (await _client.GetAsync("sdcpp/v1/capabilities", cancellationToken) is { IsSuccess: true } answer)
        {
            _capabilities = answer.TryJson();
        }
    }

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter reporter, CancellationToken cancellationToken)
    {
        using var limit = new PaintingLimit(options, time, reporter);
        return await RemoteJob.RunAsync(
            name,
            options,
            time,
            limit,
            limit,
            async token => (await SubmitAsync(request, sources, token), null),
            async (ticket, token) => await GetStatusAsync(ticket, request, token),
            CancelAsync,
            cancellationToken);
    }

    public async Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken)
    {
        // 409: it is being painted, which the server cannot stop; 404 and 410: the server no longer has it.
        var answer = await _client.PostAsync($"sdcpp/v1/jobs/{Uri.EscapeDataString(ticket)}/cancel", new JsonObject(), isRepeatable: true, limit: null, cancellationToken);
        return answer.IsSuccess;
    }

    public void Dispose() => _client.Dispose();

    private SdServerModel? Told => SdServerModel.In(_capabilities);

    private async Task<string> SubmitAsync(ImageRequest request, PaintingSources sources, CancellationToken cancellationToken)
    {
        await CheckAsync(request.Model, cancellationToken);

        // Not repeated if the answer was lost: a lost job costs little, painting it twice a minute.
        var answer = await _client.PostAsync("sdcpp/v1/img_gen", Body(request, sources), isRepeatable: false, limit: null, cancellationToken);
        return answer switch
        {
            { IsSuccess: true } => (string?)answer.Json()["id"] ?? throw answer.Unexpected("has no job id"),
            { Status: HttpStatusCode.NotFound } => throw new BackendException(BackendFault.Misconfigured, $"{name} has no /sdcpp/v1: the server at Backends:{name}:Url is not sd-server, or a version without the job interface. Check the address, or update stable-diffusion.cpp."),
            _ => throw answer.Refused(),
        };
    }

    /// <summary>Checks that the server has the configured sampler and scheduler: it would silently use others.</summary>
    private async Task CheckAsync(string model, CancellationToken cancellationToken)
    {
        if (_capabilities is null)
        {
            await InspectAsync(model, cancellationToken);
        }

        var settings = ModelOptions.Of(options, model);
        Check("sampler", settings.Sampler);
        Check("scheduler", settings.Scheduler);

        void Check(string what, string? set)
        {
            if (set is not null && _capabilities?[$"{what}s"] is JsonArray { Count: > 0 } known && !known.Any(one => (string?)one == set))
            {
                throw new BackendException(
                    BackendFault.Misconfigured,
                    $"{name} has no {what} \"{set}\"; it has {string.Join(", ", known.Take(MaxListed))}{(known.Count > MaxListed ? " and others" : "")}. Set Backends:{name}:{(options.Models.ContainsKey(model) ? $"Models:{model}:" : "")}{char.ToUpperInvariant(what[0])}{what[1..]} to one of them.");
            }
        }
    }

    private JsonObject Body(ImageRequest request, PaintingSources sources)
    {
        var model = ModelOptions.Of(options, request.Model);
        var capabilities = CapabilitiesOf(request.Model);
        // The server gives picture i of a batch the seed + i.
        var body = new JsonObject
        {
            ["prompt"] = PromptWriter.Positive(request, StableDiffusionCppPromptSyntax.Instance, capabilities),
            ["negative_prompt"] = capabilities.Negative ? PromptWriter.Negative(request, StableDiffusionCppPromptSyntax.Instance) : "",
            ["width"] = request.Width,
            ["height"] = request.Height,
            ["seed"] = request.Seed,
            ["batch_count"] = request.Count,
            ["sample_params"] = SdServerModel.Sampling(Told, model, request),
            ["embed_image_metadata"] = false,
            ["output_format"] = "png",
        };
        if (!sources.Original.IsEmpty)
        {
            body["init_image"] = Convert.ToBase64String(sources.Original.Span);
            body["strength"] = options.VariationStrength;
        }

        if (options.IpAdapter && sources.References.Count > 0)
        {
            body["ip_adapter_image"] = Convert.ToBase64String(sources.References[0].Span);
            body["ip_adapter_strength"] = request.ReferenceWeight;
        }

        return body;
    }

    private async Task<RemoteJobStatus> GetStatusAsync(string ticket, ImageRequest request, CancellationToken cancellationToken)
    {
        var answer = await _client.GetAsync($"sdcpp/v1/jobs/{Uri.EscapeDataString(ticket)}", cancellationToken);
        if (answer.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            // It may have been started again, with another model.
            _capabilities = null;
            return new RemoteJobStatus.NotFound();
        }

        var job = answer.IsSuccess ? answer.Json() : throw answer.Refused();
        switch ((string?)job["status"])
        {
            case "queued":
                return new RemoteJobStatus.InProgress(new(0, Ahead: (int?)job["queue_position"] ?? 0));
            case "generating":
                return new RemoteJobStatus.InProgress(new(0));
            case "completed":
                var images = job["result"]?["images"]?.AsArray() ?? throw answer.Unexpected("has no images");
                var received = new ReceivedPictures();
                foreach (var (i, image) in images.OrderBy(image => (int?)image?["index"] ?? 0).Take(request.Count).Index())
                {
                    var position = (int?)image?["index"] is { } index && index < request.Count ? index : i;
                    await received.AddAsync(position, () => _pictures.ReadBase64((string?)image?["b64_json"] ?? throw answer.Unexpected("has an image without data"), request));
                }

                if (images.Count < request.Count)
                {
                    received.Lose(new(BackendFault.Failed, $"{name} painted {images.Count} pictures of {request.Count}."), request.Count - images.Count);
                }

                return new RemoteJobStatus.Ended(received.Result());
            case "cancelled":
                throw new BackendException(BackendFault.Lost, $"The job was cancelled on {name}, but not by this bot.");
            case "failed":
                var why = (string?)job["error"]?["message"] ?? "";
                throw MemoryShortage.IsNamedIn(why)
                    ? new BackendException(BackendFault.Size, $"{name} ran out of memory at {request.Width} x {request.Height} pixels.") { ServerResponse = why }
                    : new BackendException(BackendFault.Failed, $"{name} could not paint; see its log for the reason.") { ServerResponse = why };
            default:
                throw answer.Unexpected("has an unknown status");
        }
    }
}
