using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.ComfyUi;

/// <summary>
/// ComfyUI, with built-in graphs or the operator's workflow. Each picture is a separate prompt (a queued graph) with its own
/// seed: of a batch, only the first picture could be painted again from its seed.
/// </summary>
internal sealed partial class ComfyUiBackend : IImageBackend, IRepeatable, IDisposable
{
    private const int MaxReferences = 4;

    private readonly string _name;
    private readonly ComfyUiOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BackendClient _client;
    private readonly ComfyUiFiles _files;
    private readonly ComfyUiWorkflow? _workflow;
    private readonly ComfyUiModels _models;
    private readonly ComfyUiGraphs _graphs;
    private readonly ComfyUiQueue _queue;
    private readonly ComfyUiErrors _errors;
    private readonly ComfyUiDiscards _discards;
    private readonly ComfyUiStatus _status;

    // What is being painted, each with what the server dropped of its workflow.
    private readonly ConcurrentDictionary<ComfyUiProgress, string> _paintings = new();

    /// <param name="logger">Null to log nothing.</param>
    /// <exception cref="InvalidDataException">The operator's workflow cannot be used.</exception>
    public ComfyUiBackend(string name, ComfyUiOptions options, TimeProvider time, ILogger<ComfyUiBackend>? logger = null)
    {
        (_name, _options, _time, _logger) = (name, options, time, logger ?? NullLogger<ComfyUiBackend>.Instance);
        _client = new(name, options, time);
        _files = new(name, options, _client);
        _models = new(name, _client, options, time);
        _workflow = options.ReadWorkflow();
        _graphs = new(options, _workflow, _models, _files);
        _queue = new(name, _client, TimeSpan.FromMinutes(options.PaintingMinutes), time, _logger);
        _errors = new(name, _workflow, _models);
        _discards = new(_queue, _files, options, time);
        _status = new(name, _queue, _files, _errors, _discards);
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
        // What it told a moment ago is known, and what a workflow has: whether it answers is not.
        await _queue.ReadAsync(cancellationToken);
        _ = _workflow is null ? await _models.FindAsync(model, cancellationToken) : null;
    }

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter reporter, CancellationToken cancellationToken)
    {
        using var limit = new PaintingLimit(_options, _time, reporter);
        var progress = new ComfyUiProgress(limit, ticket => ComfyUiTicket.Parse(ticket).Ids, Math.Max(1, _workflow?.Samplers ?? 1), limit.Begin);
        await using var socket = new ComfyUiSocket { ClientId = ComfyUiTicket.NewId(), Progress = progress };
        await socket.OpenAsync(_options.Url!, TimeSpan.FromSeconds(_options.ConnectSeconds), _time, cancellationToken);
        _paintings[progress] = "";
        try
        {
            var result = await RemoteJob.RunAsync(
                _name,
                _options,
                _time,
                limit,
                progress,
                async token => (await SubmitAsync(request, sources, progress, socket.ClientId, token), null),
                (ticket, token) => _status.GetAsync(ticket, request, progress, IsOurs, token),
                CancelAsync,
                cancellationToken);
            return result is PaintingResult.Painted painted && _paintings[progress] is { Length: > 0 } dropped ? painted with { Remarks = [dropped] } : result;
        }
        finally
        {
            _paintings.TryRemove(progress, out _);
        }
    }

    public Task DiscardAsync(string ticket, CancellationToken cancellationToken) => _discards.DiscardAsync(ticket, cancellationToken);

    public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken) => _queue.CancelAsync(ComfyUiTicket.Parse(ticket), cancellationToken);

    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await _queue.FreeAsync(cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(_options.PollSeconds), _time, cancellationToken);
    }

    public void Dispose()
    {
        _discards.Dispose();
        _client.Dispose();
    }

    /// <summary>The name that tells the family: of the model, or, where none is set, of that in the workflow.</summary>
    private string NameOf(string model) => model.Length > 0 ? model : _workflow?.Model ?? "";

    /// <summary>Whether a prompt is of a painting of this program.</summary>
    private bool IsOurs(string prompt) => _paintings.Keys.Any(painting => painting.Has(prompt));

    private async Task<string> SubmitAsync(ImageRequest request, PaintingSources sources, ComfyUiProgress progress, string clientId, CancellationToken cancellationToken)
    {
        var isKnown = _workflow is null && _models.IsKnown(request.Model);
        try
        {
            return await SubmitOnceAsync(request, sources, progress, clientId, cancellationToken);
        }
        catch (BackendException exception) when (isKnown && exception.Fault == BackendFault.Misconfigured)
        {
            // Files may have been replaced since the server was asked which it has.
            _models.Forget(request.Model);
            return await SubmitOnceAsync(request, sources, progress, clientId, cancellationToken);
        }
    }

    private async Task<string> SubmitOnceAsync(ImageRequest request, PaintingSources sources, ComfyUiProgress progress, string clientId, CancellationToken cancellationToken)
    {
        var model = _workflow is null ? await _models.FindAsync(request.Model, cancellationToken) : null;
        var id = ComfyUiTicket.NewId();
        var (graphs, uploads) = await _graphs.BuildAsync(request, sources, CapabilitiesOf(request.Model), model, new ComfyUiTicket(id, 0, 0).Job, cancellationToken);
        var ticket = new ComfyUiTicket(id, graphs.Count, uploads);

        // We choose the ids: they are stored before they are submitted, so that no painting is lost.
        await progress.KeepTicketAsync(ticket.ToString(), cancellationToken);
        var isSubmitted = false;
        try
        {
            foreach (var (prompt, graph) in ticket.Ids.Zip(graphs))
            {
                await SubmitAsync(prompt, graph, progress, clientId, cancellationToken);
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
            await CancelAsync(ticket.ToString(), cancellationToken);
            await DiscardAsync(ticket.ToString(), cancellationToken);
            throw;
        }

        return ticket.ToString();
    }

    private async Task SubmitAsync(string id, JsonObject graph, ComfyUiProgress progress, string clientId, CancellationToken cancellationToken)
    {
        // Not repeatable: a prompt sent twice is painted twice.
        var body = new JsonObject { ["prompt"] = graph, ["client_id"] = clientId, ["prompt_id"] = id };
        var answer = await _client.PostAsync("prompt", body, isRepeatable: false, limit: null, cancellationToken);
        var taken = answer.IsSuccess ? answer.Json() : throw await _errors.RefusalAsync(answer, cancellationToken);
        if ((string?)taken["prompt_id"] != id)
        {
            throw new BackendException(BackendFault.Misconfigured, $"{_name} ignores the ids of submitted prompts, so that they cannot be found again: update ComfyUI.");
        }

        if (await _errors.DroppedAsync(taken, cancellationToken) is { Length: > 0 } dropped && _paintings[progress] != dropped)
        {
            _paintings[progress] = dropped;
            LogDropped(dropped);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What}")]
    private partial void LogDropped(string what);
}
