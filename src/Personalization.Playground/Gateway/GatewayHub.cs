using System.Text.Json.Nodes;

namespace Personalization.Playground.Gateway;

/// <summary>The sessions of bots. A session outlives its connection, so that what was missed can be sent again.</summary>
internal sealed class GatewayHub(TimeProvider time)
{
    // Discord gives up a session some minutes after its connection; its length is not documented.
    private static readonly TimeSpan KeepDetached = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly List<GatewaySession> _sessions = [];

    /// <summary>Sends an event to the sessions of a server's shard that have the intent.</summary>
    /// <param name="guild">Null for what happens in no server, which the first shard hears.</param>
    /// <param name="intent">0 for events that need none.</param>
    public void Send(string name, JsonObject data, ulong? guild, int intent) => Send(name, _ => data, guild, intent);

    /// <summary>Sends a message as each session may read it.</summary>
    /// <param name="isOpen">Whether sessions without the intent for it read its content, too: the bot's own, those that call it, and those in direct messages.</param>
    public void SendMessage(string name, JsonObject message, ulong? guild, bool isOpen) => Send(
        name,
        session => isOpen || (session.Intents & Intents.MessageContent) != 0 ? message : WithoutContent(message),
        guild,
        guild is null ? Intents.DirectMessages : Intents.GuildMessages);

    /// <summary>Begins a session. One of the same bot and shard that lost its connection ends: it will not be resumed.</summary>
    public GatewaySession Begin(int intents, (int Index, int Count) shard)
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

    private static JsonObject WithoutContent(JsonObject message)
    {
        var closed = message.DeepClone().AsObject();
        closed["content"] = "";
        foreach (var name in new[] { "attachments", "embeds", "components" })
        {
            closed[name] = new JsonArray();
        }

        return closed;
    }

    private void Send(string name, Func<GatewaySession, JsonObject> dataFor, ulong? guild, int intent)
    {
        lock (_lock)
        {
            var oldest = time.GetUtcNow() - KeepDetached;
            _sessions.RemoveAll(session => session.DetachedAt < oldest);
            foreach (var session in _sessions.Where(session => session.Hears(guild) && (intent == 0 || (session.Intents & intent) != 0)))
            {
                session.Send(name, dataFor(session).DeepClone().AsObject());
            }
        }
    }
}
