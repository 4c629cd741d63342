using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Personalization.Discord.Gateway;
using Personalization.Discord.Interactions;

namespace Personalization.Discord;

/// <summary>Adds what every client brings with it.</summary>
internal static class ContractServices
{
    public static void AddContract(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<DiscordOptions>, DiscordOptionsValidation>();
        services.AddSingleton<AnswerRecord>();
        services.AddSingleton<GatewayState>();
        services.AddSingleton<DeletedMessages>();
    }
}
