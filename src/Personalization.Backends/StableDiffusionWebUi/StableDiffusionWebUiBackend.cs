using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Personalization.Backends.Wire;
using Personalization.Imagine.Backends;
using Personalization.Imaging;
using Personalization.Pictures;

namespace Personalization.Backends.StableDiffusionWebUi;

/// <summary>
/// AUTOMATIC1111's interface, <c>/sdapi</c>, and what Forge and SD.Next make of it. Painting is one long call behind the
/// server's one lock, so that ours wait here, where their people can be told how many are ahead. The ticket is the task id
/// that we give a call: its result cannot be fetched by it, but its progress can, and it says whether what runs is ours.
/// </summary>
internal sealed class StableDiffusionWebUiBackend(string name, StableDiffusionWebUiOptions options, TimeProvider time) : IImageBackend, IDisposable
{
    // Units of the ControlNet extension as it comes.
    private const int MostReferences = 3;
    private const int Step = 8;
    private const int MostNamed = 8;

    // A job that brings its server down would do so for ever.
    private const int Submissions = 3;

    // A server that was started again loads its model before it answers.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly BackendClient _client = new(name, options, time, Authorization(options));
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentDictionary<string, bool> _checkpoints = new(StringComparer.Ordinal);
    private readonly List<IPaintingReporter> _line = [];
    private WebUiFlavor _flavor = options.Flavor;

    public string Name => name;

    public (int Area, int Step) SizeOf(string model) => (ModelOptions.Of(options, model).AreaOf(model), Step);

