namespace Personalization.EndToEnd;

/// <summary>One bot with an image server of each kind, each as the version that is named after its kind.</summary>
public sealed class ImageServersProgram : SharedProgram
{
    private readonly ImageServers _servers = new(ImageServer.Kinds);

    internal override IReadOnlyList<(string Key, string Value)> Settings => _servers.Settings;

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
        await _servers.DisposeAsync();
    }
}
