using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Personalization.Backends.Wire;
using Personalization.Imagine;
using Personalization.Imagine.Backends;
using Personalization.Imaging;
using Personalization.Pictures;
using Personalization.Prompts;

namespace Personalization.Backends.OpenAiImages;

/// <summary>
/// OpenAI's image interface. It has no jobs, no seeds and no negatives, and a call that was answered was paid for: it is
/// repeated only where the service itself said that it did nothing, or where more that was paid for would be lost. References go by edits, as pictures to look at.
/// </summary>
internal sealed partial class OpenAiImagesBackend(string name, OpenAiImagesOptions options, TimeProvider time) : IImageBackend, IDisposable
{
    private const string DefaultModel = "gpt-image-1";
    private const string Call = "POST images";
    private const int Step = 16;
    private const int Tries = 4;

    // Calls of one answer that are made again at most, all together.
    private const int Again = 3;
    private const int LargestBatch = 10;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly BackendClient _client = new(name, options, time, options.ApiKey.Length == 0 ? [] : [("Authorization", $"Bearer {options.ApiKey}")]);

    // Pictures may lie on another host, which the key is not for.
    private readonly NamedFiles _files = new(name, options, time);

    public string Name => name;

    public (int Area, int Step) SizeOf(string model)
    {
        var settings = ModelOptions.Of(options, model);
        var side = settings.Side ?? (IsSizedFreely(ModelOf(model)) && !IsGpt(ModelOf(model)) ? 512 : 1024);
        return (side * side, Step);
    }

    public BackendCapabilities CapabilitiesOf(string model) => new()
    {
        References = IsGpt(ModelOf(model)) ? options.References : 0,
        Variations = IsGpt(ModelOf(model)),
        Batch = LargestBatch,
        Sizes = IsSizedFreely(ModelOf(model)),
        Progress = options.PartialImages > 0,
        Preview = options.PartialImages > 0 && IsGpt(ModelOf(model)),
        // What wants a key may want money.
        IsFree = options.ApiKey.Length == 0 && !IsOpenAi(options.Url!),
    };

    public async Task<PaintingResult> PaintAsync(ImageRequest request, PaintingSources sources, IPaintingReporter journal, CancellationToken cancellationToken)
    {
        var pictures = new List<PaintedPicture>();
        var again = 0;
        while (pictures.Count < request.Count)
        {
            // Some servers paint one whatever is asked for, DALL-E 3 refuses to paint more, and a stream tells of one picture.
            var isStreamed = options.PartialImages > 0 && IsGpt(ModelOf(request.Model));
            var count = isStreamed || IsDallE3(request.Model) ? 1 : Math.Min(request.Count - pictures.Count, LargestBatch);
            try
            {
                var (painted, refusal) = await AskAsync(request, sources, count, isStreamed, new Watched(journal, pictures.Count, request.Count, options.PartialImages), cancellationToken);
                if (refusal is not null)
                {
                    return refusal;
                }

                pictures.AddRange(painted);
                journal.Report(new((double)pictures.Count / request.Count));
            }
            catch (BackendException exception) when (pictures.Count > 0 && MayPass(exception) && again < Again)
            {
                await Task.Delay(TimeSpan.FromSeconds(options.RetrySeconds) * Math.Pow(2, ++again), time, cancellationToken);
            }
        }

        return new PaintingResult.Painted(pictures);
    }

    // It has no jobs: a call under way ends with its connection.
    public Task<bool> CancelAsync(string ticket, CancellationToken cancellationToken) => Task.FromResult(false);

    public void Dispose()
    {
        _client.Dispose();
        _files.Dispose();
    }

    /// <summary>Whether the same call may go well next time. Where nothing came in time, there has been patience enough.</summary>
    private static bool MayPass(BackendException exception) =>
        exception is { Fault: BackendFault.Failed or BackendFault.Unavailable, InnerException: not OperationCanceledException };

    /// <summary>Whether that is OpenAI's own service, by itself or at Azure, and not a server that speaks like it.</summary>
    internal static bool IsOpenAi(Uri server) =>
        $".{server.Host}".EndsWith(".openai.com", StringComparison.OrdinalIgnoreCase) || server.Host.EndsWith(".openai.azure.com", StringComparison.OrdinalIgnoreCase);

    private static string ModelOf(string model) => model.Length == 0 ? DefaultModel : model;

    private static bool IsGpt(string model) => model.StartsWith("gpt-image", StringComparison.OrdinalIgnoreCase);

    private static bool IsDallE3(string model) => string.Equals(model, "dall-e-3", StringComparison.OrdinalIgnoreCase);

    private static bool IsSizedFreely(string model) =>
        !model.StartsWith("dall-e", StringComparison.OrdinalIgnoreCase) && (!IsGpt(model) || model.StartsWith("gpt-image-2", StringComparison.OrdinalIgnoreCase));

