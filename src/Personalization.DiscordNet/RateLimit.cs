using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Discord.Net.Rest;

namespace Personalization.DiscordNet;

/// <summary>A refusal for too many requests: status 429, of Discord's or of what stands before it.</summary>
/// <param name="Wait">How long nothing is taken, at most a day; null where it does not say.</param>
/// <param name="IsGlobal">Whether it is about all that the bot asks for.</param>
internal readonly record struct RateLimit(TimeSpan? Wait, bool IsGlobal)
{
    private const double Day = 24 * 60 * 60;

    public static async Task<RateLimit> ReadAsync(RestResponse response, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(response.Stream);
        var body = Parse(await reader.ReadToEndAsync(cancellationToken));
        // More precise than the header, which has whole seconds.
        double? seconds = body?["retry_after"] is JsonValue value && value.TryGetValue(out double exact) ? exact
            : response.Headers.TryGetValue("Retry-After", out var header) && double.TryParse(header, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var whole) ? whole
            : null;
        var isGlobal = body?["global"] is JsonValue flag && flag.TryGetValue(out bool isSet) && isSet;
        return new(seconds is >= 0 and { } known ? TimeSpan.FromSeconds(Math.Min(known, Day)) : null, isGlobal);
    }

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            // Cloudflare's page.
            return null;
        }
    }
}
