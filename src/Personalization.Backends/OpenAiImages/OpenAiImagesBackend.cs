using System.Net;
using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Backends.StableDiffusionCpp;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.OpenAiImages;

/// <summary>
/// OpenAI's image interface. It has no jobs, seeds or negatives, and each answered call is billed. Therefore a call is repeated
/// only if the service says that it did nothing (429), or if other pictures that are already billed would be lost otherwise.
/// References are sent as the pictures of an edit. A server that is recognised as stable-diffusion.cpp's is asked in the form that
/// it extends the interface with: for it, a seed that is not sent is always the same one, and an edit paints over its first picture.
/// </summary>
internal sealed class OpenAiImagesBackend : IImageBackend, IDisposable
{
    private const int MaxAttempts = 4;

    // Repeated calls for all pictures of one request together.
    private const int MaxRepeats = 3;
    private const int MaxBatch = 10;

    private readonly string _name;
    private readonly OpenAiImagesOptions _options;
    private readonly TimeProvider _time;
    private readonly BackendClient _client;

    // Pictures may be on another host, which must not receive the key.
    private readonly LinkedPictureFetcher _linked;
    private readonly PictureReceiver _pictures;
    private readonly OpenAiRequests _requests;
    private readonly OpenAiAnswers _answers;
    private readonly Inspection _inspection;

    // A service that requires a key may charge for pictures, and is no sd-server, which has no keys.
    private readonly bool _isFree;

    // What is recognised as sd-server; null for another program. Read once for each job: it may be asked again meanwhile.
    private volatile SdServer? _sdServer;

    public OpenAiImagesBackend(string name, OpenAiImagesOptions options, TimeProvider time)
    {
        (_name, _options, _time) = (name, options, time);
        _client = new(name, options, time, options.ApiKey.Length == 0 ? [] : [("Authorization", $"Bearer {options.ApiKey}")]);
        _linked = new(name, options, time);
        _pictures = new(name, options);
        _requests = new(options);
        _answers = new(name, options.RetrySeconds, time);
        _isFree = options.ApiKey.Length == 0 && !OpenAiRequests.IsOpenAi(options.Url!);
        _inspection = new(time, (_, token) => _isFree ? AskWhatItIsAsync(token) : Task.FromResult(true));
    }

    public string Name => _name;

    public (int Area, int Step) SizeOf(string model)
    {
        var settings = ModelOptions.Of(_options, model);
        if (_sdServer is { } server)
        {
            return (SdServerModel.AreaOf(server.Model, settings, model), SdServerModel.SizeStep);
        }

        var side = settings.Side ?? OpenAiModels.DefaultSideOf(model);
        return (side * side, OpenAiModels.SizeStep);
    }

    public BackendCapabilities CapabilitiesOf(string model) => CapabilitiesOf(model, _sdServer);

