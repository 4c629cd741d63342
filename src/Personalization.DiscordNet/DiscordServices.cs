using Microsoft.Extensions.DependencyInjection;
using Personalization.Discord.Gateway;
using Personalization.Discord.Rest;
using Personalization.DiscordNet;

namespace Personalization.Discord;

/// <summary>Adds a Discord client to a program: in this project, Discord.Net.</summary>
public static class DiscordServices
{
    /// <summary>
    /// Connects to Discord once the program has started. The program configures <see cref="DiscordOptions"/> and brings an
    /// <see cref="Interactions.IInteractionHandler"/>, the list of its <see cref="Interactions.CommandDefinition"/>s, a
    /// <see cref="TimeProvider"/> and a thread-safe <see cref="Random"/>.
    /// </summary>
    public static IServiceCollection AddDiscord(this IServiceCollection services)
    {
        services.AddContract();
        services.AddSingleton<RestTransports>();
        services.AddSingleton<Connection>();
        services.AddSingleton<IDiscord, DiscordNetRest>();
        services.AddSingleton<GuildDirectory>();
        services.AddSingleton<IGuildDirectory>(provider => provider.GetRequiredService<GuildDirectory>());
        services.AddHostedService<GatewayService>();
        return services;
    }
}
