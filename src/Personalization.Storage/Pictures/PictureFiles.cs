using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Personalization.Pictures;
using Personalization.Storage.Retention;

namespace Personalization.Storage.Pictures;

/// <summary>Pictures as files named by the SHA-256 of what they hold: <c>pictures/ab/abcd....png</c> in the data directory.</summary>
/// <remarks>Beside it are its small forms, <c>abcd....png.384</c>: the SHA-256 of what follows, then an encoded picture.</remarks>
internal sealed partial class PictureFiles(IOptions<StorageOptions> options, StorageSpace space, TimeProvider time, ILogger<PictureFiles> logger) : IPictureFiles
{
    private const string DamagedSuffix = ".damaged";
    private const string TemporarySuffix = ".tmp";

    // How closely the time of a file that is only read says when that was: each change of it is a write.
    private static readonly TimeSpan Accuracy = TimeSpan.FromDays(1);

    private readonly string _root = Path.Combine(options.Value.DataDirectory, "pictures");
    private readonly ConcurrentDictionary<string, bool> _lost = new(StringComparer.Ordinal);
    private int _lastTemporary;

    public async Task<string> SaveAsync(ReadOnlyMemory<byte> content, string extension, CancellationToken cancellationToken)
    {
        var key = $"{Convert.ToHexStringLower(SHA256.HashData(content.Span))}.{extension}";
        if (!Key().IsMatch(key))
        {
            throw new ArgumentException($"\"{extension}\" is no extension of a picture.", nameof(extension));
        }

        var path = PathOf(key);

        // A file under its own name is whole, for it only gets that name once it is on the disk.
        if (File.Exists(path))
        {
            MarkUsed(path, TimeSpan.Zero);
        }
        else
        {
            await WriteAsync(path, content, cancellationToken);
        }

        _lost.TryRemove(key, out _);
        return key;
    }

    public async Task<byte[]> ReadAsync(string key, CancellationToken cancellationToken)
    {
        if (!Key().IsMatch(key))
        {
            throw new FileNotFoundException("This is no key of a picture.", key);
        }

        try
        {
            var content = await File.ReadAllBytesAsync(PathOf(key), cancellationToken);
            content = IsWhole(key, content) ? content : RereadOrSetAside(key);
            MarkUsed(PathOf(key), Accuracy);
            return content;
        }
        catch (Exception exception) when (exception is DirectoryNotFoundException or FileNotFoundException)
        {
            if (_lost.TryAdd(key, true))
            {
                LogMissing(key, _root);
            }

            throw new FileNotFoundException($"There is no picture {key} in {_root}.", key, exception);
        }
    }

    public bool IsLost(string key) => _lost.ContainsKey(key);

    public async Task SaveSmallAsync(string key, int side, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await WriteAsync(SmallPathOf(key, side), (byte[])[.. SHA256.HashData(content.Span), .. content.Span], cancellationToken);

        // Deleted meanwhile, it must leave nothing.
        if (!File.Exists(PathOf(key)))
        {
            File.Delete(SmallPathOf(key, side));
        }
    }

    public async Task<byte[]?> ReadSmallAsync(string key, int side, CancellationToken cancellationToken)
    {
        if (!HasSmall(key, side))
        {
            return null;
        }

        var stored = await File.ReadAllBytesAsync(SmallPathOf(key, side), cancellationToken);
        return stored.Length > SHA256.HashSizeInBytes && stored.AsSpan().StartsWith(SHA256.HashData(stored.AsSpan(SHA256.HashSizeInBytes)))
            ? stored[SHA256.HashSizeInBytes..]
            : null;
    }

