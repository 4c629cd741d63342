namespace Personalization.EndToEnd;

/// <summary>Image servers of several kinds, each for the version that is named after its kind.</summary>
internal sealed class ImageServers(IEnumerable<string> kinds) : IAsyncDisposable
{
    private readonly Dictionary<string, ImageServer> _servers = kinds.ToDictionary(kind => kind, ImageServer.Of, StringComparer.Ordinal);

    /// <summary>What the bot is started with.</summary>
    public IReadOnlyList<(string Key, string Value)> Settings =>
        [.. _servers.SelectMany(server => server.Value.All(server.Key, version: server.Key)).DistinctBy(setting => setting.Key)];

    public ImageServer this[string kind] => _servers[kind];

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}
