namespace Personalization.App.Jobs;

internal static class BackgroundFailure
{
    /// <summary>Has the program exit with 1 when a background service broke down, which stops the host as if somebody had asked it to.</summary>
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