    /// <summary>The size to ask for: of those the model has, the one whose shape is nearest.</summary>
    private static string SizeFor(string model, int width, int height)
    {
        (int Width, int Height)[] sizes = IsSizedFreely(model) ? [IsGpt(model) ? Within(width, height) : (width, height)]
            : IsDallE3(model) ? [(1024, 1024), (1792, 1024), (1024, 1792)]
            : IsGpt(model) ? [(1024, 1024), (1536, 1024), (1024, 1536)]
            : [(1024, 1024)];
        var asked = Math.Log((double)width / height);
        var (wide, high) = sizes.MinBy(size => Math.Abs(Math.Log((double)size.Width / size.Height) - asked));
        return string.Create(CultureInfo.InvariantCulture, $"{wide}x{high}");
    }

    /// <summary>GPT models that take any size take no shape beyond 3:1: of the same area, what is nearest to it.</summary>
    private static (int Width, int Height) Within(int width, int height)
    {
        const int longest = 3;

        if (Math.Max(width, height) <= longest * Math.Min(width, height)
            || !AspectRatio.TryCreate(width > height ? longest : 1, width > height ? 1 : longest, out var ratio))
        {
            return (width, height);
        }

        var size = PictureSize.For(ratio, width * height, Step);
        return (size.Width, size.Height);
    }

    private async Task<(IReadOnlyList<PaintedPicture> Pictures, PaintingResult.Refused? Refusal)> AskAsync(
        ImageRequest request,
        PaintingSources sources,
        int count,
        bool isStreamed,
        Watched watched,
        CancellationToken cancellationToken)
    {
        var fields = Fields(request, count, isStreamed);
        ReadOnlyMemory<byte>[] images = !IsGpt(ModelOf(request.Model)) ? []
            : !sources.Original.IsEmpty ? [sources.Original]
            : [.. sources.References.Take(options.References)];
        fields["prompt"] = Prompt(request, images.Length, isVariation: !sources.Original.IsEmpty);
        var limit = TimeSpan.FromMinutes(options.PaintingMinutes);
        for (var attempt = 1; ; attempt++)
        {
            var answer = await _client.StreamAsync(
                () => images.Length == 0 ? Generation(fields) : Edit(fields, images),
                (response, stream, token) => ReadAsync(response, stream, watched, token),
                limit,
                cancellationToken);
            if (answer.IsSuccess)
            {
                return (await PicturesAsync(answer, count, options.MostPixels(request), cancellationToken), null);
            }

            var (message, code) = ErrorOf(answer);
            switch (code)
            {
                case "moderation_blocked" or "content_policy_violation":
                    return ([], new("The image service does not paint this: its own rules are against it. Put it in other words, and try again."));
                case "insufficient_quota" or "billing_hard_limit_reached":
                    throw new BackendException(BackendFault.Misconfigured, $"The account of {name} has nothing left to spend ({code}): add credit, or raise its limit.");
            }

            if (answer.Status != HttpStatusCode.TooManyRequests || attempt == Tries)
            {
                throw Refusal(answer, message);
            }

            await Task.Delay(PauseOf(answer, attempt), time, cancellationToken);
        }
    }

    private JsonObject Fields(ImageRequest request, int count, bool isStreamed)
    {
        var model = ModelOf(request.Model);
        var fields = new JsonObject
        {
            ["model"] = model,
            ["prompt"] = "",
            ["n"] = count,
            ["size"] = SizeFor(model, request.Width, request.Height),
        };
        if (IsGpt(model))
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
            // GPT models send data in any case, and refuse to be told.
            fields["response_format"] = "b64_json";
        }

