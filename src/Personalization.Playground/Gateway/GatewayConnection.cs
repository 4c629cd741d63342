using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Personalization.Playground.Gateway;

/// <summary>One bot's WebSocket: HELLO, then what it asks for, until either side closes.</summary>
internal sealed class GatewayConnection(WebSocket socket, bool isCompressed, Uri resumeUrl, GatewayGreeting greeting, GatewayHub hub, PlaygroundServer server, TimeProvider time) : IDisposable
{
    private const int HeartbeatInterval = 41250;
    private const int MaxMessageBytes = 4096;
    private const int MessagesPerMinute = 120;
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(2);

    private readonly Channel<string> _outgoing = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _cut = new(Timeout.InfiniteTimeSpan, time);
    private readonly Queue<DateTimeOffset> _received = new();
    private GatewaySession? _session;
    private int? _closeCode;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _cut.Token);
        server.Join(this);
        _outgoing.Writer.TryWrite(Message(10, new JsonObject { ["heartbeat_interval"] = HeartbeatInterval, ["_trace"] = new JsonArray() }));
        var sending = SendAsync(either.Token);
        try
        {
            while (await ReceiveAsync(either.Token) is { } message)
            {
                if (Handle(message) is { } closeCode)
                {
                    _closeCode = closeCode;
                    break;
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The bot disconnected, or the connection was cut.
        }
        finally
        {
            server.Leave(this);
            _session?.Detach(_outgoing.Writer);
            _outgoing.Writer.TryComplete();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await CloseAsync();
        }
    }

    /// <summary>Ends the connection with a close code, or without a close frame.</summary>
    public void Cut(int? closeCode)
    {
        if (closeCode is null)
        {
            _cut.Cancel();
            return;
        }

        // A cancelled read would break the socket before its close frame is sent: sending ends first, then the bot's reply ends the read.
        _closeCode = closeCode;
        _cut.CancelAfter(CloseWithin);
        _outgoing.Writer.TryComplete();
    }

    public void Dispose() => _cut.Dispose();

    private static string Message(int opcode, JsonNode? data) => new JsonObject { ["op"] = opcode, ["d"] = data, ["s"] = null, ["t"] = null }.ToJsonString();

    /// <returns>The code to close with, or null to go on.</returns>
    private int? Handle(JsonObject message)
    {
        var now = time.GetUtcNow();
        _received.Enqueue(now);
        while (now - _received.Peek() > TimeSpan.FromMinutes(1))
        {
            _received.Dequeue();
        }

        if (_received.Count > MessagesPerMinute)
        {
            return 4008;
        }

        switch (message["op"] is JsonValue value && value.TryGetValue(out int opcode) ? opcode : -1)
        {
            case 1:
                _outgoing.Writer.TryWrite(Message(11, data: null));
                return null;
            case 2:
                return message["d"] is JsonObject identify ? Identify(identify) : 4002;
            case 6:
                return message["d"] is JsonObject resume ? Resume(resume) : 4002;
            case 8 when _session is not null && message["d"] is JsonObject request:
                greeting.SendMembers(_session, request);
                return null;
            case 3 or 4 or 8 or 31:
                return _session is null ? 4003 : null;
            default:
                return 4001;
        }
    }

    private int? Identify(JsonObject identify)
    {
        if (_session is not null)
        {
            return 4005;
        }

        if (!server.Accepts(identify["token"]?.ToString() ?? ""))
        {
            return 4004;
        }

        if (identify["intents"] is not JsonValue value || !value.TryGetValue(out int intents) || intents < 0)
        {
            return 4013;
        }

        if (identify["properties"] is not JsonObject)
        {
            return 4002;
        }

        if (ShardOf(identify["shard"]) is not { } shard)
        {
            return 4010;
        }

        _session = hub.Begin(intents, shard);
        _session.Attach(_outgoing.Writer, after: 0);
        greeting.Send(_session, resumeUrl);
        return null;
    }

    // One of one, where none is given; null where it is no shard.
    private static (int Index, int Count)? ShardOf(JsonNode? given) => given switch
    {
        null => (0, 1),
        JsonArray { Count: 2 } pair when Number(pair[0]) is { } index && Number(pair[1]) is { } count && index >= 0 && index < count => (index, count),
        _ => null,
    };

    private static int? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private int? Resume(JsonObject resume)
    {
        if (!server.Accepts(resume["token"]?.ToString() ?? ""))
        {
            return 4004;
        }

        var sequence = resume["seq"] is JsonValue value && value.TryGetValue(out int seq) ? seq : 0;
        if (hub.Find(resume["session_id"]?.ToString() ?? "") is not { } session || !session.Attach(_outgoing.Writer, sequence))
        {
            _outgoing.Writer.TryWrite(Message(9, false));
            return null;
        }

        _session = session;
        session.Send("RESUMED", new JsonObject { ["_trace"] = new JsonArray() });
        return null;
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await new FrameSender(socket, isCompressed).SendAsync(_outgoing.Reader, cancellationToken);
        if (_closeCode is not null)
        {
            await CloseAsync();
        }
    }

    /// <returns>The message; null once the bot has closed.</returns>
    private async Task<JsonObject?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxMessageBytes];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                EndSessionIfAsked();
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return Parse(buffer.AsSpan(0, length));
            }

            if (length == buffer.Length)
            {
                // Discord's limit for what a bot sends.
                _closeCode = 4002;
                return null;
            }
        }
    }

    private static JsonObject Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    // A bot that closes with 1000 or 1001 ends its session; one that answers a close does not.
    private void EndSessionIfAsked()
    {
        if (_session is not null && _closeCode is null && (int?)socket.CloseStatus is 1000 or 1001)
        {
            hub.End(_session!);
        }
    }

    private async Task CloseAsync()
    {
        if (_cut.IsCancellationRequested)
        {
            socket.Abort();
            return;
        }

        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        using var timeout = new CancellationTokenSource(CloseWithin, time);
        try
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)(_closeCode ?? 1000), "", timeout.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }
}