    public BackendCapabilities CapabilitiesOf(string model)
    {
        var readsWeights = ModelOptions.Of(options, model).FamilyOf(model) != ModelFamily.Flux;
        return new()
        {
            Weights = readsWeights,
            Negative = readsWeights,
            References = options.IpAdapter.Length > 0 ? MostReferences : 0,
            Variations = true,
            Seed = true,
            Batch = 16,
            Sizes = true,
            Progress = true,
            Preview = true,
            Cancel = true,
            IsFree = true,
        };
    }

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken)
    {
        Move(line => line.Add(journal));
        try
        {
            var turn = _turn.WaitAsync(cancellationToken);
            var waits = !turn.IsCompleted;
            await turn;
            try
            {
                if (waits)
                {
                    // The time it may take begins now.
                    journal.Report(new(0));
                }

                return await PaintInTurnAsync(request, sources, journal, cancellationToken);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Move(line => line.Remove(journal));
        }
    }

    public async Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken)
    {
        // Interrupting stops whatever runs: it must be ours.
        if (await ProgressAsync(ticket, withPreview: false, cancellationToken) is not { IsActive: true })
        {
            return false;
        }

        var answer = await _client.PostAsync("sdapi/v1/interrupt", new JsonObject(), isRepeatable: true, limit: null, cancellationToken);
        return answer.IsSuccess;
    }

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

    /// <summary>Whether a call was under way when its connection broke.</summary>
    private static bool IsBrokenOff(BackendException exception) =>
        exception is { Fault: BackendFault.Unavailable, InnerException: IOException or HttpRequestException { HttpRequestError: not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError) } };

    /// <summary>Waits for the server to answer again.</summary>
    private async Task<bool> IsBackAsync(CancellationToken cancellationToken)
    {
        for (var begun = time.GetTimestamp(); time.GetElapsedTime(begun) < Patience;)
        {
            try
            {
                await _client.GetAsync("sdapi/v1/progress?skip_current_image=true", cancellationToken);
                return true;
            }
            catch (BackendException)
            {
                await Task.Delay(TimeSpan.FromSeconds(options.PollSeconds), time, cancellationToken);
            }
        }

        return false;
    }

    /// <summary>Moves the line of those that are painted and wait, and tells all who wait how many are ahead by now.</summary>
    private void Move(Action<List<IPaintingReporter>> move)
    {
        lock (_line)
        {
            move(_line);
            foreach (var (ahead, journal) in _line.Index().Skip(1))
            {
                journal.Report(new(0, ahead));
            }
        }
    }

    private async Task<PaintingResult> PaintInTurnAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken)
    {
        if (journal.Ticket is { } before)
        {
            // Left from a run that ended in the middle: its pictures would go to nobody.
            await CancelAsync(before, cancellationToken);
        }

        await CheckCheckpointAsync(request.Model, cancellationToken);
        var flavor = sources.References.Count > 0 ? await FlavorAsync(cancellationToken) : _flavor;
        for (var submission = 1; ; submission++)
        {
            var task = $"task({RandomNumberGenerator.GetHexString(16, lowercase: true)})";
            await journal.KeepTicketAsync(task, cancellationToken);
            try
            {
                return await PaintAsync(request, sources, flavor, task, journal, cancellationToken);
            }
            catch (BackendException exception) when (submission < Submissions && IsBrokenOff(exception))
            {
                // It was started again in the middle, and remembers nothing.
                if (!await IsBackAsync(cancellationToken))
                {
                    throw;
                }
            }
            catch (BackendException exception) when (exception.InnerException is OperationCanceledException)
            {
                // It took too long, and goes on for nobody.
                await ServerJob.AbandonAsync(task, CancelAsync, cancellationToken);
                throw;
            }
        }
    }

    private async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, WebUiFlavor flavor, string task, IPaintingReporter journal, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(task, journal, ended.Token);
        try
        {
            var isVariation = !sources.Original.IsEmpty;
            var answer = await _client.PostAsync(
                isVariation ? "sdapi/v1/img2img" : "sdapi/v1/txt2img",
                Body(request, sources, isVariation, flavor, task),
                isRepeatable: false,
                TimeSpan.FromMinutes(options.PaintingMinutes),
                cancellationToken);
            return new PaintingResult.Painted(Pictures(answer.IsSuccess ? answer : throw Refusal(answer), request));
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
        }
    }

    private JsonObject Body(ImageRequest request, PaintingSources sources, bool isVariation, WebUiFlavor flavor, string task)
    {
        var model = ModelOptions.Of(options, request.Model);
        var isFlux = model.FamilyOf(request.Model) == ModelFamily.Flux;
        var capabilities = CapabilitiesOf(request.Model);

        // One after another: how many fit side by side only the operator's card knows. Picture i has the seed + i.
        var body = new JsonObject
        {
            ["prompt"] = PromptWriter.Positive(request, PromptSyntax.StableDiffusionWebUi, capabilities),
            ["negative_prompt"] = capabilities.Negative ? PromptWriter.Negative(request, PromptSyntax.StableDiffusionWebUi) : "",
            ["seed"] = request.Seed,
            ["batch_size"] = 1,
            ["n_iter"] = request.Count,
            ["steps"] = model.Steps ?? 25,
            ["cfg_scale"] = isFlux ? 1 : model.Guidance ?? 7,
            ["width"] = request.Width,
            ["height"] = request.Height,
            ["send_images"] = true,
            ["save_images"] = false,
            ["force_task_id"] = task,
        };
        if (isFlux)
        {
            body["distilled_cfg_scale"] = model.Guidance ?? 3.5;
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
            body["denoising_strength"] = options.VariationStrength;
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
                ["adapter"] = options.IpAdapter,
                ["images"] = new JsonArray([.. references.Select(reference => (JsonNode)Convert.ToBase64String(reference.Span))]),
                ["masks"] = new JsonArray(),
                ["scale"] = weight,
                ["start"] = 0,
                ["end"] = 1,
                ["crop"] = false,
            });
            return;
        }

        // Several units add up: each has its share of the weight.
        body["alwayson_scripts"] = new JsonObject
        {
            ["ControlNet"] = new JsonObject
            {
                ["args"] = new JsonArray([.. references.Select(reference => (JsonNode)new JsonObject
                {
                    ["enabled"] = true,
                    ["module"] = flavor == WebUiFlavor.Forge ? "CLIP-ViT-H (IPAdapter)" : "ip-adapter-auto",
                    ["model"] = options.IpAdapter,
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

    /// <summary>The pictures of an answer: grids and control maps may stand before and after them.</summary>
    private List<PaintedPicture> Pictures(BackendAnswer answer, ImageRequest request)
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
            // Some servers leave it empty.
        }

        var first = (int?)info?["index_of_first_image"] ?? 0;
        var painted = Math.Min((info?["all_seeds"] as JsonArray)?.Count ?? images.Count, images.Count - first);
        return painted == count
            ? [.. images.Skip(first).Take(count).Select(image => PictureSanitizer.ReadBase64(name, (string?)image ?? throw answer.Unexpected("has an image without data"), options.MostPixels(request)))]
            : throw new BackendException(BackendFault.Failed, $"{name} painted {painted} pictures of {count}: somebody may have interrupted it.");
    }

    /// <summary>What a refusal means, in an operator's words.</summary>
    private BackendException Refusal(BackendAnswer answer) => answer.Status switch
    {
        HttpStatusCode.NotFound => new(BackendFault.Misconfigured, $"{name} has no /sdapi: start it with --api. (What listens at Backends:{name}:Url answered 404.)"),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(BackendFault.Misconfigured, $"{name} wants another name or password: set Backends:{name}:User and Password to those of --api-auth."),
        HttpStatusCode.UnprocessableEntity when answer.Words().Contains("always on script", StringComparison.OrdinalIgnoreCase) =>
            new(BackendFault.Misconfigured, $"{name} lacks the ControlNet extension that Backends:{name}:IpAdapter needs: install it, or leave the setting empty.") { ServerResponse = answer.Words() },
        _ => answer.Refused(),
    };

    /// <summary>That the server has the checkpoint. It would paint with another one in silence.</summary>
    private async Task CheckCheckpointAsync(string model, CancellationToken cancellationToken)
    {
        if (model.Length == 0 || _checkpoints.ContainsKey(model))
        {
            return;
        }

        var answer = await _client.GetAsync("sdapi/v1/sd-models", cancellationToken);
        var models = (answer.IsSuccess ? answer.Json() : throw Refusal(answer)) as JsonArray ?? throw answer.Unexpected("is no list");

        // A path of the server's own system, which need not be ours.
        string?[] Names(JsonNode? known) => [(string?)known?["title"], (string?)known?["model_name"], ((string?)known?["filename"])?.Split('/', '\\')[^1]];
        if (!models.Any(known => Names(known).Contains(model, StringComparer.Ordinal)))
        {
            var some = models.Select(known => (string?)known?["model_name"]).Take(MostNamed);
            throw new BackendException(BackendFault.Misconfigured, $"The checkpoint \"{model}\" is not on {name}; it has {string.Join(", ", some)}{(models.Count > MostNamed ? " and others" : "")}. Set Imagine:Versions to one of them.");
        }

        _checkpoints[model] = true;
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

    /// <summary>What stands at a path; null where there is no such path. Anything else tells nothing of what the server is.</summary>
    private async Task<string?> FindAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await _client.GetAsync(path, cancellationToken);
        return answer.IsSuccess ? Encoding.UTF8.GetString(answer.Body) : answer.Status == HttpStatusCode.NotFound ? null : throw Refusal(answer);
    }

    /// <summary>Tells how far the task is until it has ended. Whatever goes wrong with that is no matter.</summary>
    private async Task WatchAsync(string task, IPaintingReporter journal, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(options.PollSeconds), time, cancellationToken);

                // Who is not heard of is taken for lost.
                Move(_ => { });

                // What runs may be somebody else's, who has not asked to be shown.
                switch (await ProgressAsync(task, withPreview: true, cancellationToken))
                {
                    case { IsActive: true } seen:
                        journal.Report(new(seen.Fraction, null, seen.Preview));
                        break;
                    case { IsQueued: true }:
                        journal.Report(new(0, Ahead: 0));
                        break;
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or BackendException or InvalidOperationException or FormatException)
            {
                // It has ended, or says something that nobody can use.
            }
        }
    }

    private async Task<Seen?> ProgressAsync(string task, bool withPreview, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["id_task"] = task, ["id_live_preview"] = -1, ["live_preview"] = withPreview };
        var answer = await _client.PostAsync("internal/progress", body, isRepeatable: true, limit: null, cancellationToken);
        if (answer.IsSuccess && answer.TryJson() is JsonObject own)
        {
            return new((bool?)own["active"] == true, (bool?)own["queued"] == true, (double?)own["progress"] ?? 0, Decode((string?)own["live_preview"]));
        }

        // SD.Next has progress for whatever runs, and says whose it is.
        answer = await _client.GetAsync("sdapi/v1/progress?skip_current_image=" + (withPreview ? "false" : "true"), cancellationToken);
        return answer.IsSuccess && answer.TryJson() is JsonObject all
            ? new((string?)all["id"] == task, false, (double?)all["progress"] ?? 0, Decode((string?)all["current_image"]))
            : null;
    }

    private static ReadOnlyMemory<byte> Decode(string? image)
    {
        if (image is null)
        {
            return default;
        }

        var start = image.StartsWith("data:", StringComparison.Ordinal) ? image.IndexOf(',', StringComparison.Ordinal) + 1 : 0;
        var bytes = new byte[image.Length];
        return Convert.TryFromBase64Chars(image.AsSpan(start), bytes, out var written) ? bytes.AsMemory(0, written) : default;
    }

    private sealed record Seen(bool IsActive, bool IsQueued, double Fraction, ReadOnlyMemory<byte> Preview);
}
