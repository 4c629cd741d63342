namespace Personalization.App.Jobs;

internal static class BackgroundFailure
{
    /// <summary>Makes the program exit with 1 when a background service failed: the host then stops as it does on request, with 0.</summary>
    public static void FailWithBackgroundServices(this IHost host)
    {
        var services = host.Services;
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() =>
        {
            if (services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true }))
            {
                Environment.ExitCode = 1;
            }
        });
    }
}
