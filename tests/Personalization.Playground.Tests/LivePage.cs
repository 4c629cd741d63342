using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace Personalization.Playground.Tests;

/// <summary>The events that an open chat page gets.</summary>
internal sealed class LivePage : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1 << 20];

    public static async Task<LivePage> OpenAsync(PlaygroundFixture playground, int person, CancellationToken cancellationToken)
    {
        var page = new LivePage();
        var url = new UriBuilder(new Uri(playground.Address, $"/playground/live?person={playground.Person(person)}")) { Scheme = "ws" };
        await page._socket.ConnectAsync(url.Uri, cancellationToken);
        return page;
    }

    public async Task<JsonObject> NextAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            length += part.Count;
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(_buffer.AsSpan(0, length))!.AsObject();
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
