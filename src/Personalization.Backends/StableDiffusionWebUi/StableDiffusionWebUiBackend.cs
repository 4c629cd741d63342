using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.StableDiffusionWebUi;

/// <summary>
/// AUTOMATIC1111's interface, <c>/sdapi</c>, and its variants in Forge and SD.Next. Painting is one long call, and the server
/// processes one at a time. Our calls wait here instead of there, so that people can see how many are ahead. The ticket is
/// the task id that we assign to a call: it gives the progress, though not the result.
/// </summary>
internal sealed class StableDiffusionWebUiBackend : IImageBackend, IDisposable
{
    // The number of units of the ControlNet extension by default.
    private const int MaxReferences = 3;

    // A job that crashes its server would do so each time.
    private const int MaxSubmissions = 3;

    // A restarted server loads its model before it answers.
    private static readonly TimeSpan MaxOutage = TimeSpan.FromMinutes(1);

    private readonly string _name;
    private readonly StableDiffusionWebUiOptions _options;
    private readonly TimeProvider _time;
    private readonly BackendClient _client;
    private readonly WebUiModels _models;
    private readonly WebUiProgress _progress;
    private readonly PictureReceiver _pictures;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<IPaintingReporter> _line = [];
    private WebUiFlavor _flavor;
    private bool _isInspected;

    public StableDiffusionWebUiBackend(string name, StableDiffusionWebUiOptions options, TimeProvider time)
    {
        (_name, _options, _time, _flavor) = (name, options, time, options.Flavor);
        _client = new(name, options, time, Authorization(options));
        _models = new(name, options, _client, answer => Refusal(answer));
        _progress = new(_client);
        _pictures = new(name, options);
    }

    public string Name => _name;

    public (int Area, int Step) SizeOf(string model) => (_models.AreaOf(model), _models.DefaultsOf(model).SizeStep);

    public BackendCapabilities CapabilitiesOf(string model)
    {
        var defaults = _models.DefaultsOf(model);
        return new()
        {
            Weights = defaults.ReadsWeights,
            Negative = defaults.ReadsNegative(_models.SettingsOf(model).Guidance),
            References = _options.IpAdapter.Length > 0 ? MaxReferences : 0,
            Variations = true,
            Seed = true,
            Batch = 16,
            Sizes = true,
            Progress = _progress.Exists,
            Preview = _progress.Exists,
            Cancel = _progress.Exists,
            IsFree = true,
            Notice = string.Join("; ", new[] { _progress.Notice, _models.NoticeOf(model) }.Where(notice => notice.Length > 0)),
        };
    }

