using System.Text.Json.Nodes;

namespace Personalization.Playground.Gateway;

/// <summary>The sessions of bots. A session outlives its connection, so that what was missed can be sent again.</summary>
internal sealed class GatewayHub(TimeProvider time)
{
    /// <summary>The intent without which a bot is told of no messages.</summary>
    public const int GuildMessages = 1 << 9;

    // Discord gives up a session some minutes after its connection; its length is not documented.
    private static readonly TimeSpan KeepDetached = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly List<GatewaySession> _sessions = [];

    /// <summary>Sends an event to every session with the intent; 0 is for events that need none.</summary>
    public void Send(string name, JsonObject data, int intent)
    {
        lock (_lock)
        {
            var oldest = time.GetUtcNow() - KeepDetached;
            _sessions.RemoveAll(session => session.DetachedAt < oldest);
            foreach (var session in _sessions.Where(session => intent == 0 || (session.Intents & intent) != 0))
            {
                session.Send(name, data.DeepClone().AsObject());
            }
        }
    }

    /// <summary>Begins a session. One of the same bot and shard that lost its connection ends: it will not be resumed.</summary>
    public GatewaySession Begin(int intents, int shard)
    {
        var session = new GatewaySession(intents, shard, time);
        lock (_lock)
        {
            _sessions.RemoveAll(earlier => earlier.Shard == shard && earlier.DetachedAt is not null);
            _sessions.Add(session);
        }

        return session;
    }

    public GatewaySession? Find(string id)
    {
        lock (_lock)
        {
            return _sessions.FirstOrDefault(session => session.Id == id);
        }
    }

    public void End(GatewaySession session)
    {
        lock (_lock)
        {
            _sessions.Remove(session);
        }
    }
}
