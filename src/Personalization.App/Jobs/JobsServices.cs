using Microsoft.Extensions.Options;
using Personalization.Catalogue;
using Personalization.Imagine.Jobs;
using Personalization.Storage;
using Personalization.Storage.Postgres;
using Personalization.Storage.Sqlite;
using Quartz;

namespace Personalization.App.Jobs;

/// <summary>Registers what runs in the background.</summary>
internal static class JobsServices
{
    /// <summary>Adds the background services and the queue of jobs.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(provider => new CatalogueSeeding(
            () => provider.GetRequiredService<CatalogueSeeder>().SeedAsync(CancellationToken.None),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<CompilerService>();
        services.AddHostedService<CatalogueService>();
        services.AddHostedService<CommunityService>();
        services.AddHostedService<BackendCheckService>();
        services.AddHostedService<BackendUpkeepService>();
        services.AddHostedService<WithdrawalService>();
        services.AddHostedService<TokenErasureService>();
        services.AddHostedService<RetentionService>();
        return services.AddQueue(configuration);
    }

    /// <summary>The queue is in the storage's own database: an installation has one to copy and to back up.</summary>
    private static IServiceCollection AddQueue(this IServiceCollection services, IConfiguration configuration)
    {
        // No instance id is set: the store keeps the default one, and so finds the unfinished jobs of an earlier process.
        services.AddQuartz(quartz => quartz
            .UseDefaultRetryPolicy(ImagineSchedule.Retries)
            .ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always)
            .AddTriggerListener<ExhaustedJobs>()
            .UsePersistentStore(store => store
                .UseStorage(configuration)
                .ProvisionSchema()
                .ConfigureStore(options =>
                {
                    options.StoreJobDataAsStrings = true;
                    options.RecoverFiringsCancelledByShutdown = true;
                })));

        // Jobs wait for their turns as tasks within the program, where their order is known. All that are accepted can, and as
        // many again can be delivered meanwhile.
        services.AddOptions<ThreadPoolOptions>()
            .Configure<IOptions<JobsOptions>>((pool, jobs) => pool.MaxConcurrency = 2 * jobs.Value.Waiting);

        // Interrupted jobs get the time to hand back their work; ImagineJobService starts the scheduler.
        services.AddQuartzHostedService(options =>
        {
            options.AutoStart = false;
            options.WaitForJobsToComplete = true;
        });
        services.AddHostedService<ImagineJobService>();
        services.AddSingleton<ImagineQueue>();
        services.AddSingleton<IImagineQueue>(provider => provider.GetRequiredService<ImagineQueue>());
        return services;
    }

    /// <summary>A provider that does not exist is refused with all other settings, before there is a queue.</summary>
    private static IPersistentStoreBuilder UseStorage(this IPersistentStoreBuilder store, IConfiguration configuration) =>
        string.Equals(configuration[$"Storage:{nameof(StorageOptions.Provider)}"], PostgresRegistration.Name, StringComparison.OrdinalIgnoreCase)
            ? store.UsePostgresStorage()
            : store.UseSqliteStorage();
}
