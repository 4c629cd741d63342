using Discord.Net.Rest;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Personalization.Discord;

namespace Personalization.DiscordNet;

/// <summary>The transports of all Discord.Net clients: one that carries the bot's token, and one that carries none, for tokens of interactions.</summary>
internal sealed class RestTransports : IDisposable
{
    private readonly RestTransport _bot;
    private readonly RestTransport _interactions;

    public RestTransports(IOptions<DiscordOptions> options, TimeProvider time, Random random, ILogger<RestTransport> logger)
    {
        // A playground tells its address late: the options are read at the first use.
        var create = DefaultRestClientProvider.Create(useProxy: true);
        _bot = new(() => create(options.Value.ApiUrl.ToString()), options, isBot: true, time, random, logger);
        _interactions = new(() => create(options.Value.ApiUrl.ToString()), options, isBot: false, time, random, logger);
    }

    /// <summary>For clients with the bot's token. Discord.Net names discord.com as the address; the transport has that of the settings.</summary>
    public IRestClient Bot(string url) => _bot;

    /// <summary>For clients with an interaction's token.</summary>
    public IRestClient Interactions(string url) => _interactions;

    public void Dispose()
    {
        _bot.Close();
        _interactions.Close();
    }
}
