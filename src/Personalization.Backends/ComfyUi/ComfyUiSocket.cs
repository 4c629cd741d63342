using System.Buffers.Binary;
using System.Net.WebSockets;
using Personalization.Backends.Http;

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

    /// <summary>Receives how far prompts are, also those of clients without an id, of which the server tells everyone.</summary>
    public required ComfyUiProgress Progress { get; init; }

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
        var prompt = "";
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
                prompt = Read(message.ToArray()) ?? prompt;
            }
            else if (Preview(message.ToArray()) is { Picture.IsEmpty: false } preview)
            {
                Progress.Advance(preview.Prompt ?? prompt, 0, preview.Picture);
            }
        }
    }

    /// <summary>Reports what a text message says.</summary>
    /// <returns>The prompt that it names; null if it names none.</returns>
    private string? Read(byte[] text)
    {
        if (BackendAnswer.TryParse(text) is not { } message || (string?)message["data"]?["prompt_id"] is not { } prompt)
        {
            return null;
        }

        var data = message["data"]!;
        switch ((string?)message["type"])
        {
            case "progress" when (double?)data["max"] is > 0 and var max:
                Progress.AdvanceNode(prompt, data["node"]?.ToString() ?? "", Math.Clamp(((double?)data["value"] ?? 0) / max, 0, 1));
                break;
            case "execution_success":
                Progress.Advance(prompt, 1);
                break;
        }

        return prompt;
    }

    /// <summary>
    /// The picture in a binary message: of type 1, or of type 4 with metadata before it, which name the prompt. Empty for other
    /// messages.
    /// </summary>
    private static (string? Prompt, ReadOnlyMemory<byte> Picture) Preview(byte[] message)
    {
        const int Plain = 1, Described = 4, Head = 8;

        if (message.Length < Head)
        {
            return default;
        }

        var second = BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(4));
        return BinaryPrimitives.ReadUInt32BigEndian(message) switch
        {
            Plain => (null, message.AsMemory(Head)),
            Described when second <= message.Length - Head => ((string?)BackendAnswer.TryParse(message.AsSpan(Head, (int)second))?["prompt_id"], message.AsMemory(Head + (int)second)),
            _ => default,
        };
    }
}
