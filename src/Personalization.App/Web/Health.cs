using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Personalization.App.Jobs;
using Personalization.Discord.Gateway;
using Personalization.Discord.Interactions;
using Personalization.Discord.Rest;
using Personalization.Pictures;
using Personalization.Storage;
using Personalization.Storage.Retention;

namespace Personalization.App.Web;

/// <summary><c>/healthz</c>: the process is alive. <c>/readyz</c>: it has its database, its ranking pictures and its connection to Discord.</summary>
internal static class Health
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<StorageCheck>("storage")
            .AddCheck<CatalogueCheck>("catalogue")
            .AddCheck<DiscordCheck>("discord");
        return services;
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/readyz", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        report.Entries.ToDictionary(entry => entry.Key, entry => new { status = entry.Value.Status.ToString(), entry.Value.Description }),
        context.RequestAborted);

    private sealed class StorageCheck(IPictureStore pictures, StorageSpace space, RetentionSweep sweep) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await pictures.FindAsync(default(PictureId), cancellationToken);
            return (space.IsFull, sweep.Last) switch
            {
                (true, _) => HealthCheckResult.Degraded("The storage is full."),
                (_, { Strange: > 0 } last) => HealthCheckResult.Degraded($"{last.Strange} files of pictures are in no row of the database, so that it may be the wrong one."),
                (_, { IsOverLimit: true } last) => HealthCheckResult.Degraded($"The pictures take {last.Gigabytes}, which is more than Retention:MaxGigabytes, and all of them are needed."),
                (_, { } last) => HealthCheckResult.Healthy($"The pictures take {last.Gigabytes}."),
                _ => HealthCheckResult.Healthy(),
            };
        }
    }

    private sealed class CatalogueCheck(CatalogueSeeding seeding) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(seeding.IsDone ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The ranking pictures are still being prepared."));
    }

    private sealed class DiscordCheck(GatewayState gateway, AnswerRecord answers, IDiscord discord) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult((gateway, answers) switch
        {
            ({ IsReady: false }, _) => HealthCheckResult.Unhealthy($"{discord.Client} is not connected to Discord's gateway."),
            (_, { IsMissing: true }) => HealthCheckResult.Unhealthy("Commands come in, but no answer has reached Discord in time lately."),
            _ => HealthCheckResult.Healthy($"Connected by {discord.Client}."),
        });
    }
}
