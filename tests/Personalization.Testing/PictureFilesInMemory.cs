using System.Collections.Concurrent;
using System.Security.Cryptography;
using Personalization.Pictures;

namespace Personalization.Testing;

/// <summary>Files of pictures without a disk.</summary>
public sealed class PictureFilesInMemory : IPictureFiles
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new();
    private readonly ConcurrentDictionary<string, bool> _lost = new();
    private readonly ConcurrentDictionary<(string Key, int Side), byte[]> _small = new();

    /// <summary>What is done after each save, with the key of the file.</summary>
    public Func<string, Task>? Saved { get; set; }

    public async Task<string> SaveAsync(ReadOnlyMemory<byte> content, string extension, CancellationToken cancellationToken)
    {
        var key = $"{Convert.ToHexStringLower(SHA256.HashData(content.Span))}.{extension}";
        _files.TryAdd(key, content.ToArray());
        await (Saved?.Invoke(key) ?? Task.CompletedTask);
        return key;
    }

    public Task<byte[]> ReadAsync(string key, CancellationToken cancellationToken)
    {
        if (_files.TryGetValue(key, out var content))
        {
            return Task.FromResult(content);
        }

        _lost[key] = true;
        throw new FileNotFoundException("Nothing is stored under this key.", key);
    }

    public bool IsLost(string key) => _lost.ContainsKey(key);

    public Task SaveSmallAsync(string key, int side, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        _small[(key, side)] = content.ToArray();
        return Task.CompletedTask;
    }

    public Task<byte[]?> ReadSmallAsync(string key, int side, CancellationToken cancellationToken) => Task.FromResult(_small.GetValueOrDefault((key, side)));

    public bool HasSmall(string key, int side) => _small.ContainsKey((key, side));

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        foreach (var small in _small.Keys.Where(small => small.Key == key))
        {
            _small.TryRemove(small, out _);
        }

        _files.TryRemove(key, out _);
        return Task.CompletedTask;
    }
}
