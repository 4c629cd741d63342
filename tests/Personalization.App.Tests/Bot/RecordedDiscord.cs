using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Personalization.App.Tests.Bot;

/// <summary>Takes down what the bot sends, and lets a message be answered once, as Discord does.</summary>
internal sealed class RecordedDiscord : HttpMessageHandler
{
    private readonly ConcurrentQueue<Shown> _shown = new();
    private bool _isAnswered;

    /// <summary>What a request is answered with by its method and path; null to answer as usual.</summary>
    public Func<string, HttpResponseMessage?> Intercept { get; set; } = _ => null;

    /// <summary>The methods and paths of all requests, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What edits are refused with; null when they are not.</summary>
    public HttpStatusCode? Refusal { get; set; }

    /// <summary>All that was shown, in order.</summary>
    public IReadOnlyCollection<Shown> All => _shown;

    /// <summary>Whether the last answer, shown or put off, is for the person alone.</summary>
    public bool IsLastPersonal { get; private set; }

    /// <summary>Where the last message went: a method and a path.</summary>
    public string LastTarget { get; private set; } = "";

    /// <summary>The ids of the buttons of the last message.</summary>
    public IReadOnlyList<string> LastButtons { get; private set; } = [];

    /// <summary>The id of the last modal.</summary>
    public string LastModal { get; private set; } = "";

    /// <summary>The files of the last edit.</summary>
    public IReadOnlyList<(string Name, long Length)> LastFiles { get; private set; } = [];

    /// <summary>What the last command made the person see, with the next command to come.</summary>
    public Shown Last()
    {
        Next();
        return _shown.Last();
    }

    /// <summary>The next command is to come.</summary>
    public void Next() => _isAnswered = false;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var target = Target(request);
        Requests.Enqueue(target);
        if (Intercept(target) is { } intercepted)
        {
            return intercepted;
        }

        var isCallback = request.RequestUri!.AbsolutePath.EndsWith("/callback", StringComparison.Ordinal);
        if (isCallback && _isAnswered)
        {
            return Answer(HttpStatusCode.BadRequest, """{"code":40060,"message":"Interaction has already been acknowledged."}""");
        }

        if (Refusal is { } refusal)
        {
            return Answer(refusal, """{"code":40005,"message":"Request entity too large"}""");
        }

        _isAnswered = true;
        LastTarget = target;
        LastFiles = request.Content is MultipartFormDataContent form
            ? [.. form.Skip(1).Select(part => (part.Headers.ContentDisposition!.FileName!.Trim('"'), part.Headers.ContentLength!.Value))]
            : [];
        var (json, files) = await ReadAsync(request.Content!, cancellationToken);
        var message = isCallback ? json.TryGetProperty("data", out var data) ? data : default : json;
        if (isCallback)
        {
            // An edit is seen by those who see what it edits.
            IsLastPersonal = message.ValueKind == JsonValueKind.Object && message.TryGetProperty("flags", out var flags) && (flags.GetInt32() & 64) != 0;
        }

        if (message.ValueKind == JsonValueKind.Object && message.TryGetProperty("title", out _))
        {
            LastModal = message.GetProperty("custom_id").GetString()!;
        }

        if (message.ValueKind == JsonValueKind.Object && message.TryGetProperty("components", out var components))
        {
            LastButtons = [.. Texts(components, "custom_id")];
            _shown.Enqueue(new(string.Join('\n', Texts(components, "content")), files, isCallback));
        }

        return Answer(HttpStatusCode.OK, isCallback ? """{"resource":{"message":{"id":"77","flags":64,"components":[]}}}""" : """{"id":"78","flags":64,"components":[]}""");
    }

    public static HttpResponseMessage Answer(HttpStatusCode status, string json) => new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Error(HttpStatusCode status, int code) => Answer(status, $$"""{"code":{{code}},"message":"no"}""");

    private static string Target(HttpRequestMessage request)
    {
        var path = request.RequestUri!.AbsolutePath;
        return $"{request.Method} {path[path.IndexOf("/v10", StringComparison.Ordinal)..]}";
    }

    private static async Task<(JsonElement Json, int Files)> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var parts = content is MultipartFormDataContent form ? form.ToArray() : [content];
        return (JsonSerializer.Deserialize<JsonElement>(await parts[0].ReadAsStringAsync(cancellationToken)), parts.Length - 1);
    }

    private static IEnumerable<string> Texts(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Texts(item, name)),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => property.NameEquals(name) ? [property.Value.GetString()!] : Texts(property.Value, name)),
        _ => [],
    };
}
