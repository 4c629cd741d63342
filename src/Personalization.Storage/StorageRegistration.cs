using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Personalization.Codes;
using Personalization.Imagine;
using Personalization.Imagine.Jobs;
using Personalization.Pictures;
using Personalization.Storage.Codes;
using Personalization.Storage.Imagine;
using Personalization.Storage.Pictures;
using Personalization.Storage.Ranking;
using Personalization.Taste;
using Personalization.Votes;

namespace Personalization.Storage;

/// <summary>Adds the storage to a program.</summary>
public static class StorageRegistration
{
    /// <summary>
    /// Adds a store for every port, and a <see cref="DbDataSource"/> for what else lives in their database, kept where the
    /// configuration says; call <see cref="MigrateStorageAsync"/> before using one.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<StorageOptions>(configuration, "Storage");
        services.Configure<StorageOptions>(options => Complete(options, configuration));
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidation>();

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SqliteConnectionSettings>();
        services.AddPooledDbContextFactory<PersonalizationContext>((provider, builder) => builder
            .UseSqlite(
                provider.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString,
                sqlite => sqlite.MigrationsAssembly("Personalization.Storage.Sqlite"))
            .AddInterceptors(provider.GetRequiredService<SqliteConnectionSettings>())

            // SQLite has no other way to rebuild a table that others refer to.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning)));
        services.AddSingleton<DbDataSource, SqliteConnections>();
        services.AddSingleton<Database>();
        services.AddSingleton<SqliteStartup>();

        services.AddSingleton<IPictureFiles, PictureFiles>();
        services.AddSingleton<IPictureStore, PictureStore>();
        services.AddSingleton<IProfileStore, ProfileStore>();
        services.AddSingleton<IBallotStore, BallotStore>();
        services.AddSingleton<ICommunityStore, CommunityStore>();
        services.AddSingleton<ISnapshotStore, SnapshotStore>();
        services.AddSingleton(provider => new ImagineJobStore(provider.GetRequiredService<Database>()));
        services.AddSingleton<IImagineJobStore>(provider => provider.GetRequiredService<ImagineJobStore>());
        services.AddSingleton<IPromptDrafts, PromptDraftStore>();
        return services;
    }

    /// <summary>Makes the storage ready: its folder, its database, and the newest schema. Until the provider is disposed, no other process gets in.</summary>
    /// <exception cref="StorageInUseException">Another process has it.</exception>
    /// <exception cref="StorageException">It cannot be used; the message tells the operator why.</exception>
    /// <exception cref="OptionsValidationException">The configuration is wrong; the message names the key.</exception>
    public static Task MigrateStorageAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<SqliteStartup>().RunAsync(cancellationToken);

    private static void Complete(StorageOptions options, IConfiguration configuration)
    {
        options.DataDirectory = configuration[nameof(StorageOptions.DataDirectory)] ?? options.DataDirectory;
        if (options.ConnectionString.Length == 0)
        {
            options.ConnectionString = new SqliteConnectionStringBuilder { DataSource = Path.Combine(options.DataDirectory, "personalization.db") }.ToString();
        }
    }
}
