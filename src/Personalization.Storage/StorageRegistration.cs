using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Personalization.Codes;
using Personalization.Imagine;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Storage.Backup;
using Personalization.Storage.Codes;
using Personalization.Storage.Imagine;
using Personalization.Storage.Pictures;
using Personalization.Storage.Ranking;
using Personalization.Storage.Retention;
using Personalization.Taste;
using Personalization.Votes;

namespace Personalization.Storage;

/// <summary>Adds the storage to a program.</summary>
public static class StorageRegistration
{
    /// <summary>
    /// Adds a store for every port, and a <see cref="DbDataSource"/> for other code that writes to the same database. A
    /// provider is added beside it, such as <c>AddSqliteStorage</c>; call <see cref="MigrateStorageAsync"/> before using a store.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<StorageOptions>(configuration, "Storage");
        services.AddOptions<StorageOptions>().Configure<IEnumerable<IDatabaseProvider>>((options, providers) => Complete(options, providers, configuration));
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidation>();

        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
#pragma warning disable RS0030 // Banned elsewhere so that tests can seed it; this supplies it to programs with only the storage, and threads may share it.
        services.TryAddSingleton(Random.Shared);
#pragma warning restore RS0030
        services.AddSingleton<DatabaseProviders>();
        services.AddPooledDbContextFactory<PersonalizationContext>((provider, builder) =>
            provider.GetRequiredService<DatabaseProviders>().Selected.Configure(builder, ConnectionString(provider)));
        services.AddSingleton(provider => provider.GetRequiredService<DatabaseProviders>().Selected.CreateDataSource(ConnectionString(provider)));
        services.AddSingleton<StorageSpace>();
        services.AddSingleton<Database>();

        services.AddSingleton<PictureFiles>();
        services.AddSingleton<IPictureFiles>(provider => provider.GetRequiredService<PictureFiles>());
        services.AddSingleton<IPictureStore, PictureStore>();
        services.AddSingleton<IGuildStore, GuildStore>();
        services.AddSingleton<IProfileStore, ProfileStore>();
        services.AddSingleton<IBallotStore, BallotStore>();
        services.AddSingleton<ICommunityStore, CommunityStore>();
        services.AddSingleton<ISnapshotStore, SnapshotStore>();
        services.AddSingleton(provider => new ImagineJobStore(provider.GetRequiredService<Database>()));
        services.AddSingleton<IImagineJobStore>(provider => provider.GetRequiredService<ImagineJobStore>());
        services.AddSingleton<IPromptDrafts, PromptDraftStore>();

        services.AddSettings<RetentionOptions>(configuration, "Retention");
        services.AddSingleton(provider => new RetentionSweep(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<PictureFiles>(),
            provider.GetRequiredService<IOptions<RetentionOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Creates the folder and the database, or migrates it to the newest schema. Until the services are disposed of, other processes are kept out.</summary>
    /// <exception cref="StorageInUseException">Another process uses it.</exception>
    /// <exception cref="StorageException">It cannot be used; the message tells the operator why.</exception>
    /// <exception cref="OptionsValidationException">The configuration is wrong; the message names the key.</exception>
    public static async Task MigrateStorageAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        if (!options.IsMoving && Directory.Exists(Path.Combine(options.DataDirectory, StorageRestore.Unfinished)))
        {
            throw new StorageException($"{Path.GetFullPath(options.DataDirectory)} has only a part of what is restored into it. Run restore again until it ends with success.");
        }

        await using var context = await services.GetRequiredService<IDbContextFactory<PersonalizationContext>>().CreateDbContextAsync(cancellationToken);
        await services.GetRequiredService<DatabaseProviders>().Selected.PrepareAsync(context, options, cancellationToken);
    }

    /// <summary>Checks that there is a database, for commands that read it as it is.</summary>
    /// <exception cref="StorageException">There is none; the message says where it was expected.</exception>
    public static void RequireStorage(this IServiceProvider services) =>
        services.GetRequiredService<DatabaseProviders>().Selected.RequireDatabase(ConnectionString(services));

    private static string ConnectionString(IServiceProvider services) => services.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString;

    private static void Complete(StorageOptions options, IEnumerable<IDatabaseProvider> providers, IConfiguration configuration)
    {
        options.DataDirectory = configuration[nameof(StorageOptions.DataDirectory)] ?? options.DataDirectory;
        if (string.IsNullOrEmpty(options.ConnectionString))
        {
            options.ConnectionString = DatabaseProviders.Find(providers, options.Provider)?.DefaultConnectionString(options.DataDirectory) ?? "";
        }
    }
}
