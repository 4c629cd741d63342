using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Personalization.Backends.Wire;
using Personalization.Imagine.Backends;
using Personalization.Imaging;
using Personalization.Pictures;

namespace Personalization.Backends.ComfyUi;

/// <summary>
/// ComfyUI, with graphs of ours or one of the operator's. Each picture is a prompt of its own with its own seed: in a batch,
/// only the first could be painted again by its seed alone. The ticket is the id of the first prompt and their number; the
/// others' ids follow from it.
/// </summary>
internal sealed class ComfyUiBackend : IImageBackend, IDisposable
{
    private const int MostReferences = 4;
    private const int MostNamed = 8;

    private readonly string _name;
    private readonly ComfyUiOptions _options;
    private readonly TimeProvider _time;
    private readonly BackendClient _client;
    private readonly ComfyUiWorkflow? _workflow;
    private readonly ConcurrentDictionary<string, bool> _isCheckpoint = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">The operator's workflow cannot be used.</exception>
    public ComfyUiBackend(string name, ComfyUiOptions options, TimeProvider time)
    {
        (_name, _options, _time) = (name, options, time);
        _client = new(name, options, time);
        _workflow = options.ReadWorkflow();
    }

    public string Name => _name;

    public (int Area, int Step) SizeOf(string model)
    {
        var settings = ModelOptions.Of(_options, model);
        return (settings.AreaOf(model), settings.FamilyOf(model) == ModelFamily.Flux ? 16 : 8);
    }