    public bool HasSmall(string key, int side) => Key().IsMatch(key) && File.Exists(SmallPathOf(key, side));

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        Delete(key);
        return Task.CompletedTask;
    }

    /// <summary>All pictures there are files of, in no order.</summary>
    /// <param name="abandoned">What was begun to be written and has not changed since this time is deleted.</param>
    internal IReadOnlyList<StoredPicture> List(DateTimeOffset abandoned, CancellationToken cancellationToken)
    {
        var found = new List<StoredPicture>();
        if (!Directory.Exists(_root))
        {
            return found;
        }

        // Others, such as a file system's own, are not ours.
        foreach (var folder in new DirectoryInfo(_root).EnumerateDirectories().Where(folder => folder.Name.Length == 2 && folder.Name.All(char.IsAsciiHexDigitLower)))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // What exists is read once: a file that goes meanwhile keeps its length here.
            var files = folder.GetFiles().Where(file => file.Exists).ToLookup(file => file.Extension == TemporarySuffix);
            foreach (var temporary in files[true].Where(file => file.LastWriteTimeUtc < abandoned.UtcDateTime))
            {
                temporary.Delete();
            }

            found.AddRange(files[false]
                .GroupBy(file => string.Join('.', file.Name.Split('.').Take(2)), StringComparer.Ordinal)
                .Where(picture => Key().IsMatch(picture.Key))
                .Select(picture => new StoredPicture(picture.Key, picture.Sum(file => file.Length), new DateTimeOffset(picture.Max(file => file.LastWriteTimeUtc)))));
        }

        return found;
    }

    /// <summary>Whether a picture was saved or read after it was listed.</summary>
    internal bool IsUsedSince(StoredPicture picture) => File.GetLastWriteTimeUtc(PathOf(picture.Key)) > picture.UsedAt.UtcDateTime;

    /// <summary>Deletes a picture's files unless it was used since it was listed.</summary>
    /// <returns>Whether they are gone; those that cannot be deleted are found again.</returns>
    internal bool TryDelete(StoredPicture picture)
    {
        try
        {
            if (IsUsedSince(picture))
            {
                return false;
            }

            Delete(picture.Key);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The key begins with the SHA-256 of what the file held when it was saved.</summary>
    private static bool IsWhole(string key, ReadOnlySpan<byte> content) => key.StartsWith(Convert.ToHexStringLower(SHA256.HashData(content)), StringComparison.Ordinal);

    private void Delete(string key)
    {
        if (Key().IsMatch(key) && Directory.Exists(Path.GetDirectoryName(PathOf(key))))
        {
            // With its small forms, and what was set aside as damaged; without what is just being written for an identical picture.
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(PathOf(key))!, $"{key}*").Where(file => !file.EndsWith(TemporarySuffix, StringComparison.Ordinal)))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Remembers that a picture is still used, unless that is known from less than <paramref name="accuracy"/> ago.</summary>
    private void MarkUsed(string path, TimeSpan accuracy)
    {
        var now = time.GetUtcNow().UtcDateTime;
        try
        {
            if (now - File.GetLastWriteTimeUtc(path) > accuracy)
            {
                File.SetLastWriteTimeUtc(path, now);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It was read all the same.
        }
    }

    /// <summary>A damaged file gives its name up, so that the picture can be saved again, and stays for the operator to look at.</summary>
    /// <returns>What is stored by now, where another reader set the file aside meanwhile and the picture was saved again.</returns>
    private byte[] RereadOrSetAside(string key)
    {
        lock (_lost)
        {
            var path = PathOf(key);
            var content = File.ReadAllBytes(path);
            if (IsWhole(key, content))
            {
                return content;
            }

            File.Move(path, path + DamagedSuffix, overwrite: true);
            _lost[key] = true;
            LogDamaged(key, Path.GetFullPath(path) + DamagedSuffix);
            throw new FileNotFoundException($"The picture {key} in {_root} is damaged.", key);
        }
    }

    private async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref _lastTemporary)}{TemporarySuffix}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await WriteAsync(path, temporary, content, cancellationToken);
            space.Written(StorageSpace.Part.Pictures);
        }
        catch (IOException exception) when (StorageSpace.IsNoSpace(exception))
        {
            throw space.Full(StorageSpace.Part.Pictures, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"A picture could not be written to {Path.GetFullPath(path)}: {exception.Message} Check the disk's free space and the folder's permissions.", exception);
        }
    }

    private static async Task WriteAsync(string path, string temporary, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        try
        {
            await using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous))
            {
                await file.WriteAsync(content, cancellationToken);

                // The name is on the disk no later than the row that mentions it: the database's own sync comes after it.
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private string SmallPathOf(string key, int side) => $"{PathOf(key)}.{side}";

    private string PathOf(string key) => PathOf(_root, key);

    /// <summary>Where a folder of pictures has the file of a key.</summary>
    internal static string PathOf(string folder, string key) => Path.Combine(folder, key[..2], key);

    /// <summary>Whether a key names a file: others come from no store.</summary>
    internal static bool IsKey(string key) => Key().IsMatch(key);

    [GeneratedRegex("^[0-9a-f]{64}\\.[a-z0-9]{1,8}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Key();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The picture {Key} is missing in {Folder}; it is painted again if the Painter painted it, and else left out")]
    private partial void LogMissing(string key, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The picture {Key} is damaged and set aside as {File}; it is painted again if the Painter painted it, and else left out")]
    private partial void LogDamaged(string key, string file);
}
