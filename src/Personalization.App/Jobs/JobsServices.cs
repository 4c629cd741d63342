using Microsoft.Extensions.Options;
using Personalization.Imagine.Jobs;
using Quartz;

namespace Personalization.App.Jobs;

internal static class JobsServices
{
    /// <summary>Adds the queue of jobs and those who do them. It lies in the storage's own database, so that both change in one transaction.</summary>
    public static IServiceCollection AddImagineJobs(this IServiceCollection services, IConfiguration configuration)
    {
        KnownSettings.Require(configuration.GetSection("Jobs"), typeof(JobsOptions));
        services.AddOptions<JobsOptions>().Bind(configuration.GetSection("Jobs")).ValidateDataAnnotations().ValidateOnStart();

        // No instance id is set: the store keeps the default one, and so finds what its predecessor had in hand.
        services.AddQuartz(quartz => quartz
            .UseDefaultRetryPolicy(ImagineSchedule.Retries)
            .ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always)
            .AddTriggerListener<ExhaustedJobs>()
            .UsePersistentStore(store => store
                .UseSqlite(source => source.UseRegisteredDataSource = true)
                .ProvisionSchema()
                .ConfigureStore(options =>
                {
                    options.AcceptEnlistedTransactions = true;
                    options.StoreJobDataAsStrings = true;
                    options.RecoverFiringsCancelledByShutdown = true;
                })));
        services.AddOptions<ThreadPoolOptions>()
            .Configure<IOptions<JobsOptions>>((pool, jobs) => pool.MaxConcurrency = jobs.Value.Concurrency);

        // Interrupted jobs get the time to say so; ImagineJobService starts them.
        services.AddQuartzHostedService(options =>
        {
            options.AutoStart = false;
            options.WaitForJobsToComplete = true;
        });
        services.AddSingleton<ImagineScheduler>();
        services.AddHostedService<ImagineJobService>();
        services.AddSingleton<IImagineQueue, ImagineQueue>();
        return services;
    }
}
