using System.Net;
using Personalization.Discord.Rest;

namespace Personalization.DiscordClient.Rest;

/// <summary>One of Discord's routes with its parameters.</summary>
/// <param name="Template">The path without its parameters: what Discord limits by.</param>
/// <param name="Path">The path, relative to the API's address.</param>
/// <param name="Major">The parameter that has limits of its own: a channel, or a webhook with its token; empty for none.</param>
internal sealed record Route(HttpMethod Method, string Template, string Path, string Major = "")
{
    /// <summary>What requests share a bucket by until Discord names one.</summary>
    public string Key => $"{Method} {Template} {Major}";

    /// <summary>Whether the bot's identity and the global limit are left out: the token in the path is the key.</summary>
    public bool IsInteraction { get; init; }

    /// <summary>The longest that the request waits for rate limits; longer, it fails, and what it is for can be tried again later.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the request is idempotent.</summary>
    public bool IsRepeatable { get; init; } = Method != HttpMethod.Post;

    /// <summary>A wait for a rate limit.</summary>
    /// <exception cref="DiscordException">It is longer than <see cref="Patience"/>.</exception>
    public TimeSpan Endures(TimeSpan wait) => wait <= Patience
        ? wait
        : throw new DiscordException(HttpStatusCode.TooManyRequests, 0, $"{Method} {Template} would have to wait {wait.TotalSeconds:0.###} s for a rate limit.");
}
