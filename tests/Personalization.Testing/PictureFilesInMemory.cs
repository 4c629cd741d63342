using System.Collections.Concurrent;
using System.Security.Cryptography;
using Personalization.Pictures;

namespace Personalization.Testing;

/// <summary>Files of pictures without a disk.</summary>
public sealed class PictureFilesInMemory : IPictureFiles
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new();

    public Task<string> SaveAsync(ReadOnlyMemory<byte> content, string extension, CancellationToken cancellationToken)
    {
        var key = $"{Convert.ToHexStringLower(SHA256.HashData(content.Span))}.{extension}";
        _files.TryAdd(key, content.ToArray());
        return Task.FromResult(key);
    }

    public Task<byte[]> ReadAsync(string key, CancellationToken cancellationToken) => _files.TryGetValue(key, out var content)
        ? Task.FromResult(content)
        : throw new FileNotFoundException("Nothing is stored under this key.", key);

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        _files.TryRemove(key, out _);
        return Task.CompletedTask;
    }
}
