using System.Net;
using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Backends.ComfyUi;

/// <summary>
/// The files of jobs on a ComfyUI server. What the bot uploads goes to the folder of temporary files, which the server empties
/// when it starts and ends. There is no call that deletes a file, but one that overwrites it.
/// </summary>
internal sealed class ComfyUiFiles(string backend, ComfyUiOptions options, BackendClient client)
{
    // How a node names a file that is not in the input folder.
    private const string TemporaryMark = " [temp]";
    private const string Prefix = "personalization-";

    // A black picture of 1 x 1 pixel, in PNG format.
    private static readonly byte[] Pixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg==");

    private readonly PictureReceiver _pictures = new(backend, options);

    /// <summary>Uploads a picture of a job.</summary>
    /// <param name="job">Part of the file's name, so that no other job uses or overwrites it.</param>
    /// <param name="number">The number of the picture within the job.</param>
    /// <returns>The value for the input of a LoadImage node.</returns>
    public async Task<string> UploadAsync(ReadOnlyMemory<byte> picture, string job, int number, CancellationToken cancellationToken)
    {
        var answer = await WriteAsync(new(NameOf(job, number), ""), picture, cancellationToken);
        var uploaded = answer.IsSuccess ? answer.Json() : throw answer.Refused();
        var folder = (string?)uploaded["subfolder"];
        var given = (string?)uploaded["name"] ?? throw answer.Unexpected("has no file name");
        return (string.IsNullOrEmpty(folder) ? given : $"{folder}/{given}") + TemporaryMark;
    }

    /// <summary>Gets the picture that a prompt painted.</summary>
    /// <param name="entry">The prompt's entry in the history.</param>
    /// <exception cref="BackendException">There is none; <see cref="BackendFault.Lost"/> if its file is gone.</exception>
    public async Task<PaintedPicture> GetAsync(JsonNode entry, ImageRequest request, CancellationToken cancellationToken)
    {
        var images = ImagesOf(entry).ToArray();

        // Preview nodes produce temporary files: a saved picture takes precedence.
        var image = images.FirstOrDefault(one => (string?)one["type"] == "output") ?? images.FirstOrDefault()
            ?? throw new BackendException(BackendFault.Failed, $"{backend} finished without a picture: the workflow needs a SaveImage or PreviewImage node.");
        string Escaped(string key) => Uri.EscapeDataString((string?)image[key] ?? "");
        var answer = await client.GetAsync($"view?filename={Escaped("filename")}&subfolder={Escaped("subfolder")}&type={Escaped("type")}", cancellationToken);
        return answer.Status == HttpStatusCode.NotFound
            ? throw new BackendException(BackendFault.Lost, $"{backend} has painted a picture whose file is gone: its folder of {(string?)image["type"]} files was cleaned in the meantime.")
            : _pictures.Read(answer.IsSuccess ? answer.Body : throw answer.Refused(), request);
    }

    /// <summary>Overwrites the temporary files of a job whose prompts have ended with a single pixel: what they painted and what was uploaded for them.</summary>
    /// <param name="entries">The entries of those prompts in the history that were executed.</param>
    /// <exception cref="BackendException">The server refuses.</exception>
    public async Task EraseAsync(ComfyUiTicket ticket, IEnumerable<JsonNode> entries, CancellationToken cancellationToken)
    {
        var uploaded = Enumerable.Range(0, ticket.Uploads).Select(i => new TemporaryFile(NameOf(ticket.Job, i), ""));
        foreach (var file in entries.SelectMany(entry => PaintedFilesOf(entry).Concat(UploadedFilesOf(entry))).Concat(uploaded).Distinct())
        {
            if (await WriteAsync(file, Pixel, cancellationToken) is { IsSuccess: false } answer)
            {
                throw answer.Refused();
            }
        }
    }

    private static string NameOf(string job, int number) => $"{Prefix}{job}-{number}.png";

    private Task<BackendAnswer> WriteAsync(TemporaryFile file, ReadOnlyMemory<byte> picture, CancellationToken cancellationToken) => client.SendAsync(
        () => new(HttpMethod.Post, "upload/image")
        {
            Content = new FormData { { "image", file.Name, picture }, { "type", "temp" }, { "subfolder", file.Folder }, { "overwrite", "true" } },
        },
        isRepeatable: true,
        limit: null,
        cancellationToken);

    private static IEnumerable<JsonObject> ImagesOf(JsonNode entry) =>
        (entry["outputs"] as JsonObject ?? []).SelectMany(node => node.Value?["images"] as JsonArray ?? []).OfType<JsonObject>();

    private static IEnumerable<TemporaryFile> PaintedFilesOf(JsonNode entry) =>
        ImagesOf(entry).Where(image => (string?)image["type"] == "temp").Select(image => new TemporaryFile((string?)image["filename"] ?? "", (string?)image["subfolder"] ?? ""));

    /// <summary>The uploaded files that the prompt's graph names; an entry is [number, id, graph, ...].</summary>
    private static IEnumerable<TemporaryFile> UploadedFilesOf(JsonNode entry) =>
        (entry["prompt"]?[2] as JsonObject ?? [])
            .SelectMany(node => node.Value?["inputs"] as JsonObject ?? [])
            .Select(input => input.Value is JsonValue value && value.TryGetValue<string>(out var text) && text.EndsWith(TemporaryMark, StringComparison.Ordinal) ? text[..^TemporaryMark.Length] : "")
            .Select(path => new TemporaryFile(path[(path.LastIndexOf('/') + 1)..], path[..Math.Max(0, path.LastIndexOf('/'))]))
            .Where(file => file.Name.StartsWith(Prefix, StringComparison.Ordinal));

    private readonly record struct TemporaryFile(string Name, string Folder);
}
