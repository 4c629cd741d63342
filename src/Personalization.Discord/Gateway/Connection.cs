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
    /// <exception cref="InvalidDataException">The message is larger than <paramref name="largest"/> bytes.</exception>
    public async Task<(byte[] Content, bool IsText)?> ReceiveAsync(int largest, CancellationToken cancellationToken)
    {
        var message = new ArrayBufferWriter<byte>();
        while (true)
        {
            // Not with the token: a cancelled receive breaks the socket, and then it can no longer be closed.
            var receiving = socket.ReceiveAsync(_buffer.AsMemory(), CancellationToken.None).AsTask();
            _receiving = receiving;
            var part = await receiving.WaitAsync(cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(_buffer.AsSpan(0, part.Count));
            if (message.WrittenCount > largest)
            {
                throw new InvalidDataException($"a message has more than {largest} bytes");
            }

            if (part.EndOfMessage)
            {
                return (message.WrittenSpan.ToArray(), part.MessageType == WebSocketMessageType.Text);
            }
        }
    }

    /// <summary>Closes as well as the other side lets us; never throws for what it does.</summary>
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
                // Going away before the other side has read it could lose it, and with it the end of the session.
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

    // Heartbeats say null before the first event, which must be written.
    private sealed record Message(
        int Op,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] object? D);
}
