using System.Text.Json;

namespace Personalization.DiscordClient.Gateway;

/// <summary>Where the gateway is and how it may be used: Discord's answer to <c>/gateway/bot</c>.</summary>
/// <param name="Shards">How many Discord recommends.</param>
/// <param name="MaximumConcurrency">How many shards may identify within five seconds.</param>
/// <param name="TotalStarts">How many times the bot may identify in 24 hours.</param>
/// <param name="RemainingStarts">How many of those are left for the next <paramref name="ResetAfter"/>.</param>
internal sealed record GatewayAddress(Uri Url, int Shards, int MaximumConcurrency, int TotalStarts, int RemainingStarts, TimeSpan ResetAfter)
{
    /// <exception cref="InvalidDataException">The answer is not as documented: something else than Discord answered.</exception>
    public static GatewayAddress Read(JsonElement answer)
    {
        try
        {
            var limit = answer.GetProperty("session_start_limit");
            return new(
                new Uri(answer.GetProperty("url").GetString()!),
                answer.GetProperty("shards").GetInt32(),
                Math.Max(1, limit.GetProperty("max_concurrency").GetInt32()),
                Math.Max(1, limit.GetProperty("total").GetInt32()),
                Math.Max(0, limit.GetProperty("remaining").GetInt32()),
                TimeSpan.FromMilliseconds(limit.GetProperty("reset_after").GetInt64()));
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            throw new InvalidDataException("the answer to gateway/bot is not Discord's", exception);
        }
    }
}
