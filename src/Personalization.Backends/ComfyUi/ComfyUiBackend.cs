using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Backends.ComfyUi;

/// <summary>
/// ComfyUI, with built-in graphs or the operator's workflow. Each picture is a separate prompt (a queued graph) with its own
/// seed: of a batch, only the first picture could be painted again from its seed. The ticket is the id of the first prompt and
/// the number of prompts; the other ids are derived from it.
/// </summary>
internal sealed class ComfyUiBackend : IImageBackend, IRepeatable, IDisposable
{
    private const int MaxReferences = 4;

    private readonly string _name;
    private readonly ComfyUiOptions _options;
    private readonly TimeProvider _time;
    private readonly BackendClient _client;
    private readonly ComfyUiFiles _files;
    private readonly ComfyUiWorkflow? _workflow;
    private readonly ComfyUiModels _models;

    /// <exception cref="InvalidDataException">The operator's workflow cannot be used.</exception>
    public ComfyUiBackend(string name, ComfyUiOptions options, TimeProvider time)
    {
        (_name, _options, _time) = (name, options, time);
        _client = new(name, options, time);
        _files = new(name, options, _client);
        _models = new(name, _client, options);
        _workflow = options.ReadWorkflow();
    }

    public string Name => _name;

    public (int Area, int Step) SizeOf(string model)
    {
        var settings = _models.SettingsOf(model);
        var name = NameOf(model);
        return (settings.Side is null && _workflow is { Area: { } area } && _workflow.Model == name ? area : settings.AreaOf(name), settings.DefaultsOf(name).SizeStep);
    }

    public BackendCapabilities CapabilitiesOf(string model)
    {
        var settings = _models.SettingsOf(model);
        var defaults = settings.DefaultsOf(NameOf(model));
        var follower = defaults.ReadsWeights ? _options.IpAdapterPreset : settings.FamilyOf(NameOf(model)) == ModelFamily.Flux ? _options.FluxRedux : "";
        return new()
        {
            Weights = defaults.ReadsWeights,
            Negative = _workflow?.Has("negative") ?? defaults.ReadsNegative(settings.Guidance),
            References = _workflow is not null ? (_workflow.Has("reference") ? 1 : 0) : follower.Length > 0 ? MaxReferences : 0,
            Variations = _workflow?.Has("original") ?? true,
            Seed = true,
            Batch = 16,
            Sizes = _workflow?.HasSizes ?? true,
            Progress = true,
            Preview = true,
            Cancel = true,
            IsFree = true,
            Notice = _workflow is { HasSizes: false } ? $"the workflow has no place for the size, so that its pictures are cropped to the shape that people ask for: give the nodes with it the titles \"width\" and \"height\" in ComfyUI, or set Backends:{_name}:Roles:width and Roles:height to node.input, such as 5.width" : "",
        };
    }

