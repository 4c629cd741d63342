using System.Text.Json.Nodes;
using Personalization.Playground.Places;
using Personalization.Playground.Rest;

namespace Personalization.Playground.Gateway;

/// <summary>What a session is told at its beginning, READY and its servers, and the members that it asks for.</summary>
internal sealed class GatewayGreeting(PlaceDirectory places, GuildJson guilds)
{
    private const int MembersPerChunk = 1000;

    public void Send(GatewaySession session, Uri resumeUrl)
    {
        var heard = places.BotGuilds.Where(guild => session.Hears(guild.Id)).ToList();
        session.Send("READY", Ready(session, resumeUrl, heard));
        if ((session.Intents & Intents.Guilds) == 0)
        {
            return;
        }

        foreach (var guild in heard)
        {
            // Without presences, a bot is told of no other members.
            session.Send("GUILD_CREATE", guilds.Event(guild, withMembers: (session.Intents & Intents.GuildPresences) != 0));
        }
    }

    /// <summary>Answers opcode 8: members by their ids, or by how their names begin.</summary>
    public void SendMembers(GatewaySession session, JsonObject request)
    {
        if (places.BotGuilds.FirstOrDefault(guild => $"{guild.Id}" == request["guild_id"]?.ToString()) is not { } guild)
        {
            return;
        }

        var asked = request["user_ids"] is { } ids ? (ids is JsonArray list ? list.Select(id => id!.ToString()) : [ids.ToString()]).ToList() : null;
        var query = request["query"]?.ToString() ?? "";
        var limit = request["limit"] is JsonValue value && value.TryGetValue(out int most) && most > 0 ? most : int.MaxValue;
        var isAll = asked is null && query.Length == 0 && limit == int.MaxValue;
        if (isAll && (session.Intents & Intents.GuildMembers) == 0)
        {
            // The list of all is for those who may hear of members; Discord answers others with nothing.
            return;
        }

        var found = places.MembersOf(guild)
            .Where(user => asked?.Contains($"{user}") ?? places.NameOf(user)!.StartsWith(query, StringComparison.OrdinalIgnoreCase))
            .Take(limit)
            .ToList();
        var missing = asked?.Where(id => !found.Exists(user => $"{user}" == id)).ToList() ?? [];
        var chunks = found.Chunk(MembersPerChunk).DefaultIfEmpty([]).ToList();
        for (var i = 0; i < chunks.Count; i++)
        {
            var chunk = new JsonObject
            {
                ["guild_id"] = $"{guild.Id}",
                ["members"] = new JsonArray([.. chunks[i].Select(user => guilds.Member(guild, user))]),
                ["chunk_index"] = i,
                ["chunk_count"] = chunks.Count,
                ["not_found"] = new JsonArray([.. missing.Select(id => JsonValue.Create(id))]),
            };
            if (request["nonce"] is { } nonce)
            {
                chunk["nonce"] = nonce.DeepClone();
            }

            session.Send("GUILD_MEMBERS_CHUNK", chunk);
        }
    }

    private JsonObject Ready(GatewaySession session, Uri resumeUrl, List<PlaygroundGuild> heard) => new()
    {
        ["v"] = 10,
        ["user"] = UserJson.Of(places, places.Bot),
        ["session_type"] = "normal",
        ["session_id"] = session.Id,
        ["resume_gateway_url"] = resumeUrl.ToString(),
        ["shard"] = new JsonArray(session.Shard.Index, session.Shard.Count),
        ["guilds"] = new JsonArray([.. heard.Select(guild => new JsonObject { ["id"] = $"{guild.Id}", ["unavailable"] = true })]),
        ["application"] = new JsonObject { ["id"] = $"{places.Bot}", ["flags"] = ApplicationRoutes.Flags },
        ["private_channels"] = new JsonArray(),
        ["relationships"] = new JsonArray(),
        ["presences"] = new JsonArray(),
        ["user_settings"] = new JsonObject(),
        ["_trace"] = new JsonArray(),
    };
}
