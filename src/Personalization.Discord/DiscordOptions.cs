namespace Personalization.Discord;

/// <summary>The configuration section <c>Discord</c>.</summary>
public sealed class DiscordOptions
{
    /// <summary>The bot's token.</summary>
    public string Token { get; set; } = "";

    /// <summary>Where the REST interface is; ends with a slash. A proxy or a stand-in may be there.</summary>
    public Uri ApiUrl { get; set; } = new("https://discord.com/api/v10/");

    /// <summary>Where the gateway is; null to ask the REST interface.</summary>
    public Uri? GatewayUrl { get; set; }

    /// <summary>
    /// The page about this bot that its User-Agent names: an absolute http or https address, ASCII, without parentheses.
    /// </summary>
    /// <remarks>
    /// Discord requires <c>DiscordBot ($url, $versionNumber)</c> and may block other forms
    /// (https://discord.com/developers/docs/reference#user-agent). The default is the page that every bot is registered at, since
    /// the operator's own is unknown; Discord identifies the bot by its token.
    /// </remarks>
    public Uri HomepageUrl { get; set; } = new("https://discord.com/developers/applications");

    /// <summary>How long the first answer to an interaction may take, above 0 to 15 minutes. Discord's limit is three seconds; a stand-in's may be longer.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How many shards the bot has in all its processes; null for as many as Discord recommends.</summary>
    public int? ShardCount { get; set; }

    /// <summary>The shards of this process, from 0; null for all.</summary>
    public IReadOnlyList<int>? Shards { get; set; }
}