    public Task InspectAsync(string model, CancellationToken cancellationToken) => _inspection.InspectAsync(model, cancellationToken);

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter reporter, CancellationToken cancellationToken)
    {
        await _inspection.RefreshAsync(request.Model, cancellationToken);
        var server = _sdServer;
        var received = new ReceivedPictures();
        var repeats = 0;
        while (received.Settled < request.Count)
        {
            // Some servers paint one picture regardless of n, DALL-E 3 rejects more, a stream carries one, and sd-server tells
            // nothing before the end of a call, whose time would be that of all its pictures.
            var isStreamed = _options.PartialImages > 0 && IsGpt(request.Model, server);
            var count = isStreamed || server is not null || OpenAiModels.IsDallE3(request.Model) ? 1 : Math.Min(request.Count - received.Settled, MaxBatch);
            try
            {
                if (await AskAsync(request, sources, server, count, isStreamed, received, reporter, cancellationToken) is { } refusal)
                {
                    if (received.Count == 0)
                    {
                        return refusal;
                    }

                    // Those before passed the same filter, which does not always decide alike.
                    received.Withheld += request.Count - received.Settled;
                }

                reporter.Report(new((double)received.Settled / request.Count));
            }
            catch (BackendException exception) when (received.Count > 0 && MaySucceedLater(exception) && repeats < MaxRepeats)
            {
                await Task.Delay(TimeSpan.FromSeconds(_options.RetrySeconds) * Math.Pow(2, ++repeats), _time, cancellationToken);
            }
            catch (BackendException exception) when (received.Count > 0)
            {
                // Those that are painted are paid for.
                received.Lose(exception, request.Count - received.Settled);
            }
        }

        return received.Result();
    }

    // There are no jobs: a call ends with its connection.
    public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken) => Task.FromResult(false);

    public void Dispose()
    {
        _client.Dispose();
        _linked.Dispose();
    }

    private BackendCapabilities CapabilitiesOf(string model, SdServer? server) => server is not null ? SdServerModel.CapabilitiesOf(server.Model, ModelOptions.Of(_options, model), model, $"Backends:{_name}") : new()
    {
        References = OpenAiModels.IsGpt(model) ? _options.References : 0,
        Variations = OpenAiModels.IsGpt(model),
        Batch = MaxBatch,
        Sizes = OpenAiModels.AcceptsAnySize(model),
        Progress = _options.PartialImages > 0,
        Preview = _options.PartialImages > 0 && OpenAiModels.IsGpt(model),
        IsFree = _isFree,
    };

    /// <summary>Whether repeating the call may succeed. A call that timed out is not repeated: it has already waited for the full limit.</summary>
    private static bool MaySucceedLater(BackendException exception) =>
        exception is { Fault: BackendFault.Failed or BackendFault.Unavailable, InnerException: not OperationCanceledException };

    /// <summary>Whether it is a model that streams, follows references and paints variations.</summary>
    private static bool IsGpt(string model, SdServer? server) => server is null && OpenAiModels.IsGpt(model);

    private async Task<bool> AskWhatItIsAsync(CancellationToken cancellationToken)
    {
        var models = await _client.GetAsync("models", cancellationToken);
        if ((int)models.Status >= 500)
        {
            return false;
        }

        if (!models.IsSuccess || ((models.TryJson() as JsonObject)?["data"] as JsonArray)?.Any(one => (one as JsonObject)?["id"]?.ToString() == SdServerModel.ListedName) != true)
        {
            _sdServer = null;
            return true;
        }

        var capabilities = await _client.GetAsync("../sdcpp/v1/capabilities", cancellationToken);
        var isTold = (int)capabilities.Status < 500;
        if (isTold || _sdServer is null)
        {
            _sdServer = new(capabilities.IsSuccess ? SdServerModel.In(capabilities.TryJson()) : null);
        }

        return isTold;
    }

    /// <summary>Makes one call, and adds its pictures to those received.</summary>
    /// <returns>The service's refusal; null if there are pictures.</returns>
    private async Task<PaintingResult.Refused?> AskAsync(
        ImageRequest request,
        PaintingSources sources,
        SdServer? server,
        int count,
        bool isStreamed,
        ReceivedPictures received,
        IPaintingReporter reporter,
        CancellationToken cancellationToken)
    {
        var capabilities = CapabilitiesOf(request.Model, server);
        var fields = server is not null ? OpenAiRequests.SdServerFields(request, count) : _requests.Fields(request, count, isStreamed);
        ReadOnlyMemory<byte>[] images = !IsGpt(request.Model, server) ? []
            : !sources.Original.IsEmpty ? [sources.Original]
            : [.. sources.References.Take(_options.References)];
        var prompt = _requests.Prompt(request, capabilities, images.Length, isVariation: !sources.Original.IsEmpty);
        fields["prompt"] = server is not null ? prompt + _requests.ExtraArguments(request, capabilities, server.Model, received.Settled) : prompt;
        for (var attempt = 1; ; attempt++)
        {
            using var limit = new PaintingLimit(_options, _time, reporter);
            limit.Begin();
            var call = new CallReporter(limit, received.Settled, request.Count, _options.PartialImages);
            var answer = await _client.StreamAsync(
                () => images.Length == 0 ? OpenAiRequests.Generation(fields) : OpenAiRequests.Edit(fields, images),
                (response, stream, token) => _answers.ReadAsync(response, stream, call.Show, token),
                limit,
                cancellationToken);
            if (answer.IsSuccess)
            {
                return await AddPicturesAsync(answer, count, request, prompt, received, cancellationToken);
            }

            if (OpenAiErrors.RefusalOf(answer.TryJson(), request.Model, prompt) is { } refusal)
            {
                return new(refusal);
            }

            var (message, code) = OpenAiAnswers.ErrorOf(answer);
            if (code is "insufficient_quota" or "billing_hard_limit_reached")
            {
                throw new BackendException(BackendFault.Misconfigured, $"The account of {_name} has no credit left ({code}): add credit, or increase its spending limit.");
            }

            if (OpenAiErrors.IsOfSize(answer.TryJson()))
            {
                throw new BackendException(BackendFault.Size, $"{_name} does not paint pictures of {fields["size"]} pixels with this model.") { ServerResponse = message };
            }

            if (answer.Status != HttpStatusCode.TooManyRequests || attempt == MaxAttempts)
            {
                throw _answers.Refusal(answer, message, MaxAttempts);
            }

            await Task.Delay(_answers.PauseOf(answer, attempt), _time, cancellationToken);
        }
    }

    private async Task<PaintingResult.Refused?> AddPicturesAsync(BackendAnswer answer, int count, ImageRequest request, string prompt, ReceivedPictures received, CancellationToken cancellationToken)
    {
        if (answer.Json()["data"] is not JsonArray { Count: > 0 } data)
        {
            return OpenAiErrors.RefusalOf(answer.Json(), request.Model, prompt) is { } refusal ? new(refusal) : throw answer.Unexpected("has no pictures");
        }

        var call = new ReceivedPictures();
        foreach (var (i, item) in data.Take(count).Index())
        {
            if ((string?)item?["b64_json"] is { Length: > 0 } content)
            {
                await call.AddAsync(i, () => _pictures.ReadBase64(content, request));
            }
            else if ((string?)item?["url"] is { Length: > 0 } url)
            {
                await call.AddAsync(i, async () => _pictures.Read(await _linked.FetchAsync(url, cancellationToken), request));
            }
            else if (OpenAiErrors.IsAgainstRules(item))
            {
                call.Withheld++;
            }
            else
            {
                call.Lose(answer.Unexpected("has a picture without data"));
            }
        }

        received.Append(call);
        return null;
    }

    /// <summary>stable-diffusion.cpp's server.</summary>
    /// <param name="Model">What it tells of its model; null where it does not.</param>
    private sealed record SdServer(SdServerModel? Model);

    /// <summary>Reports the unfinished pictures of one call. The progress is a share of all pictures of the request.</summary>
    private sealed record CallReporter(PaintingLimit Limit, int Done, int Count, int Partials)
    {
        public void Show(int index, string? base64)
        {
            var bytes = new byte[base64?.Length ?? 0];
            var preview = Convert.TryFromBase64String(base64 ?? "", bytes, out var written) ? bytes.AsMemory(0, written) : default;

            // Each shows that it is being painted, also one whose index says no more than the one before.
            Limit.Begin();
            Limit.Report(new((Done + ((index + 1.0) / (Partials + 1))) / Count, null, preview));
        }
    }
}
