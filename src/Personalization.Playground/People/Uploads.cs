using System.Text.Json.Nodes;

namespace Personalization.Playground.People;

/// <summary>Files that people gave for options and forms. Like Discord's they are for the bot alone, and for a day at least.</summary>
internal sealed class Uploads(ChatStore store, Snowflakes ids, TimeProvider time)
{
    public const int MaximumFile = 10 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly List<StoredFile> _files = [];

    /// <summary>Reads a file that was given with its <c>name</c>, <c>content_type</c> and <c>data</c> in Base64; null where it is none, or too large.</summary>
    public (StoredFile File, byte[] Content)? Read(JsonNode given)
    {
        if (given is not JsonObject file || Content(file["data"]?.ToString()) is not { } content || content.Length > MaximumFile)
        {
            return null;
        }

        return (StoredFile.Create(ids.Next(), file["name"]?.ToString() ?? "unknown", file["content_type"]?.ToString() ?? "application/octet-stream", content), content);
    }

    /// <summary>Keeps files that were read, once all that they were given with is accepted.</summary>
    public void Keep(IEnumerable<(StoredFile File, byte[] Content)> accepted)
    {
        lock (_lock)
        {
            Forget();
            foreach (var (file, content) in accepted)
            {
                store.Save(file, content);
                _files.Add(file);
            }
        }
    }

    /// <summary>A file and its content, which the caller disposes; null when there is none.</summary>
    public (StoredFile File, Stream Content)? Open(ulong id)
    {
        lock (_lock)
        {
            return _files.Find(file => file.Id == id) is { } file && store.Open(file) is { } content ? (file, content) : null;
        }
    }

    private static byte[]? Content(string? base64)
    {
        try
        {
            return base64 is null ? null : Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private void Forget()
    {
        var oldest = time.GetUtcNow() - TimeSpan.FromDays(1);
        foreach (var old in _files.FindAll(file => Snowflakes.TimeOf(file.Id) < oldest))
        {
            store.Delete(old);
            _files.Remove(old);
        }
    }
}
