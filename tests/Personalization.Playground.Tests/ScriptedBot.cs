using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace Personalization.Playground.Tests;

/// <summary>A bot that does exactly what a test tells it, over text frames.</summary>
internal sealed class ScriptedBot : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1 << 20];

    public static CancellationToken Deadline => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    /// <summary>What the gateway closed with; null while it has not.</summary>
    public int? CloseCode => (int?)_socket.CloseStatus;

    public static async Task<ScriptedBot> ConnectAsync(PlaygroundFixture playground)
    {
        var bot = new ScriptedBot();
        var url = new UriBuilder(new Uri(playground.Address, "/gateway?v=10&encoding=json")) { Scheme = "ws" };
        await bot._socket.ConnectAsync(url.Uri, Deadline);
        return bot;
    }

    /// <summary>Connects and identifies.</summary>
    /// <returns>The bot and its READY.</returns>
    public static async Task<(ScriptedBot Bot, JsonObject Ready)> LogInAsync(PlaygroundFixture playground, string token = PlaygroundFixture.Token, int intents = 0, JsonArray? shard = null)
    {
        var bot = await ConnectAsync(playground);
        await bot.NextAsync();
        await bot.SendAsync(2, new JsonObject { ["token"] = token, ["intents"] = intents, ["shard"] = shard ?? [0, 1], ["properties"] = new JsonObject() });
        return (bot, await bot.NextAsync() ?? []);
    }

    public async Task SendAsync(int opcode, JsonNode? data) =>
        await _socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["op"] = opcode, ["d"] = data }.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, Deadline);

    /// <returns>The next message; null once the gateway has closed.</returns>
    public async Task<JsonObject?> NextAsync()
    {
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(_buffer.AsMemory(length), Deadline);
            length += part.Count;
        }
        while (!part.EndOfMessage);
        return part.MessageType == WebSocketMessageType.Close ? null : JsonNode.Parse(_buffer.AsSpan(0, length))!.AsObject();
    }

    /// <summary>The data of the next event of a name; others are passed over.</summary>
    public async Task<JsonObject> EventAsync(string name)
    {
        while (await NextAsync() is { } message)
        {
            if (message["t"]?.ToString() == name)
            {
                return message["d"]!.AsObject();
            }
        }

        throw new InvalidOperationException($"The gateway closed with {CloseCode} before it sent {name}.");
    }

    /// <summary>Breaks the connection without a word.</summary>
    public void Break() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Answers an interaction and gives what Discord would say to that.</summary>
    public static async Task<(int Status, JsonObject Body)> AnswerAsync(PlaygroundFixture playground, JsonObject interaction, int type, JsonObject? data) =>
        await SendAsync(playground, HttpMethod.Post, $"interactions/{interaction["id"]}/{interaction["token"]}/callback", new JsonObject { ["type"] = type, ["data"] = data });

    public static async Task<(int Status, JsonObject Body)> SendAsync(PlaygroundFixture playground, HttpMethod method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await playground.Bot.SendAsync(request, Deadline);
        var text = await response.Content.ReadAsStringAsync(Deadline);
        return ((int)response.StatusCode, text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject ?? []);
    }
}
