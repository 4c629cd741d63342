using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Personalization.Discord.Gateway;

/// <summary>One WebSocket to the gateway. Sends are serialised and limited; a receive gives a message, or null once closed.</summary>
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

    /// <returns>A message, whole: text where it is not compressed.</returns>
    /// <exception cref="InvalidDataException">The message is larger than <paramref name="maxBytes"/> bytes.</exception>
    public async Task<(byte[] Content, bool IsText)?> ReceiveAsync(int maxBytes, CancellationToken cancellationToken)
    {
        var message = new ArrayBufferWriter<byte>();
        while (true)
        {
            // Without the token: cancelling a receive aborts the socket, which then cannot be closed cleanly.
            var receiving = socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None).AsTask();
            _receiving = receiving;
            var part = await receiving.WaitAsync(cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(_buffer.AsSpan(0, part.Count));
            if (message.WrittenCount > maxBytes)
            {
                throw new InvalidDataException($"a message has more than {maxBytes} bytes");
            }

            if (part.EndOfMessage)
            {
                return (message.WrittenSpan.ToArray(), part.MessageType == WebSocketMessageType.Text);
            }
        }
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