    /// <summary>Asks the server what a model is, so that its size and capabilities are its family's.</summary>
    public async Task InspectAsync(string model, CancellationToken cancellationToken)
    {
        try
        {
            _ = _workflow is null ? await _models.FindAsync(model, cancellationToken) : null;
        }
        catch (BackendException)
        {
            // The next painting reports it.
        }
    }

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter reporter, CancellationToken cancellationToken)
    {
        using var limit = new PaintingLimit(_options, _time, reporter);
        var progress = new ComfyUiProgress(limit, Ids, Math.Max(1, _workflow?.Samplers ?? 1));
        await using var socket = new ComfyUiSocket { ClientId = NewId(), Progress = progress };
        await socket.OpenAsync(_options.Url!, TimeSpan.FromSeconds(_options.ConnectSeconds), _time, cancellationToken);
        return await RemoteJob.RunAsync(
            _name,
            _options,
            _time,
            limit,
            progress,
            async token => (await SubmitAsync(request, sources, progress, socket.ClientId, token), null),
            async (ticket, token) => await GetStatusAsync(ticket, request, progress, token),
            CancelAsync,
            cancellationToken);
    }

    public async Task DiscardAsync(string ticket, CancellationToken cancellationToken)
    {
        var ids = Ids(ticket);
        await CleanAsync(ids, (await EndedAsync(ids, cancellationToken)).Values, cancellationToken);
    }

    public async Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken)
    {
        // The last one first: the end of one must not start the next.
        string[] ids = [.. Ids(ticket).Reverse()];
        return await CancelJobsAsync(ids, cancellationToken) ?? await CancelPromptsAsync(ids, cancellationToken);
    }

    /// <summary>Drops the results of executed nodes, and the loaded models, which the server does when its worker is next idle.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await CallAsync("free", new JsonObject { ["unload_models"] = true, ["free_memory"] = true }, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(_options.PollSeconds), _time, cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The name that tells the family: of the model, or, where none is set, of that in the workflow.</summary>
    private string NameOf(string model) => model.Length > 0 ? model : _workflow?.Model ?? "";

    /// <summary>A lower-case UUID: newer servers accept no other ids from clients. Its last byte is reserved for the number of the picture.</summary>
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

    private async Task<string> SubmitAsync(ImageRequest request, PaintingSources sources, ComfyUiProgress progress, string clientId, CancellationToken cancellationToken)
    {
        var id = NewId();
        var job = id[..8];
        var graphs = await GraphsAsync(request, sources, job, cancellationToken);
        var ticket = $"{id}*{graphs.Count}";
        foreach (var graph in graphs)
        {
            PaintAgain(graph, job);
        }

        // We choose the ids: they are stored before they are submitted, so that no painting is lost.
        await progress.KeepTicketAsync(ticket, cancellationToken);
        var isSubmitted = false;
        try
        {
            foreach (var (prompt, graph) in Ids(ticket).Zip(graphs))
            {
                await SubmitAsync(prompt, graph, clientId, cancellationToken);
                isSubmitted = true;
            }
        }
        catch (BackendException exception) when (exception.Fault == BackendFault.Unavailable && (isSubmitted || BackendClient.IsBrokenOff(exception)))
        {
            // It was available a moment ago, and may be restarting: polling shows which prompts it has.
        }
        catch (BackendException exception) when (exception.Fault != BackendFault.Unavailable)
        {
            // The prompts submitted before would be painted in vain.
            await CancelAsync(ticket, cancellationToken);
            throw;
        }

        return ticket;
    }

    /// <summary>
    /// Has the picture painted, and written to a new file. The server keeps the results of nodes by their class and all inputs of
    /// theirs and of the nodes before them, and executes none again: that would prove nothing about seeds, and name the file of
    /// last time, which may have been deleted. An input that a node does not declare is part of the key and otherwise ignored
    /// (ComfyUI, <c>get_immediate_node_signature</c> in <c>comfy_execution/caching.py</c>, <c>get_input_data</c> in
    /// <c>execution.py</c>). Models stay loaded: only what has a seed, or leads nowhere, as outputs do, is marked.
    /// </summary>
    private static void PaintAgain(JsonObject graph, string job)
    {
        var nodes = graph.Select(node => (Id: node.Key, Inputs: node.Value?["inputs"] as JsonObject ?? [])).ToArray();
        var followed = nodes.SelectMany(node => node.Inputs).Select(input => (input.Value as JsonArray)?.FirstOrDefault()?.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, inputs) in nodes)
        {
            if (inputs.ContainsKey("seed") || inputs.ContainsKey("noise_seed") || !followed.Contains(id))
            {
                inputs["personalization_job"] = job;
            }

            if (inputs["filename_prefix"] is JsonValue prefix && prefix.TryGetValue<string>(out var text))
            {
                inputs["filename_prefix"] = $"{text}-{job}";
            }
        }
    }

    private async Task SubmitAsync(string id, JsonObject graph, string clientId, CancellationToken cancellationToken)
    {
        // Not repeatable: a prompt sent twice is painted twice.
        var body = new JsonObject { ["prompt"] = graph, ["client_id"] = clientId, ["prompt_id"] = id };
        var answer = await _client.PostAsync("prompt", body, isRepeatable: false, limit: null, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw await RefusalAsync(answer, cancellationToken);
        }

        if ((string?)answer.Json()["prompt_id"] != id)
        {
            throw new BackendException(BackendFault.Misconfigured, $"{_name} ignores the ids of submitted prompts, so that they cannot be found again: update ComfyUI.");
        }
    }

    private async Task<IReadOnlyList<JsonObject>> GraphsAsync(ImageRequest request, PaintingSources sources, string job, CancellationToken cancellationToken)
    {
        var model = _workflow is null ? await _models.FindAsync(request.Model, cancellationToken) : null;
        var capabilities = CapabilitiesOf(request.Model);
        var prompt = PromptWriter.Positive(request, ComfyUiPromptSyntax.Instance, capabilities);
        var negative = capabilities.Negative ? PromptWriter.Negative(request, ComfyUiPromptSyntax.Instance) : "";
        var references = new List<string>();
        foreach (var reference in sources.References.Take(capabilities.References))
        {
            references.Add(await _files.UploadAsync(reference, job, references.Count, cancellationToken));
        }

        var seeds = Enumerable.Range(0, request.Count).Select(request.SeedOf);
        var original = capabilities.Variations && !sources.Original.IsEmpty ? await _files.UploadAsync(sources.Original, job, references.Count, cancellationToken) : null;
        if (model is null)
        {
            return [.. seeds.Select(seed => _workflow!.With(Values(request, prompt, negative, seed, references, original), request.MaxSteps))];
        }

        var settings = _models.SettingsOf(request.Model);
        return
        [
            .. seeds.Select(seed => new ComfyUiGraph(
                model,
                settings,
                settings.StepsOf(request, settings.DefaultsOf(request.Model).Steps),
                prompt,
                negative,
                seed,
                request.Width,
                request.Height,
                original is null ? null : (original, _options.VariationStrength),
                (references, request.ReferenceWeight)).Build(_options)),
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
            // Without a reference, the picture in the workflow must have no effect.
            values["referenceWeight"] = 0;
        }

        if (CapabilitiesOf(request.Model).Variations)
        {
            // Without an original, the picture in the workflow must be painted over completely.
            values["denoise"] = original is null ? 1 : _options.VariationStrength;
        }

        if (original is not null)
        {
            values["original"] = original;
        }

        return values;
    }

    private async Task<RemoteJobStatus> GetStatusAsync(string ticket, ImageRequest request, ComfyUiProgress progress, CancellationToken cancellationToken)
    {
        var ids = Ids(ticket);
        var ended = await EndedAsync(ids, cancellationToken);
        foreach (var id in ended.Keys)
        {
            progress.Advance(id, 1);
        }

        var faults = ended.Values.Select(entry => FaultOf(entry, request)).OfType<BackendException>().ToArray();
        var hasFailed = faults.Length > 0 && faults.Length == ended.Count;
        if (hasFailed)
        {
            // The others would fail in the same way. Where some are painted already, they are waited for.
            await RemoteJob.AbandonAsync(ticket, CancelAsync, cancellationToken);
        }
        else if (ended.Count == ids.Length && ended.Count > 0)
        {
            return await CollectAsync(ids, ended, request, cancellationToken);
        }

        var (running, pending) = await QueueAsync(cancellationToken);
        var ours = ids.Where(id => !ended.ContainsKey(id)).ToArray();
        var isQueued = ours.Any(id => running.Contains(id) || pending.Contains(id));
        if (hasFailed && !isQueued)
        {
            // Not before: a prompt that is interrupted enters the history when its step ends.
            await CleanAsync(ids, ended.Values, cancellationToken);
            throw faults[0];
        }

        if (!isQueued)
        {
            // It may have ended between the two calls; if not, the server restarted and lost it.
            var again = await _client.GetAsync($"history/{ours.FirstOrDefault() ?? "none"}", cancellationToken);
            return again.IsSuccess && again.Json().AsObject().Count > 0 ? new RemoteJobStatus.InProgress(new(0)) : new RemoteJobStatus.NotFound();
        }

        var ahead = ended.Count == 0 && !ours.Any(running.Contains) ? running.Count + pending.TakeWhile(id => !ours.Contains(id)).Count() : (int?)null;
        return new RemoteJobStatus.InProgress(new(0, ahead) { CountsPictures = true })
        {
            CollectAsync = ended.Count == 0 ? null : token => CollectAsync(ids, ended, request, token),
        };
    }

    /// <summary>The entries in the history of those prompts that have ended.</summary>
    private async Task<Dictionary<string, JsonNode>> EndedAsync(string[] ids, CancellationToken cancellationToken)
    {
        var ended = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            var answer = await _client.GetAsync($"history/{id}", cancellationToken);
            if ((answer.IsSuccess ? answer.Json() : throw answer.Refused())[id] is { } entry)
            {
                ended[id] = entry;
            }
        }

        return ended;
    }

    /// <summary>Gets the pictures of those prompts of a job that have ended. Without any of their files, the job is as good as unknown.</summary>
    private async Task<RemoteJobStatus> CollectAsync(string[] ids, Dictionary<string, JsonNode> ended, ImageRequest request, CancellationToken cancellationToken)
    {
        var received = new ReceivedPictures();
        BackendException? broken = null;
        foreach (var (position, id) in ids.Index())
        {
            await received.AddAsync(position, () => ended.TryGetValue(id, out var entry)
                ? GetAsync(entry)
                : throw new BackendException(BackendFault.TimedOut, $"{_name} did not finish every picture in its time."));
        }

        if (broken is not null)
        {
            // They are still there when it answers again.
            throw broken;
        }

        try
        {
            return new RemoteJobStatus.Ended(received.Result());
        }
        catch (BackendException exception)
        {
            // Nothing of it is stored here, and a job that is submitted again gets another ticket.
            await CleanAsync(ids, ended.Values, cancellationToken);
            if (exception.Fault != BackendFault.Lost)
            {
                throw;
            }

            return new RemoteJobStatus.NotFound(exception);
        }

        async Task<PaintedPicture> GetAsync(JsonNode entry)
        {
            try
            {
                return FaultOf(entry, request) is { } fault ? throw fault : await _files.GetAsync(entry, request, cancellationToken);
            }
            catch (BackendException exception) when (exception.Fault == BackendFault.Unavailable)
            {
                broken = exception;
                throw;
            }
        }
    }

    /// <summary>
    /// Removes what the server keeps of prompts that have ended, as far as it has calls for that: their entries in the history,
    /// which hold the text, and their temporary files.
    /// </summary>
    /// <param name="entries">Those that are known.</param>
    private async Task CleanAsync(IEnumerable<string> ids, IReadOnlyCollection<JsonNode> entries, CancellationToken cancellationToken)
    {
        try
        {
            // First, so that no entry names a file without its picture.
            await CallAsync("history", new JsonObject { ["delete"] = List(ids) }, cancellationToken);
            await _files.EraseAsync(entries, cancellationToken);
        }
        catch (Exception exception) when (exception is BackendException or InvalidOperationException or FormatException)
        {
            // They stay until the server starts again: no reason to lose the pictures.
        }
    }

    /// <summary>Why a finished prompt failed; null if it succeeded.</summary>
    private BackendException? FaultOf(JsonNode entry, ImageRequest request)
    {
        if ((string?)entry["status"]?["status_str"] != "error")
        {
            return null;
        }

        var last = (entry["status"]!["messages"] as JsonArray)?.LastOrDefault();
        if ((string?)last?[0] == "execution_interrupted")
        {
            return new BackendException(BackendFault.Failed, $"The prompt was interrupted on {_name}.");
        }

        var (type, words) = ((string?)last?[1]?["exception_type"] ?? "no reason given", (string?)last?[1]?["exception_message"] ?? "");
        return MemoryShortage.IsNamedIn(type) || MemoryShortage.IsNamedIn(words)
            ? new BackendException(BackendFault.Size, $"{_name} ran out of memory at {request.Width} x {request.Height} pixels ({type}).") { ServerResponse = words }
            : new BackendException(BackendFault.Failed, $"{_name} failed in its node {(string?)last?[1]?["node_type"] ?? "(unknown)"} ({type}).") { ServerResponse = words };
    }

    private async Task<(IReadOnlyList<string> Running, IReadOnlyList<string> Pending)> QueueAsync(CancellationToken cancellationToken)
    {
        var answer = await _client.GetAsync("queue", cancellationToken);
        var queue = answer.IsSuccess ? answer.Json() : throw answer.Refused();

        // Items are [number, id, graph, ...]; the lowest number is next.
        string[] IdsOf(string key) => [.. (queue[key] as JsonArray ?? []).OrderBy(item => (double?)item?[0] ?? 0).Select(item => (string?)item?[1] ?? "")];
        return (IdsOf("queue_running"), IdsOf("queue_pending"));
    }

    /// <summary>Stops prompts, waiting or running, with the call that newer servers have for it: no other prompt can start in between.</summary>
    /// <returns>Whether one was stopped; null if the server has no such call (ComfyUI before 0.26).</returns>
    private async Task<bool?> CancelJobsAsync(string[] ids, CancellationToken cancellationToken)
    {
        var isAny = false;
        foreach (var id in ids)
        {
            var answer = await _client.PostAsync($"api/jobs/{id}/cancel", new JsonObject(), isRepeatable: true, limit: null, cancellationToken);
            if (!answer.IsSuccess)
            {
                return null;
            }

            isAny |= (bool?)answer.Json()["cancelled"] == true;
        }

        return isAny;
    }

    private async Task<bool> CancelPromptsAsync(string[] ids, CancellationToken cancellationToken)
    {
        var (running, pending) = await QueueAsync(cancellationToken);
        var waiting = ids.Where(pending.Contains).ToArray();
        if (waiting.Length > 0)
        {
            await CallAsync("queue", new JsonObject { ["delete"] = List(waiting) }, cancellationToken);
        }

        // Older servers ignore the id and interrupt the running prompt: only if that is ours.
        var current = ids.Where(running.Contains).ToArray();
        foreach (var id in current)
        {
            await CallAsync("interrupt", new JsonObject { ["prompt_id"] = id }, cancellationToken);
        }

        return waiting.Length + current.Length > 0;
    }

    private static JsonArray List(IEnumerable<string> ids) => [.. ids.Select(id => (JsonNode)id)];

    private async Task CallAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        var answer = await _client.PostAsync(path, body, isRepeatable: true, limit: null, cancellationToken);
        if (!answer.IsSuccess)
        {
            throw answer.Refused();
        }
    }

    /// <summary>Converts the refusal of a prompt into a message for the operator.</summary>
    private async Task<BackendException> RefusalAsync(BackendAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Status != HttpStatusCode.BadRequest || answer.TryJson() is not { } body)
        {
            return answer.Refused();
        }

        var faults = new List<string>();
        foreach (var (node, content) in body["node_errors"] as JsonObject ?? [])
        {
            foreach (var error in content?["errors"] as JsonArray ?? [])
            {
                faults.Add(await DescribeAsync(node, (string?)content?["class_type"] ?? "", error, cancellationToken));
            }
        }

        var all = faults.Count > 0 ? string.Join("; ", faults) : ((string?)body["error"]?["message"])?.TrimEnd('.') ?? "no reason given";
        return new(BackendFault.Misconfigured, $"{_name} cannot run the workflow: {all}.") { ServerResponse = Encoding.UTF8.GetString(answer.Body) };
    }

    /// <summary>Describes a fault of the workflow. Its details quote input values, which are left out where the prompt is one.</summary>
    private async Task<string> DescribeAsync(string node, string type, JsonNode? error, CancellationToken cancellationToken)
    {
        var name = (string?)error?["extra_info"]?["input_name"];
        if ((string?)error?["type"] != "value_not_in_list" || name is null || _workflow?.HasWordsAt(node, name) == true)
        {
            return $"node {node} ({type}): {(string?)error?["message"]} {name}".TrimEnd();
        }

        // Of more than 20 choices the answer holds none.
        var extra = error["extra_info"]!;
        var choices = ComfyUiModels.ChoicesIn(extra["input_config"]) is { Length: > 0 } listed ? listed : await KnownAsync();
        return $"the {(name is "ckpt_name" ? "checkpoint" : name)} \"{extra["received_value"]}\" is not on the server{(choices.Count == 0 ? $" ({(string?)error["details"]})" : $"; it has {ComfyUiModels.Some(choices)}")}";

        async Task<IReadOnlyList<string>> KnownAsync()
        {
            try
            {
                return await _models.ChoicesAsync(type, name, cancellationToken);
            }
            catch (BackendException)
            {
                return [];
            }
        }
    }
}
