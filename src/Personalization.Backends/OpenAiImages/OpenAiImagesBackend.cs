using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
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
internal sealed partial class OpenAiImagesBackend(string name, OpenAiImagesOptions options, TimeProvider time) : IImageBackend, IDisposable
{
    private const string Call = "POST images";

    // The only model that sd-server lists.
    private const string SdServer = "sd-cpp-local";
    private const int MaxAttempts = 4;

    // Repeated calls for all pictures of one request together.
    private const int MaxRepeats = 3;
    private const int MaxBatch = 10;
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    private readonly BackendClient _client = new(name, options, time, options.ApiKey.Length == 0 ? [] : [("Authorization", $"Bearer {options.ApiKey}")]);

    // Pictures may be on another host, which must not receive the key.
    private readonly LinkedPictureFetcher _linked = new(name, options, time);
    private readonly PictureReceiver _pictures = new(name, options);
    private readonly PromptSyntax _syntax = IsOpenAi(options.Url!) ? OpenAiPromptSyntax.Instance : OpenAiCompatiblePromptSyntax.Instance;

    // A service that requires a key may charge for pictures, and is no sd-server, which has no keys.
    private readonly bool _isFree = options.ApiKey.Length == 0 && !IsOpenAi(options.Url!);
    private bool _isInspected;
    private bool _isSdServer;
    private SdServerModel? _told;

    public string Name => name;

    public (int Area, int Step) SizeOf(string model)
    {
        var settings = ModelOptions.Of(options, model);
        if (_isSdServer)
        {
            return (SdServerModel.AreaOf(_told, settings, model), SdServerModel.SizeStep);
        }

        var side = settings.Side ?? OpenAiModels.DefaultSideOf(model);
        return (side * side, OpenAiModels.SizeStep);
    }

    public BackendCapabilities CapabilitiesOf(string model) => _isSdServer ? SdServerModel.CapabilitiesOf(_told, ModelOptions.Of(options, model), model, $"Backends:{name}") : new()
    {
        References = OpenAiModels.IsGpt(model) ? options.References : 0,
        Variations = OpenAiModels.IsGpt(model),
        Batch = MaxBatch,
        Sizes = OpenAiModels.AcceptsAnySize(model),
        Progress = options.PartialImages > 0,
        Preview = options.PartialImages > 0 && OpenAiModels.IsGpt(model),
        IsFree = _isFree,
    };

