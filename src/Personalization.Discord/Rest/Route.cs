namespace Personalization.Discord.Rest;

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

    /// <summary>Whether the request is idempotent.</summary>
    public bool IsRepeatable { get; init; } = Method != HttpMethod.Post;
}
