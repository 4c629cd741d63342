using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Personalization.DiscordClient.Gateway;

/// <summary>One WebSocket to the gateway. Sends are serialised and limited; a receive gives part of a message, or null once closed.</summary>
internal sealed class Connection(ClientWebSocket socket, SendLimit limit, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _sending = new(1);
    private readonly byte[] _buffer = new byte[16 * 1024];
    private Task _receiving = Task.CompletedTask;

    /// <summary>Whether the last heartbeat was answered.</summary>
    public volatile bool IsAcknowledged = true;

    /// <summary>What the other side closed with; null while it has not.</summary>
    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public string? CloseDescription => socket.CloseStatusDescription;

    public Task OpenAsync(Uri url, CancellationToken cancellationToken) => socket.ConnectAsync(url, cancellationToken);

    public async Task SendAsync(GatewayOpcode opcode, object? data, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new Message((int)opcode, data), DiscordJson.Options);
        await Task.Delay(limit.Take(opcode == GatewayOpcode.Heartbeat), time, cancellationToken);
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await socket.SendAsync(json, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <returns>The next part of a frame, valid until the next receive: of text where it is not compressed.</returns>
    public async Task<(ReadOnlyMemory<byte> Content, bool IsText, bool IsLast)?> ReceiveAsync(CancellationToken cancellationToken)
    {
        // Without the token: cancelling a receive aborts the socket, which then cannot be closed cleanly.
        var receiving = socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None).AsTask();
        _receiving = receiving;
        var part = await receiving.WaitAsync(cancellationToken);
        return part.MessageType == WebSocketMessageType.Close
            ? null
            : (_buffer.AsMemory(0, part.Count), part.MessageType == WebSocketMessageType.Text, part.EndOfMessage);
    }

    /// <summary>Closes the connection; never throws because of the other side.</summary>
    public async Task CloseAsync(WebSocketCloseStatus status)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        using var timeout = new CancellationTokenSource(CloseTimeout, time);
        try
        {
            await socket.CloseOutputAsync(status, statusDescription: null, timeout.Token);
            if (status == WebSocketCloseStatus.NormalClosure)
            {
                // Wait for the close frame to be read: without it Discord would keep the session open.
                await _receiving.WaitAsync(timeout.Token);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException)
        {
            socket.Abort();
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        _sending.Dispose();
    }

    // Before the first event a heartbeat's data is null, and must be written as such.
    private sealed record Message(
        int Op,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] object? D);
}
