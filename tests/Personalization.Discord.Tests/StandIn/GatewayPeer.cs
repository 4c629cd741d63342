using System.IO.Compression;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Personalization.Discord.Tests.StandIn;

/// <summary>Discord's side of one gateway connection.</summary>
internal sealed class GatewayPeer : IDisposable
{
    /// <summary>The heartbeat interval that Discord gives, in milliseconds.</summary>
    public const int Interval = 41250;

    private readonly WebSocket _socket;
    private readonly Channel<JsonElement> _received = Channel.CreateUnbounded<JsonElement>();
    private readonly TaskCompletionSource<int?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemoryStream _compressed = new();
    private readonly ZLibStream _deflater;
    private int _sequence;

    public GatewayPeer(WebSocket socket, string target)
    {
        _socket = socket;
        Target = target;
        _deflater = new ZLibStream(_compressed, CompressionLevel.Fastest, leaveOpen: true);
    }

    /// <summary>The path and query it was opened with.</summary>
    public string Target { get; }

    /// <summary>What the bot closed with; null where it went without a word.</summary>
    public Task<int?> Closed => _closed.Task.WaitAsync(Deadline.Of);

    /// <summary>Reads until the connection is over.</summary>
    public async Task RunAsync()
    {
        try
        {
            var buffer = new byte[64 * 1024];
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                _received.Writer.TryWrite(JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, part.Count)));
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Broken rather than closed.
        }

        _closed.TrySetResult((int?)_socket.CloseStatus);
    }

    /// <summary>The next message of the bot.</summary>
    public Task<JsonElement> ReceiveAsync() => _received.Reader.ReadAsync().AsTask().WaitAsync(Deadline.Of);

    public async Task<JsonElement> ReceiveAsync(int opcode)
    {
        var message = await ReceiveAsync();
        Assert.Equal(opcode, message.GetProperty("op").GetInt32());
        return message.GetProperty("d");
    }

    /// <summary>Whether the bot sent something that was not asked for yet.</summary>
    public bool HasMessage => _received.Reader.Count > 0;

    public Task HelloAsync(int interval = Interval) => SendAsync($$$"""{"op":10,"d":{"heartbeat_interval":{{{interval}}}},"s":null,"t":null}""");

    /// <summary>Greets, takes the IDENTIFY and begins a session, whose connections resume at this stand-in.</summary>
    public async Task BeginAsync(DiscordStandIn standIn, string session = "first")
    {
        await HelloAsync();
        await ReceiveAsync(2);
        await DispatchAsync("READY", $$$"""{"session_id":"{{{session}}}","resume_gateway_url":"ws://{{{standIn.Address.Authority}}}/resume","application":{"id":"9","flags":0},"guilds":[],"user":{"id":"9"}}""");
    }

    public Task DispatchAsync(string name, string data) =>
        SendAsync($$"""{"op":0,"d":{{data}},"s":{{Interlocked.Increment(ref _sequence)}},"t":"{{name}}"}""");

    public Task SendAsync(string json) => SendRawAsync(Compress(json));

    /// <summary>A message in the connection's zlib stream.</summary>
    public byte[] Compress(string json)
    {
        _compressed.SetLength(0);
        _deflater.Write(System.Text.Encoding.UTF8.GetBytes(json));
        _deflater.Flush();
        return _compressed.ToArray();
    }

    public Task SendRawAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type = WebSocketMessageType.Binary) =>
        _socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None).AsTask();

    public Task CloseAsync(int code) => _socket.CloseOutputAsync((WebSocketCloseStatus)code, "", CancellationToken.None);

    /// <summary>Cuts the connection without a word.</summary>
    public void Abort() => _socket.Abort();

    public void Dispose()
    {
        _deflater.Dispose();
        _compressed.Dispose();
    }
}
