using Microsoft.Extensions.Options;
using Personalization.App.Bot;
using Personalization.App.Jobs;
using Personalization.App.Web;
using Personalization.Backends;
using Personalization.Catalogue;
#if ENCODER
using Personalization.Encoder;
#endif
using Personalization.Imaging;
using Personalization.Painter;
using Personalization.Storage;
using Personalization.Storage.Postgres;
using Personalization.Storage.Sqlite;

namespace Personalization.App;

/// <summary>
/// The bot's settings and services, composed once for the bot, for every command and for tests. Settings come from
/// appsettings.json, appsettings.{Environment}.json, environment variables and the command line; a later one replaces an
/// earlier one.
/// </summary>
internal static class BotHost
{
    /// <summary>What runs is finished or handed back within this time; a container's own limit is ten seconds.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);

    /// <summary>Registers everything. Wrong settings are reported by <see cref="BuildChecked"/>.</summary>
    /// <param name="settings">The command line's settings, such as <c>--Ranking:UnlockAt=50</c>.</param>
    /// <exception cref="InvalidDataException">A settings or seed file cannot be read; the message says why.</exception>
    public static WebApplicationBuilder CreateBuilder(params IReadOnlyList<string> settings)
    {
        var builder = CreateEmptyBuilder(settings);
        builder.Services
            .AddSettingNames(builder.Configuration)
            .AddPersonalization(builder.Configuration)
            .AddSeeds(Path.Combine(builder.Environment.ContentRootPath, "seeds"))
            .AddStorage(builder.Configuration)
            .AddSqliteStorage()
            .AddPostgresStorage()
            .AddImaging(builder.Configuration)
#if ENCODER
            .AddEncoder(Path.Combine(builder.Environment.ContentRootPath, "encoder"))
#endif
            .AddPainter()
            .AddImageBackends(builder.Configuration)
            .AddJobs(builder.Configuration)
            .AddBot(builder.Configuration)
            .AddHealth()
            .Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        return builder;
    }

    /// <summary>Builds the host once all settings are right.</summary>
    /// <exception cref="OptionsValidationException">Settings are wrong: its failures are a line for each.</exception>
    public static WebApplication BuildChecked(this WebApplicationBuilder builder)
    {
        var app = builder.Build();
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            return app;
        }
        catch (Exception exception) when (FailuresOf(exception) is { Length: > 0 } failures)
        {
            ((IDisposable)app).Dispose();
            throw new OptionsValidationException(Options.DefaultName, typeof(AllSettings), failures);
        }
    }

    /// <summary>The bot's services with nothing running and nothing logged, for a command.</summary>
    /// <inheritdoc cref="CreateBuilder"/>
    /// <exception cref="OptionsValidationException">Settings are wrong: its failures are a line for each.</exception>
    public static WebApplication BuildForCommand(IReadOnlyList<string> settings)
    {
        var builder = CreateBuilder(settings);
        builder.Logging.ClearProviders();
        return builder.BuildChecked();
    }

    /// <summary>The settings alone, unchecked.</summary>
    public static IConfiguration ReadSettings(IReadOnlyList<string> settings) => CreateEmptyBuilder(settings).Configuration;

    // Settings and seeds lie beside the program; only the data directory depends on where it is started. Settings are read
    // once, so their files are not watched.
    private static WebApplicationBuilder CreateEmptyBuilder(IReadOnlyList<string> settings) => WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = ["--hostBuilder:reloadConfigOnChange=false", .. settings],
        ContentRootPath = AppContext.BaseDirectory,
    });

    private static string[] FailuresOf(Exception exception) =>
        [.. (exception is AggregateException several ? several.InnerExceptions : [exception]).OfType<OptionsValidationException>().SelectMany(one => one.Failures).Distinct(StringComparer.Ordinal)];
}
