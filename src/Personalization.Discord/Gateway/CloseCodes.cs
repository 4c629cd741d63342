using System.Net.WebSockets;

namespace Personalization.Discord.Gateway;

/// <summary>What Discord's close codes ask for.</summary>
internal static class CloseCodes
{
    /// <summary>Why connecting again is pointless, in words for the operator; null when it is worth trying.</summary>
    public static string? Fatal(WebSocketCloseStatus? status) => (int?)status switch
    {
        4004 => "Discord refuses the token (4004). Set Discord:Token to the token from your application's Bot page.",
        4010 => "Discord does not accept this shard number (4010). Check Discord:Shards and Discord:ShardCount.",
        4011 => "The bot is in too many servers for its shards (4011). Raise Discord:ShardCount, or leave it out.",
        4012 => "Discord has retired this version of its gateway (4012). Update this program.",
        4013 or 4014 => $"Discord refuses the intents ({(int)status!}). Update this program.",
        _ => null,
    };

    /// <summary>Whether the session has ended, so that the shard must identify again instead of resuming.</summary>
    public static bool EndsSession(WebSocketCloseStatus? status) => (int?)status is 1000 or 1001 or 4007 or 4009;
}
