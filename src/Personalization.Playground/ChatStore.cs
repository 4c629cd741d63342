using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Personalization.Playground.Places;

namespace Personalization.Playground;

/// <summary>
/// The chat on disk: a JSON file a message in <c>messages</c>, one a thread in <c>threads</c>, one for who
/// is in it in <c>thread-states</c>, and what was uploaded in <c>files</c>, so that pictures take no memory and a restart keeps them. What cannot be written, as on a full disk, is part of
/// the chat until the program ends: people must still see that the bot tells them of it.
/// </summary>
internal sealed partial class ChatStore : IDisposable
{
    private readonly ILogger<ChatStore> _logger;
    private readonly bool _isTemporary;
    private readonly string _root;
    private readonly string _messages;
    private readonly string _threads;
    private readonly string _threadStates;
    private readonly string _files;
    private volatile bool _isLosing;

    public ChatStore(IOptions<PlaygroundOptions> options, ILogger<ChatStore> logger)
    {
        _logger = logger;
        _isTemporary = options.Value.Directory is null;
        _root = options.Value.Directory ?? Directory.CreateTempSubdirectory("playground-").FullName;
        _messages = Directory.CreateDirectory(Path.Combine(_root, "messages")).FullName;
        _threads = Directory.CreateDirectory(Path.Combine(_root, "threads")).FullName;
        _threadStates = Directory.CreateDirectory(Path.Combine(_root, "thread-states")).FullName;
        _files = Directory.CreateDirectory(Path.Combine(_root, "files")).FullName;
    }

    /// <summary>The messages that were kept, oldest first. Files of none of them, which a broken-off write leaves, are deleted.</summary>
    public IReadOnlyList<StoredMessage> Load()
    {
        var messages = Directory.EnumerateFiles(_messages, "*.json").Select(Read<StoredMessage>).OfType<StoredMessage>().OrderBy(message => message.Id).ToList();
        var known = messages.SelectMany(message => message.Files).Select(PathOf).ToHashSet(StringComparer.Ordinal);
        foreach (var orphan in Directory.EnumerateFiles(_files).Where(file => !known.Contains(file)))
        {
            File.Delete(orphan);
        }

        // Earlier versions wrote null where Discord leaves it out, and clients fail on that.
        foreach (var message in messages.Where(message => message.Json["webhook_id"] is null))
        {
            message.Json.Remove("webhook_id");
        }

        return messages;
    }

    /// <summary>The threads that were kept.</summary>
    public IReadOnlyList<PlaygroundChannel> LoadThreads() =>
        [.. Directory.EnumerateFiles(_threads, "*.json").Select(Read<PlaygroundChannel>).OfType<PlaygroundChannel>()];

    /// <summary>Who was in which thread, and what was archived.</summary>
    public IReadOnlyList<StoredThread> LoadThreadStates() =>
        [.. Directory.EnumerateFiles(_threadStates, "*.json").Select(Read<StoredThread>).OfType<StoredThread>()];

    /// <summary>Writes a message as it is now; a crash leaves either this version or the one before.</summary>
    public void Save(StoredMessage message) => Write(PathOf(message), JsonSerializer.SerializeToUtf8Bytes(message));

    /// <summary>Writes a thread as it is now; a crash leaves either this version or the one before.</summary>
    public void Save(PlaygroundChannel thread) => Write(PathIn(_threads, thread.Id), JsonSerializer.SerializeToUtf8Bytes(thread));

    public void Save(StoredThread state) => Write(PathIn(_threadStates, state.Id), JsonSerializer.SerializeToUtf8Bytes(state));

    public void Save(StoredFile file, byte[] content) => Write(PathOf(file), content);

    /// <summary>Deletes a message and its files.</summary>
    public void Delete(StoredMessage message)
    {
        File.Delete(PathOf(message));
        message.Files.ForEach(Delete);
    }

    public void Delete(StoredFile file) => File.Delete(PathOf(file));

    /// <summary>A file's content; null when it is gone.</summary>
    public Stream? Open(StoredFile file)
    {
        try
        {
            return new FileStream(PathOf(file), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        if (_isTemporary)
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    private static T? Read<T>(string path)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path));
        }
        catch (JsonException)
        {
            // A damaged file costs its message, and not the start.
            return null;
        }
    }

    private void Write(string path, byte[] content)
    {
        try
        {
            File.WriteAllBytes(path + ".new", content);
            File.Move(path + ".new", path, overwrite: true);
            _isLosing = false;
        }
        catch (IOException exception)
        {
            if (!_isLosing)
            {
                LogNotKept(exception.Message);
            }

            _isLosing = true;
        }
    }

    private static string PathIn(string folder, ulong id) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{id}.json"));

    private string PathOf(StoredMessage message) => PathIn(_messages, message.Id);

    // By number alone: the name comes from a request.
    private string PathOf(StoredFile file) => Path.Combine(_files, file.Id.ToString(CultureInfo.InvariantCulture));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The chat of the playground cannot be written, and what is new in it is lost when the program ends: {Reason}")]
    private partial void LogNotKept(string reason);
}
