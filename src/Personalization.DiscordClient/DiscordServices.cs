using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Personalization.Discord.Gateway;
using Personalization.Discord.Rest;
using Personalization.DiscordClient.Gateway;
using Personalization.DiscordClient.Rest;

namespace Personalization.Discord;

/// <summary>Adds a Discord client to a program: in this project, one of our own.</summary>
public static class DiscordServices
{
    /// <summary>Bytes of one answer that are read. The largest are a hundred messages at once, which may have some 30 KiB each.</summary>
    private const int MaxAnswerBytes = 8 * 1024 * 1024;

    /// <summary>
    /// Connects to Discord once the program has started. The program configures <see cref="DiscordOptions"/> and brings an
    /// <see cref="Interactions.IInteractionHandler"/>, the list of its <see cref="Interactions.CommandDefinition"/>s, a
    /// <see cref="TimeProvider"/> and a thread-safe <see cref="Random"/>.
    /// </summary>
    public static IServiceCollection AddDiscord(this IServiceCollection services)
    {
        services.AddContract();
        services.AddHttpClient(DiscordRest.ClientName, (provider, client) =>
        {
            // Timeouts are per attempt and set by DiscordRest.
            client.Timeout = Timeout.InfiniteTimeSpan;
            client.MaxResponseContentBufferSize = MaxAnswerBytes;
            // https://discord.com/developers/docs/reference#user-agent
            var homepage = provider.GetRequiredService<IOptions<DiscordOptions>>().Value.HomepageUrl;
            client.DefaultRequestHeaders.Add("User-Agent", $"DiscordBot ({homepage.AbsoluteUri}, {Version})");
        })
        // A redirect would take tokens, which are in paths and headers, to another server.
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false })
        // The default loggers write request addresses, which contain interaction tokens.
        .RemoveAllLoggers();
        services.AddSingleton<DiscordRest>();
        services.AddSingleton<IDiscord>(provider => provider.GetRequiredService<DiscordRest>());
        services.AddSingleton<GuildDirectory>();
        services.AddSingleton<IGuildDirectory>(provider => provider.GetRequiredService<GuildDirectory>());
        services.AddHostedService<GatewayService>();
        return services;
    }

    /// <summary>The version of this assembly without what follows a plus: the commit.</summary>
    internal static string Version =>
        typeof(DiscordServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