    public BackendCapabilities CapabilitiesOf(string model)
    {
        // CLIP models alone: Stable Diffusion XL is the last in which weights matter.
        var readsWeights = ModelOptions.Of(_options, model).FamilyOf(model) != ModelFamily.Flux;
        return new()
        {
            Weights = readsWeights,
            Negative = _workflow is null ? readsWeights : _workflow.Has("negative"),
            References = _workflow is not null ? (_workflow.Has("reference") ? 1 : 0)
                : (readsWeights ? _options.IpAdapterPreset : _options.FluxRedux).Length > 0 ? MostReferences : 0,
            Variations = _workflow?.Has("original") ?? true,
            Seed = true,
            Batch = 16,
            Sizes = _workflow is null || (_workflow.Has("width") && _workflow.Has("height")),
            Progress = true,
            Preview = true,
            Cancel = true,
            IsFree = true,
        };
    }

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken)
    {
        var done = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await using var socket = new ComfyUiSocket
        {
            ClientId = NewId(),
            OnProgress = (prompt, fraction, preview) => journal.Report(new((done.Count + (done.ContainsKey(prompt) ? 0 : fraction)) / request.Count, null, preview)),
        };
        await socket.OpenAsync(_options.Url!, TimeSpan.FromSeconds(_options.ConnectSeconds), _time, cancellationToken);
        return await ServerJob.RunAsync(
            _name,
            _options,
            _time,
            journal,
            async token =>
            {
                done.Clear();
                return (await SubmitAsync(request, sources, journal, socket.ClientId, token), null);
            },
            async (ticket, token) => await LookAsync(ticket, _options.MostPixels(request), done, token),
            CancelAsync,
            cancellationToken);
    }

    public async Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken)
    {
        var ids = Ids(ticket);
        var (running, pending) = await QueueAsync(cancellationToken);
        var waiting = ids.Where(pending.Contains).ToArray();
        if (waiting.Length > 0)
        {
            await CallAsync("queue", new JsonObject { ["delete"] = new JsonArray([.. waiting.Select(id => (JsonNode)id)]) }, cancellationToken);
        }

        // Older servers interrupt whatever runs: so only where that is ours.
        var current = ids.Where(running.Contains).ToArray();
        foreach (var id in current)
        {
            await CallAsync("interrupt", new JsonObject { ["prompt_id"] = id }, cancellationToken);
        }

        return waiting.Length + current.Length > 0;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>A lower-case UUID: newer servers take no other ids of ours. Its last byte is left for the pictures' numbers.</summary>
    private static string NewId()
    {
        var bytes = RandomNumberGenerator.GetBytes(16);
        bytes[15] = 0;
        return new Guid(bytes).ToString("D", CultureInfo.InvariantCulture);
    }

    private static string[] Ids(string ticket)
    {
        var parts = ticket.Split('*');
        var count = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, byte.MaxValue) : 0;
        return [.. Enumerable.Range(0, count).Select(i => parts[0].Length > 2 ? parts[0][..^2] + i.ToString("x2", CultureInfo.InvariantCulture) : parts[0])];
    }

    private async Task<string> SubmitAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, string clientId, CancellationToken cancellationToken)
    {
        var graphs = await GraphsAsync(request, sources, cancellationToken);
        var ticket = $"{NewId()}*{graphs.Count}";

        // The ids are ours: they are kept before the server has heard of them, so that nothing is painted for nobody.
        await journal.KeepTicketAsync(ticket, cancellationToken);
        var isBegun = false;
        try
        {
            foreach (var (id, graph) in Ids(ticket).Zip(graphs))
            {
                await SubmitAsync(id, graph, clientId, cancellationToken);
                isBegun = true;
            }
        }
        catch (BackendException exception) when (isBegun && exception.Fault == BackendFault.Unavailable)
        {
            // It was there a moment ago: looking tells what it has of ours.
        }
        catch (BackendException exception) when (exception.Fault != BackendFault.Unavailable)
        {
            // Those before it would be painted for nobody.
            await CancelAsync(ticket, cancellationToken);
            throw;
        }

        return ticket;
    }

    private async Task SubmitAsync(string id, JsonObject graph, string clientId, CancellationToken cancellationToken)
    {
        // Sent twice it would be painted twice.
        var body = new JsonObject { ["prompt"] = graph, ["client_id"] = clientId, ["prompt_id"] = id };
        var answer = await _client.PostAsync("prompt", body, isRepeatable: false, limit: null, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw Refusal(answer);
        }

        if ((string?)answer.Json()["prompt_id"] != id)
        {
            throw new BackendException(BackendFault.Misconfigured, $"{_name} gives prompts ids of its own, so that they could not be found again: update ComfyUI.");
        }
    }

    private async Task<IReadOnlyList<JsonObject>> GraphsAsync(ImageRequest request, PaintingSources sources, CancellationToken cancellationToken)
    {
        var capabilities = CapabilitiesOf(request.Model);
        var prompt = PromptWriter.Positive(request, PromptSyntax.ComfyUi, capabilities);
        var negative = capabilities.Negative ? PromptWriter.Negative(request, PromptSyntax.ComfyUi) : "";
        var references = new List<string>();
        foreach (var reference in sources.References.Take(capabilities.References))
        {
            references.Add(await UploadAsync(reference, cancellationToken));
        }

        var seeds = Enumerable.Range(0, request.Count).Select(i => unchecked(request.Seed + ((uint)i * request.SeedStep)));
        var original = capabilities.Variations && !sources.Original.IsEmpty ? await UploadAsync(sources.Original, cancellationToken) : null;
        if (_workflow is { } workflow)
        {
            return [.. seeds.Select(seed => workflow.With(Values(request, prompt, negative, seed, references, original)))];
        }

        var settings = ModelOptions.Of(_options, request.Model);
        var isCheckpoint = await IsCheckpointAsync(request.Model, cancellationToken);
        var isFlux = settings.FamilyOf(request.Model) == ModelFamily.Flux;
        return
        [
            .. seeds
                .Select(seed => new ComfyUiGraph(
                    request.Model,
                    settings,
                    prompt,
                    negative,
                    seed,
                    request.Width,
                    request.Height,
                    original is null ? null : (original, _options.VariationStrength),
                    (references, request.ReferenceWeight)))
                .Select(graph => isCheckpoint ? graph.Checkpoint(isFlux, _options) : graph.FluxParts(_options)),
        ];
    }

    private Dictionary<string, JsonNode?> Values(ImageRequest request, string prompt, string negative, uint seed, List<string> references, string? original)
    {
        var values = new Dictionary<string, JsonNode?>
        {
            ["prompt"] = prompt,
            ["negative"] = negative,
            ["seed"] = seed,
            ["width"] = request.Width,
            ["height"] = request.Height,
            ["batch"] = 1,
        };
        if (request.Model.Length > 0)
        {
            values["checkpoint"] = request.Model;
        }

        if (references.Count > 0)
        {
            values["reference"] = references[0];
            values["referenceWeight"] = request.ReferenceWeight;
        }
        else
        {
            // Without one of ours the workflow's own picture must not rule.
            values["referenceWeight"] = 0;
        }

        if (CapabilitiesOf(request.Model).Variations)
        {
            // Without one of ours nothing of the workflow's own picture may be left.
            values["denoise"] = original is null ? 1 : _options.VariationStrength;
        }

        if (original is not null)
        {
            values["original"] = original;
        }

        return values;
    }

    /// <summary>Whether the model is a checkpoint of one file; else it is a diffusion model by itself.</summary>
    private async Task<bool> IsCheckpointAsync(string model, CancellationToken cancellationToken)
    {
        if (_isCheckpoint.TryGetValue(model, out var known))
        {
            return known;
        }

        var checkpoints = await ChoicesAsync("CheckpointLoaderSimple", "ckpt_name", cancellationToken);
        var isCheckpoint = checkpoints.Contains(model, StringComparer.Ordinal);
        var others = isCheckpoint ? [] : await ChoicesAsync("UNETLoader", "unet_name", cancellationToken);
        if (!isCheckpoint && !others.Contains(model, StringComparer.Ordinal))
        {
            throw new BackendException(
                BackendFault.Misconfigured,
                $"The model \"{model}\" is not on {_name}; its checkpoints are {Some(checkpoints)}; its diffusion models are {Some(others)}. Set the Model of Imagine:Versions to one of them.");
        }

        return _isCheckpoint[model] = isCheckpoint;

        static string Some(IReadOnlyList<string> names) =>
            names.Count == 0 ? "none" : string.Join(", ", names.Take(MostNamed)) + (names.Count > MostNamed ? " and others" : "");
    }

    /// <summary>What may be chosen in a node's input; nothing where the server has no such node.</summary>
    private async Task<IReadOnlyList<string>> ChoicesAsync(string type, string input, CancellationToken cancellationToken)
    {
        var answer = await _client.GetAsync($"object_info/{type}", cancellationToken);
        var choices = (answer.IsSuccess ? answer.Json() : throw Refusal(answer))[type]?["input"]?["required"]?[input]?[0];

        // Newer servers write ["COMBO", {"options": [...]}].
        choices = choices is JsonArray ? choices : answer.Json()[type]?["input"]?["required"]?[input]?[1]?["options"];
        return choices is JsonArray list ? [.. list.Select(choice => (string?)choice ?? "")] : [];
    }

    private async Task<string> UploadAsync(ReadOnlyMemory<byte> picture, CancellationToken cancellationToken)
    {
        var name = $"personalization-{Convert.ToHexStringLower(SHA256.HashData(picture.Span))[..16]}.png";
        var answer = await _client.SendAsync(
            () =>
            {
                var file = new ReadOnlyMemoryContent(picture);
                file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
                return new HttpRequestMessage(HttpMethod.Post, "upload/image")
                {
                    Content = new MultipartFormDataContent
                    {
                        { file, "image", name },
                        { new StringContent("true"), "overwrite" },
                        { new StringContent("input"), "type" },
                    },
                };
            },
            isRepeatable: true,
            limit: null,
            cancellationToken);
        var uploaded = answer.IsSuccess ? answer.Json() : throw Refusal(answer);
        var folder = (string?)uploaded["subfolder"];
        var given = (string?)uploaded["name"] ?? throw answer.Unexpected("names no file");
        return string.IsNullOrEmpty(folder) ? given : $"{folder}/{given}";
    }

    private async Task<JobLook> LookAsync(string ticket, long most, ConcurrentDictionary<string, bool> done, CancellationToken cancellationToken)
    {
        var ids = Ids(ticket);
        var finished = new List<JsonNode>();
        foreach (var id in ids)
        {
            var answer = await _client.GetAsync($"history/{id}", cancellationToken);
            if ((answer.IsSuccess ? answer.Json() : throw Refusal(answer))[id] is { } entry)
            {
                if (FaultOf(entry) is { } fault)
                {
                    await ServerJob.AbandonAsync(ticket, CancelAsync, cancellationToken);
                    throw fault;
                }

                finished.Add(entry);
                done[id] = true;
            }
        }

        if (finished.Count == ids.Length && finished.Count > 0)
        {
            var pictures = new List<PaintedPicture>();
            foreach (var entry in finished)
            {
                pictures.Add(await CollectAsync(entry, most, cancellationToken));
            }

            return new JobLook.Ended(new PaintingResult.Painted(pictures));
        }

        var (running, pending) = await QueueAsync(cancellationToken);
        var ours = ids.Where(id => !done.ContainsKey(id)).ToArray();
        if (!ours.Any(id => running.Contains(id) || pending.Contains(id)))
        {
            // It may have ended between the two looks; if not, the server was started again without it.
            var again = await _client.GetAsync($"history/{ours.FirstOrDefault() ?? "none"}", cancellationToken);
            return again.IsSuccess && again.Json().AsObject().Count > 0 ? UnderWay(done.Count, ids.Length, null) : new JobLook.Gone();
        }

        var ahead = done.IsEmpty && !ours.Any(running.Contains) ? running.Count + pending.TakeWhile(id => !ours.Contains(id)).Count() : (int?)null;
        return UnderWay(done.Count, ids.Length, ahead);
    }

    private static JobLook.UnderWay UnderWay(int done, int all, int? ahead) => new(new((double)done / Math.Max(1, all), ahead));

    /// <summary>Why a finished prompt failed; null where it did not.</summary>
    private BackendException? FaultOf(JsonNode entry)
    {
        if ((string?)entry["status"]?["status_str"] != "error")
        {
            return null;
        }

        var last = (entry["status"]!["messages"] as JsonArray)?.LastOrDefault();
        return (string?)last?[0] == "execution_interrupted"
            ? new BackendException(BackendFault.Failed, $"The prompt was interrupted on {_name} by somebody.")
            : new BackendException(BackendFault.Failed, $"{_name} failed in its node {(string?)last?[1]?["node_type"] ?? "(unknown)"} ({(string?)last?[1]?["exception_type"] ?? "it does not say why"}).") { ServerResponse = (string?)last?[1]?["exception_message"] ?? "" };
    }

    private async Task<PaintedPicture> CollectAsync(JsonNode entry, long most, CancellationToken cancellationToken)
    {
        var images = (entry["outputs"] as JsonObject ?? []).SelectMany(node => node.Value?["images"] as JsonArray ?? []).OfType<JsonObject>().ToArray();

        // Previews inside a workflow are temporary files; what is saved is what is meant.
        var image = images.FirstOrDefault(one => (string?)one["type"] == "output") ?? images.FirstOrDefault()
            ?? throw new BackendException(BackendFault.Failed, $"{_name} finished without a picture: the workflow needs a SaveImage node.");
        string Escaped(string key) => Uri.EscapeDataString((string?)image[key] ?? "");
        var answer = await _client.GetAsync($"view?filename={Escaped("filename")}&subfolder={Escaped("subfolder")}&type={Escaped("type")}", cancellationToken);
        return PictureSanitizer.Read(_name, answer.IsSuccess ? answer.Body : throw Refusal(answer), most);
    }

    private async Task<(IReadOnlyList<string> Running, IReadOnlyList<string> Pending)> QueueAsync(CancellationToken cancellationToken)
    {
        var answer = await _client.GetAsync("queue", cancellationToken);
        var queue = answer.IsSuccess ? answer.Json() : throw Refusal(answer);

        // Items are [number, id, graph, ...]; the lowest number is next.
        string[] Of(string key) => [.. (queue[key] as JsonArray ?? []).OrderBy(item => (double?)item?[0] ?? 0).Select(item => (string?)item?[1] ?? "")];
        return (Of("queue_running"), Of("queue_pending"));
    }

    private async Task CallAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        var answer = await _client.PostAsync(path, body, isRepeatable: true, limit: null, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw Refusal(answer);
        }
    }

    /// <summary>What a refusal means, in an operator's words.</summary>
    private BackendException Refusal(BackendAnswer answer)
    {
        if (answer.Status == HttpStatusCode.BadRequest && answer.TryJson() is { } body)
        {
            var faults = (body["node_errors"] as JsonObject ?? [])
                .SelectMany(node => (node.Value?["errors"] as JsonArray ?? []).Select(error => InWords(node.Key, (string?)node.Value?["class_type"], error)))
                .ToArray();
            var all = faults.Length > 0 ? string.Join("; ", faults) : ((string?)body["error"]?["message"])?.TrimEnd('.') ?? "it does not say why";
            return new(BackendFault.Misconfigured, $"{_name} cannot run the workflow: {all}.") { ServerResponse = Encoding.UTF8.GetString(answer.Body) };
        }

        return answer.Refused();
    }

    /// <summary>A fault of the workflow. Its details quote the values of inputs: not where the prompt is one.</summary>
    private string InWords(string node, string? type, JsonNode? error)
    {
        var name = (string?)error?["extra_info"]?["input_name"];
        if ((string?)error?["type"] == "value_not_in_list" && _workflow?.HasWordsAt(node, name) != true)
        {
            var (asked, known) = (error["extra_info"], error["extra_info"]?["input_config"] is JsonArray { Count: > 0 } configured ? configured[0] as JsonArray : null);
            var what = name is "ckpt_name" ? "checkpoint" : name;
            return $"the {what} \"{asked?["received_value"]}\" is not on the server{(known is null ? $" ({(string?)error["details"]})" : $"; it has {string.Join(", ", known.Take(MostNamed))}{(known.Count > MostNamed ? " and others" : "")}")}";
        }

        return $"node {node} ({type}): {(string?)error?["message"]} {name}".TrimEnd();
    }
}
