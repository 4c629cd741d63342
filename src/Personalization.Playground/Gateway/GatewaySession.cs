using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Personalization.Playground.Gateway;

/// <summary>One session: its events, numbered, and the connection they go to while there is one.</summary>
internal sealed class GatewaySession(int intents, (int Index, int Count) shard, TimeProvider time)
{
    private const int EventsKept = 1000;

    private readonly Lock _lock = new();
    private readonly Queue<(int Sequence, string Text)> _sent = new();
    private ChannelWriter<string>? _connection;
    private int _sequence;

    public string Id { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public int Intents => intents;

    public (int Index, int Count) Shard => shard;

    /// <summary>When the connection was lost; null while there is one.</summary>
    public DateTimeOffset? DetachedAt { get; private set; }

    /// <summary>Whether the session hears of a server, or, for null, of what is in none, by Discord's formula.</summary>
    public bool Hears(ulong? guild) => (int)(((guild ?? 0) >> 22) % (ulong)shard.Count) == shard.Index;

    public void Send(string name, JsonObject data)
    {
        lock (_lock)
        {
            var sequence = ++_sequence;
            var text = new JsonObject { ["op"] = 0, ["s"] = sequence, ["t"] = name, ["d"] = data }.ToJsonString();
            _sent.Enqueue((sequence, text));
            if (_sent.Count > EventsKept)
            {
                _sent.Dequeue();
            }

            _connection?.TryWrite(text);
        }
    }

    /// <summary>Attaches a connection and sends it what it missed.</summary>
    /// <param name="after">The last event it saw; 0 for none.</param>
    /// <returns>False when events after that one are no longer kept, or that one never was.</returns>
    public bool Attach(ChannelWriter<string> connection, int after)
    {
        lock (_lock)
        {
            if (after > _sequence || (_sent.TryPeek(out var first) && first.Sequence > after + 1))
            {
                return false;
            }

            foreach (var (_, text) in _sent.Where(sent => sent.Sequence > after))
            {
                connection.TryWrite(text);
            }

            _connection = connection;
            DetachedAt = null;
            return true;
        }
    }

    public void Detach(ChannelWriter<string> connection)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_connection, connection))
            {
                _connection = null;
                DetachedAt = time.GetUtcNow();
            }
        }
    }
}
