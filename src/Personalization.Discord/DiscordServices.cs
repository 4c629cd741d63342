using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Personalization.Discord.Gateway;
using Personalization.Discord.Rest;

namespace Personalization.Discord;

/// <summary>Adds the Discord client to a program.</summary>
public static class DiscordServices
{
    /// <summary>
    /// Connects to Discord once the program has started. The program brings an <see cref="Interactions.IInteractionHandler"/>, the
    /// list of its <see cref="Interactions.CommandDefinition"/>s, a <see cref="TimeProvider"/> and a <see cref="Random"/>.
    /// </summary>
    public static IServiceCollection AddDiscord(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DiscordOptions>().Bind(configuration.GetSection("Discord"));
        services.AddSingleton<IValidateOptions<DiscordOptions>, DiscordOptionsValidation>();
        // Timeouts are the client's own, an attempt each.
        services.AddHttpClient(DiscordRest.ClientName, client =>
        {
            client.Timeout = Timeout.InfiniteTimeSpan;
            // The form Discord asks of every client.
            client.DefaultRequestHeaders.Add("User-Agent", "DiscordBot (https://github.com/personalization/personalization, 1.0)");
        });
        services.AddSingleton<DiscordRest>();
        services.AddSingleton<GatewayState>();
        services.AddHostedService<GatewayService>();
        return services;
    }
}
