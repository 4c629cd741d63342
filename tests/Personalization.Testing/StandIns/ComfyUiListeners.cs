using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Personalization.Testing.StandIns;

/// <summary>The connections to the socket of the stand-in of ComfyUI, and what they are told.</summary>
internal sealed class ComfyUiListeners
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Listener?>> _listeners = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _firstWords = new();

    /// <summary>The first frame of each connection.</summary>
    public IReadOnlyCollection<string> FirstWords => _firstWords;

    public void Clear() => _listeners.Clear();

    public async Task ListenAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = 400;
            return;
        }

        // Registered before the client can know that it is connected, so that no prompt runs without its reports.
        var listener = new TaskCompletionSource<Listener?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = context.Request.Query["clientId"].ToString();
        _listeners[id] = listener;
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[4096];
            while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } received)
            {
                if (!listener.Task.IsCompleted)
                {
                    var words = Encoding.UTF8.GetString(buffer, 0, received.Count);
                    _firstWords.Enqueue(words);
                    listener.TrySetResult(new(socket, words.Contains("supports_preview_metadata", StringComparison.Ordinal)));
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException)
        {
            // The client disconnected without a close message.
        }
        finally
        {
            _listeners.TryRemove(id, out _);
            listener.TrySetResult(null);
        }
    }

    /// <summary>
    /// The connections that receive the reports of a prompt, after they have sent their features: that of its client, or all if
    /// it was sent without one.
    /// </summary>
    private async Task<Listener[]> ListenersOfAsync(string? client)
    {
        var all = await Task.WhenAll(_listeners.Where(listener => client is null || client == listener.Key).Select(listener => listener.Value.Task));
        return [.. all.OfType<Listener>()];
    }

    /// <param name="client">The client of the prompt that it is about; null for none.</param>
    public async Task TellAsync(string? client, string type, JsonObject data)
    {
        // Of a prompt without a client, everyone receives the progress, and no one where it begins and ends.
        if (client is null && type != "progress")
        {
            return;
        }

        foreach (var listener in await ListenersOfAsync(client))
        {
            await SendAsync(listener.Socket, Encoding.UTF8.GetBytes(new JsonObject { ["type"] = type, ["data"] = data.DeepClone() }.ToJsonString()), WebSocketMessageType.Text);
        }
    }

    /// <summary>Sends an unfinished picture of a prompt.</summary>
    public async Task ShowAsync(string? client, string prompt)
    {
        var picture = PaintedPng.Paint(64, 64, null, "", "preview", prompt);
        foreach (var listener in await ListenersOfAsync(client))
        {
            byte[] head;
            if (listener.Describes && client is not null)
            {
                var description = Encoding.UTF8.GetBytes(new JsonObject { ["node_id"] = "3", ["prompt_id"] = prompt, ["image_type"] = "image/png" }.ToJsonString());
                head = [.. Number(4), .. Number((uint)description.Length), .. description];
            }
            else
            {
                head = [.. Number(1), .. Number(2)];
            }

            await SendAsync(listener.Socket, [.. head, .. picture], WebSocketMessageType.Binary);
        }
    }

    private static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static async Task SendAsync(WebSocket socket, byte[] message, WebSocketMessageType type)
    {
        try
        {
            await socket.SendAsync(message, type, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The client has disconnected.
        }
    }

    private sealed record Listener(WebSocket Socket, bool Describes);
}
