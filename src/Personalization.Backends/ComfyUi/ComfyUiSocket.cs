using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Personalization.Backends.ComfyUi;

/// <summary>
/// Receives the progress of running prompts from the server's WebSocket. For display only: the result comes from the history,
/// and a failure ends the reports, not the painting.
/// </summary>
internal sealed class ComfyUiSocket : IAsyncDisposable
{
    // An unfinished picture is a few hundred kilobytes; a larger message ends the connection.
    private const int MaxMessageBytes = 8 * 1024 * 1024;

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _closing = new();
    private Task _reading = Task.CompletedTask;

    /// <summary>The id of this connection on the server. Each connection needs a new one: servers confuse connections that reuse an id.</summary>
    public required string ClientId { get; init; }

    /// <summary>Receives the id of the running prompt, its progress from 0 to 1, and its unfinished picture or an empty one.</summary>
    public required Action<string, double, ReadOnlyMemory<byte>> OnProgress { get; init; }

    /// <summary>Connects and listens. If that fails, there are no reports.</summary>
    public async Task OpenAsync(Uri server, TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var address = new UriBuilder(server) { Scheme = server.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" };
        address.Path = address.Path.TrimEnd('/') + "/ws";
        address.Query = $"clientId={ClientId}";
        try
        {
            await _socket.ConnectAsync(address.Uri, either.Token);
            var flags = """{"type":"feature_flags","data":{"supports_preview_metadata":true}}"""u8.ToArray();
            await _socket.SendAsync(flags, WebSocketMessageType.Text, endOfMessage: true, either.Token);
            _reading = ReadAsync();
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // Painting works without progress.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _closing.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        var (prompt, fraction) = ("", 0.0);
        while (true)
        {
            message.SetLength(0);
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(buffer.AsMemory(), _closing.Token);
                if (part.MessageType == WebSocketMessageType.Close || message.Length + part.Count > MaxMessageBytes)
                {
                    return;
                }

                message.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);

            if (part.MessageType == WebSocketMessageType.Text)
            {
                (prompt, fraction) = Read(message.ToArray(), prompt, fraction);
                if (prompt.Length > 0)
                {
                    OnProgress(prompt, fraction, default);
                }
            }
            else if (Preview(message.ToArray()) is { IsEmpty: false } preview && prompt.Length > 0)
            {
                OnProgress(prompt, fraction, preview);
            }
        }
    }

    private static (string Prompt, double Fraction) Read(byte[] text, string prompt, double fraction)
    {
        JsonNode? message;
        try
        {
            message = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return (prompt, fraction);
        }

        var data = message?["data"];
        return (string?)message?["type"] switch
        {
            "execution_start" => ((string?)data?["prompt_id"] ?? "", 0),
            "progress" when (double?)data?["max"] is > 0 and var max => ((string?)data["prompt_id"] ?? prompt, Math.Clamp(((double?)data["value"] ?? 0) / max, 0, 1)),
            _ => (prompt, fraction),
        };
    }

    /// <summary>The picture in a binary message: of type 1, or of type 4 with metadata before it. Empty for other messages.</summary>
    private static ReadOnlyMemory<byte> Preview(byte[] message)
    {
        const int Plain = 1, Described = 4, Head = 8;

        if (message.Length < Head)
        {
            return default;
        }

        var second = BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(4));
        return BinaryPrimitives.ReadUInt32BigEndian(message) switch
        {
            Plain => message.AsMemory(Head),
            Described when second <= message.Length - Head => message.AsMemory(Head + (int)second),
            _ => default,
        };
    }
}