    public async Task InspectAsync(string model, CancellationToken cancellationToken)
    {
        await _models.InspectAsync(cancellationToken);
        await _progress.InspectAsync(cancellationToken);
        _isInspected = _progress.IsKnown;
    }

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter reporter, CancellationToken cancellationToken)
    {
        UpdateLine(line => line.Add(reporter));
        try
        {
            var turn = _turn.WaitAsync(cancellationToken);
            var waits = !turn.IsCompleted;
            await turn;
            try
            {
                if (waits)
                {
                    // Shows that waiting is over: the time limit of the painting begins now.
                    reporter.Report(new(0));
                }

                return await PaintInTurnAsync(request, sources, reporter, cancellationToken);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            UpdateLine(line => line.Remove(reporter));
        }
    }

    public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken) => _progress.InterruptAsync(ticket, cancellationToken);

    public void Dispose()
    {
        _client.Dispose();
        _turn.Dispose();
    }

    private static IEnumerable<(string Name, string Value)> Authorization(StableDiffusionWebUiOptions options)
    {
        if (options.User.Length > 0)
        {
            yield return ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}")));
        }
    }

    /// <summary>Waits for the server to answer again, at most a minute.</summary>
    private async Task<bool> IsBackAsync(CancellationToken cancellationToken)
    {
        for (var begun = _time.GetTimestamp(); _time.GetElapsedTime(begun) < MaxOutage;)
        {
            try
            {
                await _client.GetAsync("sdapi/v1/progress?skip_current_image=true", cancellationToken);
                return true;
            }
            catch (BackendException)
            {
                await Task.Delay(TimeSpan.FromSeconds(_options.PollSeconds), _time, cancellationToken);
            }
        }

        return false;
    }

    /// <summary>Changes the line (the painting in progress, then those waiting) and reports to each waiting one how many are ahead of it.</summary>
    private void UpdateLine(Action<List<IPaintingReporter>> update)
    {
        lock (_line)
        {
            update(_line);
            foreach (var (ahead, reporter) in _line.Index().Skip(1))
            {
                reporter.Report(new(0, ahead));
            }
        }
    }

    private async Task<PaintingResult> PaintInTurnAsync(ImageRequest request, PaintingSources sources, IPaintingReporter reporter, CancellationToken cancellationToken)
    {
        await InspectOnceAsync(request.Model, cancellationToken);
        if (reporter.Ticket is { } before)
        {
            // Left over from an interrupted run: its result can no longer be fetched.
            await CancelAsync(before, cancellationToken);
        }

        await _models.CheckAsync(request.Model, cancellationToken);
        var flavor = sources.References.Count > 0 || _models.DefaultsOf(request.Model).IsGuidanceEmbedded ? await FlavorAsync(cancellationToken) : _flavor;
        for (var submission = 1; ; submission++)
        {
            var task = $"task({RandomNumberGenerator.GetHexString(16, lowercase: true)})";
            await _progress.BeginAsync(task, cancellationToken);
            await reporter.KeepTicketAsync(task, cancellationToken);
            try
            {
                return await PaintAsync(request, sources, flavor, task, reporter, cancellationToken);
            }
            catch (BackendException exception) when (submission < MaxSubmissions && BackendClient.IsBrokenOff(exception))
            {
                // The server restarted while it was painting and has lost the task.
                if (!await IsBackAsync(cancellationToken))
                {
                    throw;
                }
            }
            catch (BackendException exception) when (exception.InnerException is OperationCanceledException)
            {
                // It exceeded the time limit, and the server is still painting it.
                await RemoteJob.AbandonAsync(task, CancelAsync, cancellationToken);
                throw;
            }
        }
    }

    private async Task InspectOnceAsync(string model, CancellationToken cancellationToken)
    {
        try
        {
            if (!_isInspected)
            {
                await InspectAsync(model, cancellationToken);
            }
        }
        catch (BackendException)
        {
            // The painting reports it, if it fails too.
        }
    }

    private async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, WebUiFlavor flavor, string task, IPaintingReporter reporter, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var limit = new PaintingLimit(_options, _time, reporter);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        limit.Begin();
        var watching = WatchAsync(task, limit, ended.Token);
        try
        {
            var isVariation = !sources.Original.IsEmpty;
            var answer = await _client.PostAsync(
                isVariation ? "sdapi/v1/img2img" : "sdapi/v1/txt2img",
                Body(request, sources, isVariation, flavor, task),
                isRepeatable: false,
                Timeout.InfiniteTimeSpan,
                either.Token);
            _progress.End();
            return await PicturesAsync(answer.IsSuccess ? answer : throw Refusal(answer, request), request);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw limit.Exceeded(_name, exception);
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
        }
    }

    private JsonObject Body(ImageRequest request, PaintingSources sources, bool isVariation, WebUiFlavor flavor, string task)
    {
        var (model, defaults) = (_models.SettingsOf(request.Model), _models.DefaultsOf(request.Model));
        var guidance = model.Guidance ?? defaults.Guidance;
        var capabilities = CapabilitiesOf(request.Model);

        // Forge has the model's own guidance in a field of its own; SD.Next has one field for both.
        var isDistilled = defaults.IsGuidanceEmbedded && flavor != WebUiFlavor.SdNext;

        // One at a time: how many fit into the memory of the operator's GPU is unknown. The server gives picture i the seed + i.
        var body = new JsonObject
        {
            ["prompt"] = PromptWriter.Positive(request, WebUiPromptSyntax.Instance, capabilities),
            ["negative_prompt"] = capabilities.Negative ? PromptWriter.Negative(request, WebUiPromptSyntax.Instance) : "",
            ["seed"] = request.Seed,
            ["batch_size"] = 1,
            ["n_iter"] = request.Count,
            ["steps"] = model.StepsOf(request, defaults.Steps),
            ["cfg_scale"] = isDistilled ? 1 : guidance,
            ["width"] = request.Width,
            ["height"] = request.Height,
            ["send_images"] = true,
            ["save_images"] = false,
            ["force_task_id"] = task,
        };
        if (isDistilled)
        {
            body["distilled_cfg_scale"] = guidance;
        }

        if (model.Sampler is { } sampler)
        {
            body["sampler_name"] = sampler;
        }

        if (model.Scheduler is { } scheduler)
        {
            body["scheduler"] = scheduler;
        }

        if (request.Model.Length > 0)
        {
            body["override_settings"] = new JsonObject { ["sd_model_checkpoint"] = request.Model };
            body["override_settings_restore_afterwards"] = true;
        }

        if (isVariation)
        {
            body["init_images"] = new JsonArray(Convert.ToBase64String(sources.Original.Span));
            body["denoising_strength"] = _options.VariationStrength;
        }

        AddReferences(body, [.. sources.References.Take(capabilities.References)], request.ReferenceWeight, flavor);
        return body;
    }

    private void AddReferences(JsonObject body, ReadOnlyMemory<byte>[] references, double weight, WebUiFlavor flavor)
    {
        if (references.Length == 0)
        {
            return;
        }

        if (flavor == WebUiFlavor.SdNext)
        {
            body["ip_adapter"] = new JsonArray(new JsonObject
            {
                ["adapter"] = _options.IpAdapter,
                ["images"] = new JsonArray([.. references.Select(reference => (JsonNode)Convert.ToBase64String(reference.Span))]),
                ["masks"] = new JsonArray(),
                ["scale"] = weight,
                ["start"] = 0,
                ["end"] = 1,
                ["crop"] = false,
            });
            return;
        }

        var module = flavor switch
        {
            WebUiFlavor.Forge => "CLIP-ViT-H (IPAdapter)",
            WebUiFlavor.Automatic1111 => "ip-adapter-auto",
            _ => throw new UnreachableException($"The flavor {flavor} has no module for references."),
        };

        // The effects of several units add up: each gets an equal share of the weight.
        body["alwayson_scripts"] = new JsonObject
        {
            ["ControlNet"] = new JsonObject
            {
                ["args"] = new JsonArray([.. references.Select(reference => (JsonNode)new JsonObject
                {
                    ["enabled"] = true,
                    ["module"] = module,
                    ["model"] = _options.IpAdapter,
                    ["image"] = Convert.ToBase64String(reference.Span),
                    ["weight"] = Math.Round(weight / references.Length, 3),
                    ["guidance_start"] = 0,
                    ["guidance_end"] = 1,
                    ["control_mode"] = "Balanced",
                    ["resize_mode"] = "Crop and Resize",
                    ["pixel_perfect"] = false,
                    ["save_detected_map"] = false,
                })]),
            },
        };
    }

    /// <summary>The pictures of an answer: a grid may come before them and control maps after them.</summary>
    private async Task<PaintingResult> PicturesAsync(BackendAnswer answer, ImageRequest request)
    {
        var count = request.Count;
        var body = answer.Json();
        var images = body["images"] as JsonArray ?? throw answer.Unexpected("has no images");
        JsonNode? info = null;
        try
        {
            info = (string?)body["info"] is { } text ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            // Some servers send an empty text.
        }

        var first = (int?)info?["index_of_first_image"] ?? 0;
        var available = images.Count - first;
        var planned = (info?["all_seeds"] as JsonArray)?.Count is > 0 and var seeds ? seeds : available;
        var painted = Math.Min(planned, available);
        var received = new ReceivedPictures();
        if (painted < count)
        {
            // Of an interrupted task all seeds are listed, and the last picture is unfinished.
            var isInterrupted = planned > available;
            var incomplete = new BackendException(BackendFault.Failed, $"{_name} painted {painted} pictures of {count}{(isInterrupted ? ": it may have been interrupted on the server" : " in one call")}.");
            painted = isInterrupted ? Math.Max(0, painted - 1) : painted;
            received.Lose(incomplete, count - painted);
        }

        foreach (var (position, image) in images.Skip(first).Take(Math.Min(painted, count)).Index())
        {
            await received.AddAsync(position, () => _pictures.ReadBase64((string?)image ?? throw answer.Unexpected("has an image without data"), request));
        }

        return received.Result();
    }

    /// <summary>Converts an error status into a message for the operator.</summary>
    private BackendException Refusal(BackendAnswer answer, ImageRequest? request = null)
    {
        var words = answer.Words();
        switch (answer.Status)
        {
            // FastAPI answers an unknown path so; the interface itself answers 404 with a reason.
            case HttpStatusCode.NotFound when words is "" or "Not Found" || answer.TryJson() is null:
                return new(BackendFault.Misconfigured, $"{_name} has no /sdapi: start it with --api. (The server at Backends:{_name}:Url answered 404.)");
            case HttpStatusCode.NotFound when request is not null && words.Contains("sampler", StringComparison.OrdinalIgnoreCase):
                var sampler = ModelOptions.Of(_options, request.Model).Sampler;
                return new(BackendFault.Misconfigured, $"{_name} does not have the sampler \"{sampler}\": set Backends:{_name}:Sampler, or Sampler of the model, to one that it lists at /sdapi/v1/samplers.") { ServerResponse = words };
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                return new(BackendFault.Misconfigured, $"{_name} rejected the user name or password: set Backends:{_name}:User and Password to the values of --api-auth.") { ServerResponse = words };
            case HttpStatusCode.UnprocessableEntity when words.Contains("always on script", StringComparison.OrdinalIgnoreCase):
                return new(BackendFault.Misconfigured, $"{_name} lacks the ControlNet extension that Backends:{_name}:IpAdapter needs: install it, or leave the setting empty.") { ServerResponse = words };
            default:
                return answer.Refused();
        }
    }

    private async Task<WebUiFlavor> FlavorAsync(CancellationToken cancellationToken)
    {
        if (_flavor == WebUiFlavor.Auto)
        {
            var isSdNext = await FindAsync("sdapi/v1/ip-adapters", cancellationToken) is not null;
            _flavor = isSdNext ? WebUiFlavor.SdNext
                : await FindAsync("controlnet/module_list", cancellationToken) is { } modules && modules.Contains("(IPAdapter)", StringComparison.Ordinal) ? WebUiFlavor.Forge
                : WebUiFlavor.Automatic1111;
        }

        return _flavor;
    }

    /// <summary>The content at a path; null if the server has no such path. Any other failure does not show which program it is, and throws.</summary>
    private async Task<string?> FindAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await _client.GetAsync(path, cancellationToken);
        return answer.IsSuccess ? Encoding.UTF8.GetString(answer.Body) : answer.Status == HttpStatusCode.NotFound ? null : throw Refusal(answer);
    }

    /// <summary>Reports the progress of the task until it has ended. Failures are ignored.</summary>
    private async Task WatchAsync(string task, PaintingLimit limit, CancellationToken cancellationToken)
    {
        var (highest, last) = (0.0, 0.0);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(_options.PollSeconds), _time, cancellationToken);

                // Waiting jobs that report nothing would be considered lost.
                UpdateLine(_ => { });

                // Only our task: the running one may belong to another user of the server, whose picture must not be shown.
                switch (await _progress.OfAsync(task, limit.TakesPreview, cancellationToken))
                {
                    case { IsActive: true } active:
                        // SD.Next begins at 0 again with each part of a job: that is progress too.
                        if (active.Fraction != last)
                        {
                            last = active.Fraction;
                            limit.Begin();
                        }

                        highest = Math.Max(highest, last);
                        limit.Report(new(highest, null, active.Preview));
                        break;
                    case { IsQueued: true }:
                        limit.Report(new(0, Ahead: 0));
                        break;
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or BackendException or InvalidOperationException or FormatException)
            {
                // It has ended, or the answer is unusable.
            }
        }
    }
}