    public async Task InspectAsync(string model, CancellationToken cancellationToken)
    {
        if (!_isFree)
        {
            return;
        }

        var models = await _client.GetAsync("models", cancellationToken);
        _isSdServer = models.IsSuccess && ((models.TryJson() as JsonObject)?["data"] as JsonArray)?.Any(one => (one as JsonObject)?["id"]?.ToString() == SdServer) == true;
        _told = _isSdServer && await _client.GetAsync("../sdcpp/v1/capabilities", cancellationToken) is { IsSuccess: true } answer ? SdServerModel.In(answer.TryJson()) : null;
        _isInspected = (int)models.Status < 500;
    }

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter reporter, CancellationToken cancellationToken)
    {
        await InspectOnceAsync(request.Model, cancellationToken);
        var received = new ReceivedPictures();
        var repeats = 0;
        while (received.Settled < request.Count)
        {
            // Some servers paint one picture regardless of n, DALL-E 3 rejects more, and a stream carries one.
            var isStreamed = options.PartialImages > 0 && IsGpt(request.Model);
            var count = isStreamed || OpenAiModels.IsDallE3(request.Model) ? 1 : Math.Min(request.Count - received.Settled, MaxBatch);
            try
            {
                if (await AskAsync(request, sources, count, isStreamed, received, reporter, cancellationToken) is { } refusal)
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
                await Task.Delay(TimeSpan.FromSeconds(options.RetrySeconds) * Math.Pow(2, ++repeats), time, cancellationToken);
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

    /// <summary>Whether repeating the call may succeed. A call that timed out is not repeated: it has already waited for the full limit.</summary>
    private static bool MaySucceedLater(BackendException exception) =>
        exception is { Fault: BackendFault.Failed or BackendFault.Unavailable, InnerException: not OperationCanceledException };

    /// <summary>Whether the address is OpenAI's own service, directly or on Azure, and not a compatible server.</summary>
    internal static bool IsOpenAi(Uri server) =>
        $".{server.Host}".EndsWith(".openai.com", StringComparison.OrdinalIgnoreCase) || server.Host.EndsWith(".openai.azure.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is a model that streams, follows references and paints variations.</summary>
    private bool IsGpt(string model) => !_isSdServer && OpenAiModels.IsGpt(model);

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

    /// <summary>Makes one call, and adds its pictures to those received.</summary>
    /// <returns>The service's refusal; null if there are pictures.</returns>
    private async Task<PaintingResult.Refused?> AskAsync(
        ImageRequest request,
        PaintingSources sources,
        int count,
        bool isStreamed,
        ReceivedPictures received,
        IPaintingReporter reporter,
        CancellationToken cancellationToken)
    {
        var call = new CallReporter(reporter, received.Settled, request.Count, options.PartialImages);
        var fields = _isSdServer ? SdServerFields(request, count) : Fields(request, count, isStreamed);
        ReadOnlyMemory<byte>[] images = !IsGpt(request.Model) ? []
            : !sources.Original.IsEmpty ? [sources.Original]
            : [.. sources.References.Take(options.References)];
        var prompt = Prompt(request, images.Length, isVariation: !sources.Original.IsEmpty);
        fields["prompt"] = _isSdServer ? prompt + ExtraArguments(request, received.Settled) : prompt;
        var limit = TimeSpan.FromMinutes(options.PaintingMinutes);
        for (var attempt = 1; ; attempt++)
        {
            var answer = await _client.StreamAsync(
                () => images.Length == 0 ? Generation(fields) : Edit(fields, images),
                (response, stream, token) => ReadAsync(response, stream, call, token),
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

            var (message, code) = ErrorOf(answer);
            if (code is "insufficient_quota" or "billing_hard_limit_reached")
            {
                throw new BackendException(BackendFault.Misconfigured, $"The account of {name} has no credit left ({code}): add credit, or increase its spending limit.");
            }

            if (OpenAiErrors.IsOfSize(answer.TryJson()))
            {
                throw new BackendException(BackendFault.Size, $"{name} does not paint pictures of {fields["size"]} pixels with this model.") { ServerResponse = message };
            }

            if (answer.Status != HttpStatusCode.TooManyRequests || attempt == MaxAttempts)
            {
                throw Refusal(answer, message);
            }

            await Task.Delay(PauseOf(answer, attempt), time, cancellationToken);
        }
    }

    private JsonObject Fields(ImageRequest request, int count, bool isStreamed)
    {
        var model = OpenAiModels.NameOf(request.Model);
        var fields = new JsonObject
        {
            ["model"] = model,
            ["prompt"] = "",
            ["n"] = count,
            ["size"] = OpenAiModels.SizeFor(model, request.Width, request.Height),
        };
        if (OpenAiModels.IsGpt(model))
        {
            fields["quality"] = options.Quality;
            fields["moderation"] = options.Moderation;
            fields["output_format"] = "png";
            if (isStreamed)
            {
                fields["stream"] = true;
                fields["partial_images"] = options.PartialImages;
            }
        }
        else
        {
            // GPT models always send data, and reject this field.
            fields["response_format"] = "b64_json";
        }

        return fields;
    }

    private static JsonObject SdServerFields(ImageRequest request, int count) => new()
    {
        ["model"] = SdServer,
        ["prompt"] = "",
        ["n"] = Math.Min(count, SdServerModel.MaxBatch),
        ["size"] = string.Create(CultureInfo.InvariantCulture, $"{request.Width}x{request.Height}"),
        ["output_format"] = "png",
    };

    /// <summary>What sd-server reads within a prompt besides its text, in the form of its own interface; picture i of a call has the seed + i.</summary>
    /// <param name="first">The position in the request of the call's first picture, from 0.</param>
    private string ExtraArguments(ImageRequest request, int first)
    {
        var arguments = new JsonObject
        {
            ["seed"] = request.SeedOf(first),
            ["negative_prompt"] = CapabilitiesOf(request.Model).Negative ? PromptWriter.Negative(request, _syntax) : "",
            ["sample_params"] = SdServerModel.Sampling(_told, ModelOptions.Of(options, request.Model), request),
            ["embed_image_metadata"] = false,
        };
        return $"<sd_cpp_extra_args>{arguments.ToJsonString(BackendClient.Plain)}</sd_cpp_extra_args>";
    }

    private string Prompt(ImageRequest request, int images, bool isVariation)
    {
        var words = PromptWriter.Positive(request, _syntax, CapabilitiesOf(request.Model));
        if (images == 0)
        {
            return words;
        }

        // The interface has no weight for references: it is expressed in words, in three steps.
        var how = request.ReferenceWeight switch { < 0.34 => "loosely ", > 0.67 => "closely ", _ => "" };
        return isVariation
            ? $"A variation of the attached picture: {words}"
            : $"{words}. Follow the style of the attached pictures {how}in colour, light and texture, and leave their subjects out.";
    }

    private static HttpRequestMessage Generation(JsonObject fields) => new(HttpMethod.Post, "images/generations")
    {
        Content = new ByteArrayContent(Encoding.UTF8.GetBytes(fields.ToJsonString(BackendClient.Plain))) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
    };

    private static HttpRequestMessage Edit(JsonObject fields, ReadOnlyMemory<byte>[] images)
    {
        var content = new FormData();
        foreach (var (field, value) in fields)
        {
            // Edits do not accept the field moderation.
            if (field != "moderation")
            {
                content.Add(field, value!.GetValueKind() == JsonValueKind.True ? "true" : value.ToString());
            }
        }

        for (var i = 0; i < images.Length; i++)
        {
            content.Add("image[]", $"style-{i + 1}.png", images[i]);
        }

        return new(HttpMethod.Post, "images/edits") { Content = content };
    }

    /// <summary>Reads a complete answer, or a stream of events up to its finished picture.</summary>
    private async Task<BackendAnswer> ReadAsync(HttpResponseMessage response, Stream stream, CallReporter reporter, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            using var body = new MemoryStream();
            await stream.CopyToAsync(body, cancellationToken);
            return new(name, Call, response.StatusCode, response.Headers, body.ToArray());
        }

        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (BackendAnswer.TryParse(Encoding.UTF8.GetBytes(item.Data)) is not JsonObject data)
            {
                continue;
            }

            var type = (string?)data["type"] ?? item.EventType;
            if (type.EndsWith(".partial_image", StringComparison.Ordinal))
            {
                reporter.Show((int?)data["partial_image_index"] ?? 0, (string?)data["b64_json"]);
            }
            else if (data["error"] is not null || type == "error" || type.EndsWith(".failed", StringComparison.Ordinal))
            {
                var error = data["error"] ?? data;
                return Answer(StatusOf(error as JsonObject), new() { ["error"] = error.DeepClone() });
            }
            else if (type.EndsWith(".completed", StringComparison.Ordinal))
            {
                return Answer(response.StatusCode, new() { ["data"] = new JsonArray(data.DeepClone()) });
            }
        }

        throw new BackendException(BackendFault.Failed, $"The stream of {name} ended without a picture.");

        BackendAnswer Answer(HttpStatusCode status, JsonObject body) => new(name, Call, status, response.Headers, Encoding.UTF8.GetBytes(body.ToJsonString(BackendClient.Plain)));
    }

    /// <summary>The HTTP status that corresponds to an error inside a stream.</summary>
    private static HttpStatusCode StatusOf(JsonObject? error)
    {
        string?[] kinds = [error?["type"]?.ToString(), error?["code"]?.ToString()];
        return kinds.Contains("rate_limit_exceeded") ? HttpStatusCode.TooManyRequests
            : kinds[0] is "invalid_request_error" or "image_generation_user_error" ? HttpStatusCode.BadRequest
            : HttpStatusCode.InternalServerError;
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

    /// <summary>The error message and code; some servers send the message only.</summary>
    private static (string Message, string Code) ErrorOf(BackendAnswer answer)
    {
        var error = (answer.TryJson() as JsonObject)?["error"];
        return error is JsonObject full
            ? (full["message"]?.ToString() ?? "", full["code"]?.ToString() ?? "")
            : (error?.ToString() ?? answer.Words(), "");
    }

    private BackendException Refusal(BackendAnswer answer, string message) => answer.Status switch
    {
        HttpStatusCode.Unauthorized => new(BackendFault.Misconfigured, $"{name} rejected the key: set Backends:{name}:ApiKey to a valid key."),
        HttpStatusCode.Forbidden when message.Contains("verif", StringComparison.OrdinalIgnoreCase) || ErrorOf(answer).Code.Contains("verified", StringComparison.Ordinal) =>
            new(BackendFault.Misconfigured, $"{name} denied access: GPT image models require a verified organization.") { ServerResponse = message },
        HttpStatusCode.Forbidden => new(BackendFault.Misconfigured, $"{name} denied access (403).") { ServerResponse = message },
        HttpStatusCode.TooManyRequests => new(BackendFault.Unavailable, $"{name} still answers that there are too many requests after {MaxAttempts} attempts.") { ServerResponse = message },
        HttpStatusCode.NotFound when ErrorOf(answer).Code is "model_not_found" or "DeploymentNotFound" => new(BackendFault.Misconfigured, $"{name} does not have this model, or not for this key (404): set the Model of Imagine:Versions to one that it has.") { ServerResponse = message },
        HttpStatusCode.NotFound => new(BackendFault.Misconfigured, $"{name} has no image interface at Backends:{name}:Url, or does not have this model.") { ServerResponse = message },
        _ => answer.Refused(),
    };

    /// <summary>How long the service asks to wait; otherwise doubles with each attempt. At most one minute.</summary>
    private TimeSpan PauseOf(BackendAnswer answer, int attempt)
    {
        var asked = answer.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : ResetOf(answer.Headers);
        var pause = asked > TimeSpan.Zero ? asked.Value : TimeSpan.FromSeconds(options.RetrySeconds) * Math.Pow(2, attempt);
        return pause < MaxPause ? pause : MaxPause;
    }

    /// <summary>When the exhausted rate limit resets; the later one if both or neither are exhausted. Null if there are no such headers.</summary>
    private static TimeSpan? ResetOf(HttpResponseHeaders headers)
    {
        string? Header(string name) => headers.TryGetValues(name, out var values) ? values.First() : null;
        (bool IsUsedUp, TimeSpan? Reset) Limit(string what) => (Header($"x-ratelimit-remaining-{what}") == "0", Duration(Header($"x-ratelimit-reset-{what}") ?? ""));
        (bool IsUsedUp, TimeSpan? Reset)[] limits = [Limit("requests"), Limit("tokens")];
        var usedUp = limits.Where(limit => limit.IsUsedUp).ToArray();
        return (usedUp.Length > 0 ? usedUp : limits).Max(limit => limit.Reset);
    }

    /// <summary>Parses durations such as <c>1s</c>, <c>6m0s</c> and <c>120ms</c>; null if the text is not a duration.</summary>
    internal static TimeSpan? Duration(string text)
    {
        var parts = DurationParts().Match(text);
        double Part(string group) => double.TryParse(parts.Groups[group].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return parts.Success && text.Length > 0
            ? TimeSpan.FromHours(Part("h")) + TimeSpan.FromMinutes(Part("m")) + TimeSpan.FromSeconds(Part("s")) + TimeSpan.FromMilliseconds(Part("ms"))
            : null;
    }

    [GeneratedRegex(@"^((?<h>[0-9.]{1,6})h)?((?<m>[0-9.]{1,6})m)?((?<s>[0-9.]{1,9})s)?((?<ms>[0-9.]{1,9})ms)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DurationParts();

    /// <summary>Reports the unfinished pictures of one call. The progress is a share of all pictures of the request.</summary>
    private sealed record CallReporter(IPaintingReporter Reporter, int Done, int Count, int Partials)
    {
        public void Show(int index, string? base64)
        {
            var bytes = new byte[base64?.Length ?? 0];
            var preview = Convert.TryFromBase64String(base64 ?? "", bytes, out var written) ? bytes.AsMemory(0, written) : default;
            Reporter.Report(new((Done + ((index + 1.0) / (Partials + 1))) / Count, null, preview));
        }
    }
}
