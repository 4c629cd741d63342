using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Personalization.Pictures;

namespace Personalization.Storage.Pictures;

/// <summary>Pictures as files named by the SHA-256 of what they hold: <c>pictures/ab/abcd....png</c> in the data directory.</summary>
internal sealed partial class PictureFiles(IOptions<StorageOptions> options) : IPictureFiles
{
    private readonly string _root = Path.Combine(options.Value.DataDirectory, "pictures");
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
        if (!File.Exists(path))
        {
            await WriteAsync(path, content, cancellationToken);
        }

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
            return await File.ReadAllBytesAsync(PathOf(key), cancellationToken);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new FileNotFoundException($"There is no picture {key} in {_root}.", key, exception);
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        if (Key().IsMatch(key) && File.Exists(PathOf(key)))
        {
            File.Delete(PathOf(key));
        }

        return Task.CompletedTask;
    }

    private async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref _lastTemporary)}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await WriteAsync(path, temporary, content, cancellationToken);
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

    private string PathOf(string key) => Path.Combine(_root, key[..2], key);

    [GeneratedRegex("^[0-9a-f]{64}\\.[a-z0-9]{1,8}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Key();
}