        return fields;
    }

    private string Prompt(ImageRequest request, int images, bool isVariation)
    {
        var words = PromptWriter.Positive(request, IsOpenAi(options.Url!) ? PromptSyntax.OpenAiImages : PromptSyntax.LikeOpenAiImages, CapabilitiesOf(request.Model));
        if (images == 0)
        {
            return words;
        }

        // It takes no number: three words for how closely to keep to them.
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
        var content = new MultipartFormDataContent();
        foreach (var (field, value) in fields)
        {
            // Edits have no say in moderation.
            if (field != "moderation")
            {
                content.Add(new StringContent(value!.GetValueKind() == JsonValueKind.True ? "true" : value.ToString()), field);
            }
        }

        for (var i = 0; i < images.Length; i++)
        {
            var image = new ReadOnlyMemoryContent(images[i]);
            image.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            content.Add(image, "image[]", $"style-{i + 1}.png");
        }

        return new(HttpMethod.Post, "images/edits") { Content = content };
    }

    /// <summary>Reads an answer whole, or a stream of events to its last picture.</summary>
    private async Task<BackendAnswer> ReadAsync(HttpResponseMessage response, Stream stream, Watched watched, CancellationToken cancellationToken)
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
                watched.Show((int?)data["partial_image_index"] ?? 0, (string?)data["b64_json"]);
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

    /// <summary>The status that an error within a stream would have had outside of it.</summary>
    private static HttpStatusCode StatusOf(JsonObject? error)
    {
        string?[] kinds = [error?["type"]?.ToString(), error?["code"]?.ToString()];
        return kinds.Contains("rate_limit_exceeded") ? HttpStatusCode.TooManyRequests
            : kinds[0] is "invalid_request_error" or "image_generation_user_error" || kinds[1] is "moderation_blocked" or "content_policy_violation" ? HttpStatusCode.BadRequest
            : HttpStatusCode.InternalServerError;
    }

    private async Task<IReadOnlyList<PaintedPicture>> PicturesAsync(BackendAnswer answer, int count, long most, CancellationToken cancellationToken)
    {
        if (answer.Json()["data"] is not JsonArray { Count: > 0 } data)
        {
            throw answer.Unexpected("has no pictures");
        }

        var pictures = new List<PaintedPicture>();
        foreach (var item in data.Take(count))
        {
            if ((string?)item?["b64_json"] is { Length: > 0 } content)
            {
                pictures.Add(PictureSanitizer.ReadBase64(name, content, most));
            }
            else if ((string?)item?["url"] is { } url)
            {
                pictures.Add(PictureSanitizer.Read(name, await _files.FetchAsync(url, cancellationToken), most));
            }
            else
            {
                throw answer.Unexpected("has a picture without data");
            }
        }

        return pictures;
    }

    /// <summary>What went wrong, and its code; some servers give a bare sentence.</summary>
    private static (string Message, string Code) ErrorOf(BackendAnswer answer)
    {
        var error = (answer.TryJson() as JsonObject)?["error"];
        return error is JsonObject full
            ? (full["message"]?.ToString() ?? "", full["code"]?.ToString() ?? "")
            : (error?.ToString() ?? answer.Words(), "");
    }

    private BackendException Refusal(BackendAnswer answer, string message) => answer.Status switch
    {
        HttpStatusCode.Unauthorized => new(BackendFault.Misconfigured, $"{name} does not know the key: set Backends:{name}:ApiKey."),
        HttpStatusCode.Forbidden => new(BackendFault.Misconfigured, $"{name} forbids it: GPT image models need a verified organisation.") { Said = message },
        HttpStatusCode.TooManyRequests => new(BackendFault.Unavailable, $"{name} still has too many requests after {Tries} tries.") { Said = message },
        HttpStatusCode.NotFound => new(BackendFault.Misconfigured, $"{name} has no image interface at Backends:{name}:Url, or not this model.") { Said = message },
        _ => answer.Refused(),
    };

    /// <summary>What the service asks to wait; else twice as long each time.</summary>
    private TimeSpan PauseOf(BackendAnswer answer, int attempt)
    {
        var asked = answer.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - time.GetUtcNow() : ResetOf(answer.Headers);
        var pause = asked > TimeSpan.Zero ? asked.Value : TimeSpan.FromSeconds(options.RetrySeconds) * Math.Pow(2, attempt);
        return pause < LongestPause ? pause : LongestPause;
    }

    /// <summary>When the limit that is used up is there again; where neither says so, the later of both. Null where none is told.</summary>
    private static TimeSpan? ResetOf(HttpResponseHeaders headers)
    {
        string? Told(string header) => headers.TryGetValues(header, out var values) ? values.First() : null;
        (bool IsUsedUp, TimeSpan? Reset) Limit(string what) => (Told($"x-ratelimit-remaining-{what}") == "0", Duration(Told($"x-ratelimit-reset-{what}") ?? ""));
        (bool IsUsedUp, TimeSpan? Reset)[] limits = [Limit("requests"), Limit("tokens")];
        var usedUp = limits.Where(limit => limit.IsUsedUp).ToArray();
        return (usedUp.Length > 0 ? usedUp : limits).Max(limit => limit.Reset);
    }

    /// <summary>Reads <c>1s</c>, <c>6m0s</c>, <c>120ms</c>; null for what is none.</summary>
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

    /// <summary>The unfinished pictures of one call, as a share of the whole answer.</summary>
    private sealed record Watched(IPaintingReporter Journal, int Done, int Count, int Partials)
    {
        public void Show(int index, string? base64)
        {
            var bytes = new byte[base64?.Length ?? 0];
            var preview = Convert.TryFromBase64String(base64 ?? "", bytes, out var written) ? bytes.AsMemory(0, written) : default;
            Journal.Report(new((Done + ((index + 1.0) / (Partials + 1))) / Count, null, preview));
        }
    }
}
