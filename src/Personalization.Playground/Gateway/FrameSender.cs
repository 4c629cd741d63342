using System.IO.Compression;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace Personalization.Playground.Gateway;

/// <summary>Sends messages as text frames, or, as <c>zlib-stream</c>, in one compressed stream over the whole connection.</summary>
internal sealed class FrameSender(WebSocket socket, bool isCompressed)
{
    /// <summary>Sends until there are no more messages.</summary>
    public async Task SendAsync(ChannelReader<string> messages, CancellationToken cancellationToken)
    {
        using var compressed = new MemoryStream();
        await using var deflater = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true);
        await foreach (var text in messages.ReadAllAsync(cancellationToken))
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            if (!isCompressed)
            {
                await socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
                continue;
            }

            // Each message is ended by a sync flush.
            compressed.SetLength(0);
            deflater.Write(bytes);
            await deflater.FlushAsync(cancellationToken);
            await socket.SendAsync(compressed.ToArray(), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
    }
}
