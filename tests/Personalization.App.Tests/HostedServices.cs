using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Personalization.App.Tests;

/// <summary>What of the program runs in the background of a test.</summary>
internal static class HostedServices
{
    /// <summary>Removes all hosted services but these.</summary>
    public static void KeepHosted(this IServiceCollection services, params Type[] kept)
    {
        foreach (var service in services.Where(service => service.ServiceType == typeof(IHostedService) && !kept.Contains(service.ImplementationType)).ToList())
        {
            services.Remove(service);
        }
    }
}
