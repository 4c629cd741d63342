namespace Personalization.EndToEnd;

/// <summary>One bot with an image server of each kind, each as the version that is named after its kind.</summary>
public sealed class ImageServersProgram : SharedProgram
{
    private readonly Dictionary<string, ImageServer> _servers = ImageServer.Kinds.ToDictionary(kind => kind, ImageServer.Of, StringComparer.Ordinal);

    internal override IReadOnlyList<(string Key, string Value)> Settings =>
        [.. _servers.SelectMany(server => server.Value.All(server.Key, version: server.Key)).DistinctBy(setting => setting.Key)];

    /// <summary>A server without jobs and calls of earlier tests.</summary>
    internal async Task<ImageServer> RestartedAsync(string kind)
    {
        var server = _servers[kind];
        server.Release();
        await server.Server.RestartAsync();
        return server with { CallsBefore = server.Server.Calls.Count };
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}
